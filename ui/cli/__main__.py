"""`python -m ui.cli` is `caseload`."""

from ui.cli import main

if __name__ == "__main__":
    main()
