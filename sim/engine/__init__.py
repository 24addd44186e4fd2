"""One run: the office calendar, the order of the day, who moves the rows, what a run leaves."""
