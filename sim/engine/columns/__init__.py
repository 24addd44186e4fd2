"""The compiled walker: the rulebook applied to columns of people, one call per office day."""
