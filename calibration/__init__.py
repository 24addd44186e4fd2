"""Fits the parameters of `sim` to published figures, and forecasts and scores the caseload.

It knows `sim`; of `sim` only the command line knows it.
"""
