"""Batches: scenarios × factors × draws × seeds, their runner, their store and their queries."""
