"""What the pilots published, read from runs of their schemes as their sources read it."""
