"""Factors of a sensitivity study in words: levers with their usual range, or parameter paths."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.batch.form import ALWAYS, PlanForm
from sim.batch.plan import BatchPlan
from sim.batch.reading import make_plan
from sim.errors import Fault, InputError
from sim.parameters import Parameters
from sim.parameters.schema import nearest
from sim.policy import Scenario, load_scenario
from sim.policy.changes import matching_paths
from sim.search.naming import COMMAND_LINE, levers_named, read_span


def plan_of_factors(
    scenarios: Sequence[str | Scenario],
    factors: Sequence[str],
    *,
    seeds: int,
    seed: int = 1,
    share: float = 1.0,
    months: int | None = None,
) -> BatchPlan:
    """A plan from factors in words, each ``text`` or ``text=low:high``; raises `InputError`.

    A lever with labels (``staff_fte[coquelicot]``) has its usual range; a parameter path (``*`` for
    any name) has its stated uncertainty. Each path is a factor of its own. Scenarios are given by
    name, by path or put together already.
    """
    at_hand = {one.name: one for one in scenarios if isinstance(one, Scenario)}
    named = [one.name if isinstance(one, Scenario) else one for one in scenarios]
    base = (at_hand.get(named[0]) or load_scenario(named[0])).base
    faults: list[Fault] = []
    written: dict[str, dict[str, object]] = {}
    for text in factors:
        try:
            for path, form in _spelt_out(text, base):
                written[path.replace(".", "__")] = form
        except InputError as error:
            faults += error.faults
    if not factors:
        accepted = "--factor with a lever such as additional_fte[coquelicot], or a parameter path"
        faults.append(Fault(COMMAND_LINE, "--factor", "nothing", accepted))
    if faults:
        raise InputError(faults)
    plan = PlanForm.model_validate(
        {
            "schema_version": 1,
            "name": "sensitivity",
            "scenarios": [str(Path(name).resolve()) if "/" in name else name for name in named],
            "share": float(share),
            "months": months,
            "factors": written,
            "sample": {"method": "sobol", "size": 1},
            "seeds": {"n": seeds, "first": seed},
        }
    )
    return make_plan(plan, Path(COMMAND_LINE), at_hand=at_hand)


def _spelt_out(text: str, base: Parameters) -> list[tuple[str, dict[str, object]]]:
    """Every path that a factor in words stands for, with its range as a plan writes it."""
    name, _, span = text.partition("=")
    name = name.strip()
    paths = matching_paths(name, base)
    accepted = "a lowest and a higher value: name=low:high"
    given = read_span(span, "--factor", accepted) if span else None
    found: list[tuple[str, dict[str, object]]] = []
    if paths:
        for path in paths:
            low, high = given or _uncertainty(path, base, len(paths) > 1)
            if low < high:
                form = _form(path, low, high)
                found.append((path, form | {"since": ALWAYS}))
        if not found:
            accepted = "a pattern with a number that has an uncertainty, or name=low:high"
            raise InputError(
                [Fault(COMMAND_LINE, "--factor", f"nothing to vary in {name}", accepted)]
            )
        return found
    if "." in name and "[" not in name and "*" in name:
        raise InputError(
            [
                Fault(
                    COMMAND_LINE,
                    "--factor",
                    f"the unknown path {name!r}",
                    nearest(name, base.paths()),
                )
            ]
        )
    for lever in levers_named(name, base, "--factor"):
        low, high = given or (lever.low, lever.high)
        found.append((lever.path, _form(lever.path, low, high)))
    return found


def _form(path: str, low: float, high: float) -> dict[str, object]:
    """A factor as a plan writes it."""
    return {"path": path, "range": {"low": low, "high": high}}


def _uncertainty(path: str, base: Parameters, is_one_of_many: bool) -> tuple[float, float]:
    """The stated range of a number; (0, 0) for one of a pattern that has none."""
    entry = base.entry(path)
    known = entry.uncertainty
    if known.low is not None and known.high is not None and isinstance(entry.value, int | float):
        return known.low, known.high
    if is_one_of_many:
        return 0.0, 0.0
    accepted = f"{path}=low:high (a parameter without a stated uncertainty)"
    raise InputError([Fault(COMMAND_LINE, "--factor", f"{path}, {known}", accepted)])
