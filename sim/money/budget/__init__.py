"""The budget of planners: what it is asked for, its table by year, its landing and its doubts."""
