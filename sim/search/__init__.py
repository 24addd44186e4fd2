"""Searches over levers: goal-seek, the best of several scenarios, what matters most."""
