"""``python -m benchmarks.validation``: published against simulated, as docs/validation.md.

The first page says what failed and how much was tested; each part has its numbers in a kept file,
so that all pages are written anew in seconds without a run (``--replications 0``). What is measured
here is what the pilots published (`schemes_measured`) and the extreme conditions
(`extremes_measured`); the other parts read what the fits, the trials, the curves of the levers and
the scoreboard keep.
"""
