"""Forecasts the caseload and its spending with their doubt, and scores them on the past.

It knows `sim`; neither `sim` nor `calibration` knows it.
"""
