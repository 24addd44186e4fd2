"""The command line: `caseload`."""

from __future__ import annotations

import os
import sys

CANCELLED = 3


def main() -> None:
    """Run the command of this process and end it with its exit code."""
    from ui.cli.app import app
    from ui.cli.plain_signs import write_what_the_terminal_has

    write_what_the_terminal_has()
    try:
        app()
    except SystemExit as end:
        if end.code == CANCELLED:
            # Threads that are still between two days of a dropped run are not waited for.
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(CANCELLED)
        raise
