"""Forecasts: the page and folder of one, and the pages of scores."""
