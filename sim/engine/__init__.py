"""One run: the office calendar, the order of the day, and the two walkers that follow it."""
