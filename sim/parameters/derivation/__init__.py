"""A department from published statistics alone: what its file would say, by rules."""
