"""Newer published months: imported where they join what is known, unusual ones on purpose only."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from brought.published import Published, Publisher
from brought.publishers import read_published
from brought.series import COLUMNS, Series, month_text, read_departments
from brought.spelling import squeezed
from forecast.country_update import (
    CountryChanges,
    country_changes,
    country_jumps,
    joined_country,
    write_country,
)
from forecast.panel import Panel, country_known, departments_known, panel_of
from forecast.panel_changes import Changes, changes
from forecast.publishers_months import by_month, joined
from forecast.starts_moved import StartMoved, starts, starts_moved
from forecast.unusual import Jump, new_jumps, unconfirmed
from sim.errors import Fault, InputError
from sim.files import write_atomically
from sim.parameters.derivation.statistics import names_by_code
from sim.parameters.imported import MONTHLY_FILE, data_folder
from sim.remarks import Remark, remarked

LEAST_DEPARTMENTS = 10


@dataclass(frozen=True)
class Update:
    """What an update wrote and where, the panel before and after it, and what is to be said.

    ``publisher`` is empty for a file of three columns of one's own. ``country`` is what changed in
    the months of the whole country, ``starts`` the departments whose reference of today starts from
    another figure now.
    """

    file: Path
    publisher: Publisher | Literal[""]
    before: Panel
    panel: Panel
    changes: Changes
    country: CountryChanges
    starts: tuple[StartMoved, ...]
    remarks: tuple[Remark, ...]


def update_panel(path: Path, confirmed: Sequence[str] = ()) -> Update:
    """Import newer months into the user's data folder.

    The file is a publisher's own (DREES, CNAF; `brought.publishers`) or one with columns
    ``department, month, households``. Its months replace those known before; earlier months are
    kept. Months of the whole country come with them where they count the same as is known; they
    speak in the forecast where departments are silent. ``confirmed``: months that are far from
    every change seen before and are meant, as ``80:2020-11`` or ``2020-11``. Raises `InputError` on
    every fault of the file, also when it does not join what is known or jumps unconfirmed, and then
    writes nothing.
    """
    known = departments_known()
    codes = {squeezed(name): code for code, name in names_by_code().items()}
    published = read_published(path, codes, {code: by_month(one) for code, one in known.items()})
    if published is None:
        new, read = read_departments(path)
        faults = _faults_of_a_panel(path.name, new, known)
    else:
        new, read = {}, published.remarks
        faults = _faults_of_published(path.name, published, known)
    if faults:
        raise InputError(faults)
    if published is None:
        series = {code: _joined(known.get(code), one) for code, one in new.items()}
    else:
        found = joined(path.name, published, known)
        series, read = dict(found.series), (*read, *found.remarks)
    jumps = [jump for code, one in series.items() for jump in new_jumps(known.get(code), one)]
    country = country_known()
    new_country = {} if published is None else published.country
    after, on_country = joined_country(new_country, country, series)
    jumps += country_jumps(country, after)
    left, agreed, counts = unconfirmed(jumps, confirmed)
    if left:
        raise InputError(_fault_of_a_jump(path.name, jump) for jump in left)
    target, begun = data_folder() / MONTHLY_FILE, starts()
    if after != country:
        write_country(after)
    # Last: what others make of both files holds as long as the stamp of this one.
    write_atomically(target, _text(series).encode("ascii"))
    return Update(
        target, "" if published is None else published.publisher, panel_of(known, country),
        panel_of(series, after), changes(known, series), country_changes(country, after),
        tuple(starts_moved(begun, starts())),
        (*read, *_remarks(series, known, agreed, counts), *on_country),
    )  # fmt: skip


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
    found += [remarked("confirmed", jump=(jump.remark,)) for jump in agreed]
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


def _faults_of_published(name: str, found: Published, known: Mapping[str, Series]) -> list[Fault]:
    faults = []
    if len(found.households) < LEAST_DEPARTMENTS:
        accepted = f"at least {LEAST_DEPARTMENTS}: what departments share is learnt from many"
        faults.append(Fault(name, "department", f"{len(found.households)} departments", accepted))
    last = max((max(months) for months in found.households.values() if months), default=0)
    shipped = max(series.last_month for series in known.values())
    if last < shipped:
        found_text = f"the last month is {month_text(last)}"
        faults.append(Fault(name, "month", found_text, month_text(shipped)))
    return faults


def _joined(before: Series | None, new: Series) -> Series:
    if before is None or before.first_month >= new.first_month:
        return new
    kept = before.households[: new.first_month - before.first_month]
    return Series(new.department, before.first_month, np.concatenate([kept, new.households]))


def _text(found: Mapping[str, Series]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for code, series in sorted(found.items()):
        for month, count in zip(series.months, series.households, strict=True):
            writer.writerow([code, month_text(int(month)), int(count)])
    return text.getvalue()
