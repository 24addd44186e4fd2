"""Fits the parameters of `sim` to published figures. It knows `sim`; `sim` does not know it."""
