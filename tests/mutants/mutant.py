"""Mutants of `sim/processes`: made by cosmic-ray in an environment of its own, planted here."""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType

from tools.own_environment import python_with

SOURCE = Path(__file__).resolve().parents[2]
ROOM = "sim/processes"
REQUIREMENT = "cosmic-ray==8.7.0"
READ_WHOLE = ("sim.processes.behaviours",)
"""Modules whose functions act when they are imported: planted like what stands outside of one."""


@dataclass(frozen=True)
class Mutant:
    """One change of one file: in which function (none: in the module), which lines became what.

    ``text`` is that of the whole function or statement, whose first line is ``first``.
    """

    file: str
    function: str
    first: int
    line: int
    operator: str
    before: str
    after: str
    text: str

    @property
    def module(self) -> str:
        """The module that is changed."""
        return self.file.removesuffix(".py").replace("/", ".")

    @property
    def is_planted_in_place(self) -> bool:
        """Whether the code of a function can be exchanged, without a module being read again."""
        return bool(self.function) and self.module not in READ_WHOLE


def files() -> list[str]:
    """The files that are mutated."""
    return sorted(str(path.relative_to(SOURCE)) for path in (SOURCE / ROOM).rglob("*.py"))


def make_mutants(
    environment: Path, chosen: Sequence[str], sample: int, seed: int
) -> tuple[dict[str, int], list[Mutant]]:
    """How many mutants each of the chosen files has, and a sample of about that many (0: all)."""
    python = python_with(REQUIREMENT, environment)
    maker = Path(__file__).with_name("made_by_cosmic_ray.py")
    told = subprocess.run(
        [python, "-W", "ignore", maker, str(sample), str(seed), SOURCE, *chosen],
        capture_output=True,
        text=True,
        check=True,
    )
    counts, *mutants = map(json.loads, told.stdout.splitlines())
    return counts, [Mutant(**mutant) for mutant in mutants]


def spread(mutants: Sequence[Mutant]) -> list[Mutant]:
    """The mutants in an order of which each beginning is a sample by file, as they were drawn."""
    number: Counter[str] = Counter()
    places = []
    for mutant in mutants:
        number[mutant.file] += 1
        places.append(number[mutant.file])
    order = [place / number[mutant.file] for place, mutant in zip(places, mutants, strict=True)]
    return [mutants[index] for index in sorted(range(len(mutants)), key=order.__getitem__)]


def unchanged() -> Mutant:
    """A mutant that changes nothing, planted in the way that reads modules again."""
    file = f"{ROOM}/stayers.py"
    text = (SOURCE / file).read_text(encoding="utf-8")
    first = next(node.lineno for node in ast.parse(text).body if isinstance(node, ast.Assign))
    after = text.splitlines(keepends=True)[first - 1 :]
    statement = "".join(after[: _length_of_statement("".join(after))])
    return Mutant(file, "", first, first, "none", "", "", statement)


def plant(mutant: Mutant) -> None:
    """Put a mutant into this process, which runs plain Python; raises SyntaxError if it is none."""
    if mutant.is_planted_in_place:
        function = getattr(sys.modules[mutant.module], mutant.function)
        function.__code__ = _code_of(mutant)
        _forget_what_was_packed()
        return
    path = SOURCE / mutant.file
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    before, after = lines[: mutant.first - 1], lines[mutant.first - 1 :]
    length = _length_of_statement("".join(after))
    text = "".join([*before, mutant.text, *after[length:]])
    for name in _readers():
        del sys.modules[name]
    sys.meta_path.insert(0, _Planted(mutant.module, path, text))


def _forget_what_was_packed() -> None:
    """Rules are also called when parameters are packed, which is done once for each date."""
    for name, module in sys.modules.items():
        if name.startswith("sim.engine.packed"):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def _code_of(mutant: Mutant) -> CodeType:
    """The code of the changed function, at the lines where the function stands."""
    text = "from __future__ import annotations\n" + mutant.text
    whole = compile(text, str(SOURCE / mutant.file), "exec")
    return next(
        code
        for code in whole.co_consts
        if isinstance(code, CodeType) and code.co_name == mutant.function
    )


def _length_of_statement(text: str) -> int:
    """Lines of the first statement of a text."""
    end = ast.parse(text).body[0].end_lineno
    return 0 if end is None else end


def _readers() -> set[str]:
    """Modules that are loaded and hold something of the behaviours, by whatever way, or judge them.

    All others stay: a post or a plan that was made before would else be of another class.
    """
    found = {name for name in sys.modules if name.startswith(("sim.processes", "tests.mutants"))}
    others = {
        name: module
        for name, module in sys.modules.items()
        if (getattr(module, "__file__", None) or "").startswith(str(SOURCE)) and name != "__main__"
    }
    while True:
        more = {name for name in others.keys() - found if _holds(others[name], found)}
        if not more:
            return found
        found |= more


def _holds(module: ModuleType, modules: set[str]) -> bool:
    """Whether a module has imported one of some modules, or something that they define."""
    return any(
        getattr(value, "__module__", None) in modules
        or (isinstance(value, ModuleType) and value.__name__ in modules)
        for value in vars(module).values()
    )


class _Planted(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module another text."""

    def __init__(self, module: str, path: Path, text: str) -> None:
        self._module, self._path, self._text = module, path, text

    def find_spec(
        self, fullname: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The module itself; nothing for all others."""
        if fullname != self._module:
            return None
        return importlib.util.spec_from_file_location(fullname, self._path, loader=self)

    def create_module(self, _spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        """An empty module as usual."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Run the other text."""
        exec(compile(self._text, str(self._path), "exec"), vars(module))
