"""Run by the interpreter that has cosmic-ray: writes mutants of some files, one a line.

``python made_by_cosmic_ray.py SAMPLE SEED FOLDER FILE…`` prints as JSON how many each file has,
then a sample of them by file (0: all). It imports nothing of this project.

Operators are those of cosmic-ray that change a sum, a comparison, a number, a condition or a loop.
Not used are those that any run would find (a sum of floats becomes a shift of bits) and those of
decorators, which change nothing without compilation. `LeftOut` is added: cosmic-ray has no such.
No mutant is made of what has no effect on a result, whatever it says (`is_without_effect`).
"""

from __future__ import annotations

import ast
import difflib
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import parso
from cosmic_ray.ast import ast_nodes
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

OPPOSITES = {
    "Add_Sub",
    "Sub_Add",
    "Mul_Div",
    "Div_Mul",
    "FloorDiv_Mul",
    "Mod_FloorDiv",
    "LShift_RShift",
    "RShift_LShift",
    "BitOr_BitAnd",
    "BitAnd_BitOr",
}
ORDERS = {"Eq", "NotEq", "Lt", "LtE", "Gt", "GtE"}
OTHERS = {
    "AddNot",
    "NumberReplacer",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue",
    "ReplaceContinueWithBreak",
    "ReplaceBreakWithContinue",
    "ReplaceUnaryOperator_Delete_Not",
    "ReplaceUnaryOperator_Delete_Invert",
    "ReplaceUnaryOperator_USub_UAdd",
    "ZeroIterationForLoop",
}
WITHOUT_BEHAVIOUR = ("Import", "ImportFrom", "ClassDef", "Expr")
"""Statements of a module that are no function and no value."""

HINTS = ("fetch_", "_AHEAD")
ONE_ROW = (".national", ".shape")


class LeftOut:
    """An operator as cosmic-ray's own: a statement that does something becomes ``pass``.

    Not one that names a value, without which the next line fails, nor one that returns a value.
    """

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        """Where such a statement stands."""
        if node.type == "simple_stmt" and _does_something(node.children[0]):
            yield (node.start_pos, node.end_pos)

    def mutate(self, node: Any, _index: int) -> Any:
        """The line with ``pass`` in the statement's place."""
        left_out = parso.parse("pass").children[0].get_first_leaf()
        left_out.prefix = node.children[0].get_first_leaf().prefix
        node.children[0] = left_out
        return node


def _does_something(statement: Any) -> bool:
    if statement.type == "keyword":
        return statement.value != "pass"
    if statement.type == "expr_stmt":
        is_plain = statement.children[1].type == "operator" and statement.children[1].value == "="
        names_a_value = statement.children[0].type in ("name", "testlist_star_expr")
        return not (is_plain and names_a_value) and statement.children[1].type != "annassign"
    return statement.type in ("atom_expr", "power")


class Place(NamedTuple):
    """One mutant that can be made: the text around it, which operator, its how-manieth place."""

    function: str
    first: int
    text: str
    operator: str
    occurrence: int
    has_effect: bool


def operators() -> dict[str, Any]:
    """The operators that are used, by name."""
    found: dict[str, Any] = {"LeftOut": LeftOut()}
    for full_name in sorted(operator_names()):
        name = full_name.partition("/")[2]
        kind, _, pair = name.partition("_")
        is_order = kind == "ReplaceComparisonOperator" and set(pair.split("_")) <= ORDERS
        is_opposite = kind == "ReplaceBinaryOperator" and pair in OPPOSITES
        if name in OTHERS or is_order or is_opposite:
            found[name] = get_operator(full_name)()
    return found


def parts(text: str) -> Iterator[tuple[str, int, str]]:
    """Top-level statements: the function's name or nothing, its first line, its text."""
    lines = text.splitlines(keepends=True)
    for statement in ast.parse(text).body:
        if type(statement).__name__ not in WITHOUT_BEHAVIOUR:
            is_function = isinstance(statement, ast.FunctionDef)
            first = statement.lineno
            yield (
                statement.name if is_function else "",
                first,
                "".join(lines[first - 1 : statement.end_lineno]),
            )


def places(text: str, used: dict[str, Any]) -> list[Place]:
    """Every mutant that can be made of a file, in the order of its text."""
    found = []
    for function, first, part in parts(text):
        nodes = list(ast_nodes(parso.parse(part)))
        lines = part.splitlines()
        for name, operator in used.items():
            occurrence = 0
            for node in nodes:
                for _ in operator.mutation_positions(node):
                    has_effect = not is_without_effect(node, function, lines)
                    found.append(Place(function, first, part, name, occurrence, has_effect))
                    occurrence += 1
    return found


def is_without_effect(node: Any, function: str, lines: list[str]) -> bool:
    """Whether a change of a node can have no effect on any result, whatever it is.

    Annotations; hints to the processor; the index of the nation's only row and of the only
    dimension of a table, which can be 0 or -1 alike or fail.
    """
    line = lines[node.start_pos[0] - 1]
    if (
        function.startswith("fetch_")
        or any(hint in line for hint in HINTS)
        or line.startswith("def ")
    ):
        return True
    before = node.parent.get_previous_sibling() if node.type == "number" else None
    return before is not None and before.get_code().strip() in ONE_ROW


def made(file: str, place: Place, used: dict[str, Any]) -> dict[str, Any]:
    """One mutant, with the lines that it changes."""
    mutated = mutate_code(place.text, used[place.operator], place.occurrence)
    old, new = place.text.splitlines(), mutated.splitlines()
    changes = [
        change
        for change in difflib.SequenceMatcher(None, old, new, False).get_opcodes()
        if change[0] != "equal"
    ]
    _, begin, _, begin_new, _ = changes[0]
    _, _, end, _, end_new = changes[-1]
    return {
        "file": file,
        "function": place.function,
        "first": place.first,
        "line": place.first + begin,
        "operator": place.operator,
        "before": " ".join(line.strip() for line in old[begin:end]),
        "after": " ".join(line.strip() for line in new[begin_new:end_new]),
        "text": mutated,
    }


def main(sample: int, seed: int, folder: Path, files: list[str]) -> None:
    """Print the counts, then the mutants of the sample."""
    used = operators()
    by_file = {file: places((folder / file).read_text(encoding="utf-8"), used) for file in files}
    counts = {file: sum(place.has_effect for place in found) for file, found in by_file.items()}
    total = sum(counts.values())
    print(json.dumps(counts))
    for file, found in by_file.items():
        # A generator for each file: what is drawn in one does not depend on the others.
        drawn = random.Random(f"{seed} {file}")
        drawn.shuffle(found)
        wanted = -(-sample * counts[file] // total) if sample else counts[file]
        for place in [place for place in found if place.has_effect][:wanted]:
            print(json.dumps(made(file, place, used)), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
