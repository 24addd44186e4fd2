"""Settings of a scenario as the pages call them, instead of their paths in the files."""

from __future__ import annotations

import re

from sim.language import Language
from sim.parameters import Parameters
from sim.policy import Scenario, remarks
from sim.policy.changes import matching_paths
from sim.remarks import Both, Remark, Word
from ui.spoken import has_text, language, speaking, text
from ui.study.allowed import known_levers
from ui.texts import LANGUAGES

PATH = "path"
"""The word of a remark that is a setting."""
PLACE_IN_FILE = re.compile(r"^(?:changes\[\d+\]\.set|variant)\.(?=.)")
"""Where in a scenario file a fault found the path."""
DAY_BEFORE = ": "
"""A fault of a dated change names the day before the path."""


def setting_text(field: str, base: Parameters) -> str:
    """A setting with its territory in brackets; what no page names stays as it is written."""
    day, colon, path = PLACE_IN_FILE.sub("", field).rpartition(DAY_BEFORE)
    name = setting_name(path, base)
    parts = path.split(".")
    if name == path or parts[0] != "territories":
        return f"{day}{colon}{name}"
    if parts[1] not in base.labels("territories"):
        return f"{day}{colon}{name}"
    return f"{day}{colon}{name} ({base.label_text('territories', parts[1], language())})"


def scenario_remarks(*scenarios: Scenario) -> tuple[Remark, ...]:
    """What has to be known of scenarios, their settings named as the pages call them."""
    base = scenarios[0].base
    return tuple(
        one._replace(words=tuple((name, _named(name, word, base)) for name, word in one.words))
        for one in remarks(*scenarios)
    )


def _named(name: str, word: Word, base: Parameters) -> Word:
    if name != PATH or not isinstance(word, str):
        return word
    found: dict[Language, str] = {}
    for spoken in LANGUAGES:
        with speaking(spoken):
            found[spoken] = setting_text(word, base)
    return Both(found["en"], found["fr"])


def setting_name(path: str, base: Parameters) -> str:
    """The name of a lever, or of a parameter that shipped scenarios move; else the path.

    A path may stand for several (``*`` for any label).
    """
    meant = (matching_paths(path, base) or (path,))[0]
    lever = next((one for one in known_levers(base) if one.path == meant), None)
    if lever is not None:
        return lever.label[language()]
    key = f"parameter.{meant.replace('.', '_')}"
    if has_text(key):
        return text(key)
    last = path.rpartition(".")[2]
    if not has_text(f"path.{last}"):
        return path
    pathways = [part for part in path.split(".") if part in base.labels("pathways")]
    labels = [base.label_text("pathways", part, language()) for part in pathways]
    return ", ".join((text(f"path.{last}"), *labels))
