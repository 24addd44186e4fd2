"""Where scenario files are: the top folder of a checkout, or inside an installed wheel."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from sim.errors import Fault, InputError
from sim.files import is_there
from sim.policy.today import today_name, today_names, todays_department
from sim.top_folder import top_folder

SUFFIXES = (".yaml", ".yml")
MOST_NAMES = 8


def scenario_folder() -> Path:
    """The folder of the shipped scenarios."""
    return top_folder() / "scenarios"


def shipped_scenarios() -> tuple[str, ...]:
    """The names of the shipped scenarios, in alphabetical order."""
    return tuple(sorted(path.stem for path in scenario_folder().glob("*.yaml")))


def is_path(name_or_path: str) -> bool:
    """Whether the text can only be meant as a file: it has a folder or a file ending."""
    return name_or_path.endswith(SUFFIXES) or "/" in name_or_path or "\\" in name_or_path


def find_scenario(name_or_path: str, beside: Path | None = None, field: str = "") -> Path:
    """The file of a scenario: a path, a name beside another file, or a shipped name.

    ``beside`` is the file that names it, in its ``field``. Of today's reference of a department the
    path is where its file would be. Raises `InputError` with the nearest
    names when there is no such scenario.
    """
    said_in = str(beside or "scenario")
    folder = beside.parent if beside else Path()
    if is_path(name_or_path):
        path = folder / without_tilde(name_or_path)
        if is_there(path) or is_todays(path):
            return path
        accepted = "the path of a scenario file"
        raise InputError([Fault(said_in, field, f"no file at {path}", accepted)])
    for candidate in (folder, scenario_folder()) if beside else (scenario_folder(),):
        path = candidate / f"{name_or_path}.yaml"
        if is_there(path):
            return path
    today = todays_department(name_or_path)
    if today is not None:
        return scenario_folder() / f"{today_name(today)}.yaml"
    found = f"the unknown scenario {name_or_path!r}"
    raise InputError([Fault(said_in, field, found, accepted_names(name_or_path))])


def is_todays(path: Path) -> bool:
    """Whether the path is where the file of a reference of today would be."""
    return path.parent == scenario_folder() and todays_department(path.stem) is not None


def without_tilde(path: str) -> Path:
    """The path with the home folder that it names; as it is written where there is none."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def accepted_names(name: str) -> str:
    """The nearest shipped names first, then those that begin alike (or some), for a message."""
    names = (*shipped_scenarios(), *today_names())
    nearest = get_close_matches(name, names, n=3, cutoff=0.5)
    first_word = name.split("_")[0]
    alike = [other for other in names if other.split("_")[0] == first_word]
    some = ", ".join(alike or [*names[:MOST_NAMES], "…"])
    others = f"one of {some}, or the path of a scenario file"
    return f"perhaps {' or '.join(nearest)}; {others}" if nearest else others
