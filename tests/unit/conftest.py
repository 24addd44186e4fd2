"""What several unit tests read."""

from __future__ import annotations

import pytest

from sim.parameters import Parameters, load_department


@pytest.fixture(scope="session")
def somme() -> Parameters:
    """The tables of the Somme, which nothing changes."""
    return load_department("somme")
