"""Newer published months: imported where they join what is known, unusual ones on purpose only."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from brought.series import COLUMNS, Series, month_text, read_departments
from forecast.panel import MONTHLY_FILE, Panel, data_folder, panel_of
from forecast.unusual import Jump, new_jumps, unconfirmed
from sim.errors import Fault, InputError
from sim.files import write_atomically
from sim.parameters.sources import PUBLISHED
from sim.remarks import Remark, remarked

LEAST_DEPARTMENTS = 10


def update_panel(
    path: Path, confirmed: Sequence[str] = ()
) -> tuple[Path, Panel, tuple[Remark, ...]]:
    """Import a newer monthly file into the user's data folder.

    Its months replace those known before; earlier months are kept. ``confirmed``: months that are
    far from every change seen before and are meant, as ``80:2020-11`` or ``2020-11``. Returns the
    file written, the new panel and remarks. Raises `InputError` on every fault of the file, also
    when it does not join what is known or jumps unconfirmed, and then writes nothing.
    """
    new, read = read_departments(path)
    known = _known()
    faults = _faults_of_a_panel(path.name, new, known)
    if faults:
        raise InputError(faults)
    joined = {code: _joined(known.get(code), series) for code, series in new.items()}
    jumps = [jump for code, one in joined.items() for jump in new_jumps(known.get(code), one)]
    left, agreed, counts = unconfirmed(jumps, confirmed)
    if left:
        raise InputError(_fault_of_a_jump(path.name, jump) for jump in left)
    target = data_folder() / MONTHLY_FILE
    write_atomically(target, _text(joined).encode("ascii"))
    return target, panel_of(joined), (*read, *_remarks(new, known, agreed, counts))


def _known() -> Mapping[str, Series]:
    """What was imported before, else the shipped months."""
    shipped, imported = PUBLISHED / MONTHLY_FILE, data_folder() / MONTHLY_FILE
    if imported.is_file():
        try:
            return read_departments(imported)[0]
        except InputError:
            pass  # A damaged import is replaced as if it had never been.
    return read_departments(shipped)[0]


def _fault_of_a_jump(name: str, jump: Jump) -> Fault:
    accepted = (
        "a change that some department has had in a month; if it is right, "
        f"--confirm {jump.name} takes it"
    )
    return Fault(name, "households", jump.text, accepted)


def _remarks(
    new: Mapping[str, Series],
    known: Mapping[str, Series],
    agreed: Sequence[Jump],
    counts: Mapping[str, int],
) -> list[Remark]:
    found = []
    gone = ", ".join(sorted(set(known) - set(new)))
    if gone:
        found.append(remarked("panel_gone", gone=gone))
    revised = sum(_is_revised(known.get(code), series) for code, series in new.items())
    if revised:
        found.append(remarked("panel_revised", revised=revised))
    found += [remarked("confirmed", jump=jump.text) for jump in agreed]
    found += [
        remarked("confirm_without_effect", word=word) for word, count in counts.items() if not count
    ]
    return found


def _faults_of_a_panel(
    name: str, new: Mapping[str, Series], known: Mapping[str, Series]
) -> list[Fault]:
    faults = []
    last = max(series.last_month for series in new.values())
    if len(new) < LEAST_DEPARTMENTS:
        accepted = f"at least {LEAST_DEPARTMENTS}: what departments share is learnt from many"
        faults.append(Fault(name, "department", f"{len(new)} departments", accepted))
    for code, series in new.items():
        before = known.get(code)
        if series.last_month != last:
            found = f"{code} ends in {month_text(series.last_month)}"
            faults.append(Fault(name, "month", found, f"{month_text(last)}, as the others"))
        if before is not None and series.first_month > before.last_month + 1:
            found = f"{code} starts in {month_text(series.first_month)}"
            accepted = (
                f"{month_text(before.last_month + 1)} or earlier, so that no month is missing"
            )
            faults.append(Fault(name, "month", found, accepted))
    if known and last < max(series.last_month for series in known.values()):
        shipped = month_text(max(series.last_month for series in known.values()))
        faults.append(Fault(name, "month", f"the last month is {month_text(last)}", shipped))
    return faults


def _joined(before: Series | None, new: Series) -> Series:
    if before is None or before.first_month >= new.first_month:
        return new
    kept = before.households[: new.first_month - before.first_month]
    return Series(new.department, before.first_month, np.concatenate([kept, new.households]))


def _is_revised(before: Series | None, new: Series) -> bool:
    if before is None:
        return False
    _, left, right = np.intersect1d(before.months, new.months, return_indices=True)
    return bool(np.any(before.households[left] != new.households[right]))


def _text(found: Mapping[str, Series]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for code, series in sorted(found.items()):
        for month, count in zip(series.months, series.households, strict=True):
            writer.writerow([code, month_text(int(month)), int(count)])
    return text.getvalue()
