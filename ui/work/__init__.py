"""Simulations for the pages: a quick preview here, full runs in processes of their own."""
