"""Forecasts with their doubt: the level of a caseload, and what a scenario would change in it."""
