"""Experiments: paired replications of scenarios, comparison, files and figures of a run."""
