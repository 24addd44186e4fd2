"""`python -m sim.cli` is `caseload`."""

from sim.cli import main

if __name__ == "__main__":
    main()
