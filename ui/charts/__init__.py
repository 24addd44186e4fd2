"""Plotly charts of the pages; each comes with a text alternative and a table of its numbers."""
