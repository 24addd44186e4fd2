"""What numba is told of the texts that `sim.compiled` marks; loaded when the first one is called.

Loading numba takes longer than reading a scenario: listings and checks, which call none of them,
never come here.
"""
