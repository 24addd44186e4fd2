"""The naive replay: it lives again what the engine wrote in a log, with none of what makes it fast.

No rows, no agenda, no heap, nothing put off; parameters are read by name. It shares keyed chance,
units, vocabulary, parameters and the law of family benefits with the engine, and takes the calendar
of the posts and the people of the first day as given.
"""
