"""Trials of more contacts, run inside the model: what size of effect they would have had there."""
