"""A scenario as the text of a file that `load_scenario` reads back."""

from __future__ import annotations

from typing import Any

import yaml

from sim.policy.scenario import Scenario

WIDTH = 100


class _Dumper(yaml.SafeDumper):
    """Writes every value in full: the reader refuses aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def scenario_text(scenario: Scenario) -> str:
    """The complete scenario without ancestors, as YAML."""
    text: str = yaml.dump(
        scenario.document(), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH
    )
    return text
