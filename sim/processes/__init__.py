"""The rulebook: scalar functions, written once, used by both walkers. No loops over people."""
