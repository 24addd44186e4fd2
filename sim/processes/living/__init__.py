"""How the clocks of a life are read, looked ahead and fired, whatever they stand for."""
