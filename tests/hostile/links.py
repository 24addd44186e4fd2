"""Links and scenario files of the app, changed at random: within bounds, or refused kindly."""

from __future__ import annotations

import base64
import json
import math
import random
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sim.errors import InputError
from sim.plain_text import one_line
from sim.policy import load_scenario, scenario_text
from tests.app_worlds import scheme_study
from tests.hostile.door import Attempt, Ending, SilentDifferenceError
from tests.hostile.hostile_words import hostile_text
from tests.hostile.mutation import mutated
from ui.study import Study
from ui.study.draft import LONGEST_MONTHS, LONGEST_TITLE
from ui.study.link import unpacked
from ui.study.references import check_in_app
from ui.study.yaml_files import scenario_of_text

POSTS = "territories.coquelicot.staff.social_worker.additional_fte"
PATHS = (
    POSTS,
    "territories.*.staff.social_worker.portfolio_cap",
    "territories.coquelicot.intake.notification_days",
    "department.stock_households",
    "calendar.refresh_days",
    "staffing.recruitment_delay_days",
)
VALUES: tuple[Any, ...] = (
    0, 1, 7.0, -1, 60, 10**5, 10**9, 10**400, 1e308, math.inf, math.nan, True, None, "", "x", [],
    [1], {}, {"2023-04-01": 1}, {"x": 1}, ["a"] * 500, "\x1b[31m",
)  # fmt: skip
FIELDS = ("department", "reference", "months", "replications", "has_draws", "drafts", "evil")
DRAFT_FIELDS = ("key", "title", "origin", "document", "values", "day", "focus", "asked", "evil")
DAYS = ("2023-04-01", "2022-01-01", "9999-12-31", "0001-01-01", "2023-02-30", "", None, 5)
Content = dict[str, Any]


def prepared(_folder: Path | None = None) -> Attempt:
    """Attempts at links and files of the app."""
    shipped = scenario_text(load_scenario("somme_experiment"))
    ways: tuple[Callable[[random.Random], Ending], ...] = (
        lambda luck: _opened(_token(_changed(luck))),
        lambda luck: _opened(_token(_changed(luck))),
        lambda luck: _opened(mutated(_token(_changed(luck)), luck)),
        lambda luck: _opened(_packed(_raw(luck))),
        lambda luck: _imported(mutated(shipped, luck)),
    )

    def attempt(luck: random.Random) -> Ending:
        try:
            return luck.choice(ways)(luck)
        except InputError as error:
            if not all(fault.found and fault.accepted for fault in error.faults):
                raise SilentDifferenceError(f"a fault that says nothing: {error}") from error
            return Ending.REFUSED

    return attempt


def _opened(token: str) -> Ending:
    _check_bounds(unpacked(token))
    return Ending.TAKEN


def _check_bounds(study: Study) -> None:
    """What was taken is no larger than what a page may set."""
    is_small = study.months <= LONGEST_MONTHS and study.replications <= 50
    paths = [path for draft in study.drafts if not draft.document for path in draft.values]
    if not is_small or any("stock" in path for path in paths):
        raise SilentDifferenceError(f"a link was taken: {study!r}")
    titles = [draft.title for draft in study.drafts]
    if any(one != one_line(one) or not 0 < len(one) <= LONGEST_TITLE for one in titles):
        raise SilentDifferenceError(f"a title was taken: {titles!r}")


def _imported(content: str) -> Ending:
    check_in_app(scenario_of_text(content))
    return Ending.TAKEN


def _changed(luck: random.Random) -> Content:
    """A study with a draft, in which some fields hold something else."""
    content: Content = scheme_study("somme").model_dump(mode="json")
    draft: Content = {
        "key": "a",
        "title": hostile_text(luck) if luck.random() < 0.5 else "Mien",
        "origin": "somme_reference",
        "values": {POSTS: 7.0},
    }
    content["drafts"] = [draft] * luck.choice((1, 1, 1, 2, 5, 300))
    for _ in range(luck.randint(0, 2)):
        kind = luck.random()
        if kind < 0.4:
            draft["values"] = {luck.choice(PATHS): luck.choice(VALUES)}
        elif kind < 0.6:
            draft["day"] = luck.choice(DAYS)
        elif kind < 0.8:
            draft[luck.choice(DRAFT_FIELDS)] = luck.choice(VALUES)
        else:
            content[luck.choice(FIELDS)] = luck.choice(VALUES)
    return content


def _token(content: Content) -> str:
    return _packed(json.dumps(content).encode("utf-8"))


def _packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(raw, 9)).decode("ascii").rstrip("=")


def _raw(luck: random.Random) -> bytes:
    """What no study is: much from little, deep, no text."""
    return luck.choice(
        (
            b"0" * 50_000_000,
            b"[" * 200_000,
            b'{"drafts":' * 20_000,
            b"\xff\xfe",
            b"",
            b"null",
            luck.randbytes(200),
            b'{"department":"somme","department":"doubs"}',
        )
    )
