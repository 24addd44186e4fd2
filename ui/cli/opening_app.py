"""`app`: the pages in a browser, from a checkout or from wherever the wheel is installed."""

from __future__ import annotations

import os
import subprocess
import sys

import typer

from sim.extras import check_extra
from sim.top_folder import top_folder

NEEDED = ("streamlit", "plotly", "typst")


def open_app(port: int | None) -> None:
    """Serve the app on this machine until it is stopped; its settings lie beside its entry.

    Raises `InputError` when the extra of the app is not installed.
    """
    check_extra("app", NEEDED)
    command = [sys.executable, "-m", "streamlit", "run", str(top_folder() / "app.py")]
    if port is not None:
        command += ["--server.port", str(port)]
    if os.name == "posix":
        # The server takes this process over: what stops the command stops the server.
        os.execv(sys.executable, command)
    raise typer.Exit(subprocess.call(command))
