"""Fits: the report of one, and the page of those that ship."""
