"""Experiments: paired replications of scenarios, their comparison and files."""
