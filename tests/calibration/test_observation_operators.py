"""Observation operators on lives written by hand: single adults, this month first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from calibration.observation import OPERATORS, ObservedYear, offices, stays, work
from sim.engine.state import State
from sim.events import COLUMNS
from sim.ledger import LedgerShape, empty_ledger
from sim.observation import Memory
from sim.parameters import load_department
from sim.population.layout import empty_households, empty_people
from sim.population.life_courses import MONTHS_REMEMBERED
from sim.units import MINUTES_PER_DAY, day_number, month_number
from sim.vocabulary import Benefit, ExitReason, Record, Stock

END = date(2024, 1, 1)
LAST_DAY = day_number(END)
FIRST_DAY = day_number(date(2023, 1, 1))
TABLES = load_department("somme")
JOBS = TABLES.labels("job_types")
TERRITORIES = TABLES.labels("territories")
PERMANENT, AGENCY, SELF_EMPLOYED, TRAINING = (
    JOBS.index(name) for name in ("permanent", "temporary_agency", "self_employed", "training")
)


def months(*runs: tuple[str, int]) -> list[bool]:
    flags = [sign == "x" for sign, length in runs for _ in range(length)]
    return flags[:MONTHS_REMEMBERED] + [False] * (MONTHS_REMEMBERED - len(flags))


ALWAYS = months(("x", 63))
LEFT = months((".", 6), ("x", 57))
CAME = months(("x", 6))


def year_of(lives: list[dict[str, Any]]) -> ObservedYear:
    """Adults living alone; each a dictionary of what differs from paid, idle and aged 40.

    ``years``: paid at year-ends from the last one back; ``spells``: (type, begin, end) of jobs
    that ended, in days since the year began; ``job``: (type, begin) of the present one.
    """
    count = len(lives)
    homes, people = (
        empty_households(count),
        empty_people(count, barriers=len(TABLES.labels("barriers"))),
    )
    homes["id"] = np.arange(count) << 3
    homes["mask_month"] = month_number(END) - 1
    people["household"] = np.arange(count)
    people["birth"] = LAST_DAY - 40 * 365.25
    people["job"] = -1
    rows = []
    for number, life in enumerate(lives):
        paid = life.get("paid", ALWAYS)
        reason = life.get("reason", ExitReason.NONE)
        homes["benefit"][number] = Benefit.PAID if paid[0] else life.get("benefit", Benefit.OUT)
        homes["reason"][number] = reason
        homes["since"][number] = LAST_DAY - life.get("days_since", 1000)
        signs = life.get("years", "x" * 15)
        homes["year_mask"][number] = sum(1 << k for k, sign in enumerate(signs) if sign == "x")
        people["birth"][number] = LAST_DAY - int(life.get("age", 40) * 365.25)
        for name in ("has_duties", "pathway", "support", "benefit_until", "income_cents"):
            people[name][number] = life.get(name, 0)
        if "job" in life:
            people["job"][number], begin = life["job"]
            people["job_start"][number] = FIRST_DAY + begin
        for job, begin, end in life.get("spells", ()):
            row = dict.fromkeys(COLUMNS, 0)
            row |= {"time": (FIRST_DAY + end) * MINUTES_PER_DAY, "who": (number << 3) + 1}
            row |= {"kind": Record.JOB_ENDED, "detail": job, "origin": FIRST_DAY + begin}
            rows.append([row[name] for name in COLUMNS])
    memory = Memory(
        paid=np.array([life.get("paid", ALWAYS) for life in lives]),
        worked=np.array([life.get("worked", months()) for life in lives]),
        job=people["job"].astype(np.int64),
        reason=homes["reason"].astype(np.int64),
        day=LAST_DAY,
    )
    return ObservedYear(
        state=state_of(homes, people),
        log=np.array(rows, dtype=np.int64).reshape(-1, len(COLUMNS)),
        ledger=empty_ledger(LedgerShape(month_number(END) - 12, 12, len(TERRITORIES), 3, 16)),
        parameters=TABLES,
        memory=memory,
    )


def state_of(homes: Any, people: Any) -> State:
    return State(
        day=LAST_DAY,
        households=homes,
        people=people,
        agenda=np.zeros(len(homes), np.int16),
        office=np.zeros(len(people), np.int16),
        caseworkers=np.zeros((len(people), 2), np.int16),
        posts=(),
        post_loads=np.zeros(0, np.int64),
        places=np.zeros((5, 1, 1), np.int64),
        desks=np.zeros((1, 1), np.int64),
        arrival_time=np.zeros(1),
        arrival_number=np.zeros(1, np.int64),
        arrival_hazard=np.zeros(1),
    )


def test_leaving_splits_by_where_people_go() -> None:
    gone = {"paid": LEFT, "benefit": Benefit.GONE, "reason": ExitReason.OTHER_MINIMUM}
    year = year_of(
        [
            {},
            {"paid": CAME},
            gone,
            {"paid": LEFT, "reason": ExitReason.WORK, "job": (PERMANENT, 100)},
            {
                "paid": LEFT,
                "reason": ExitReason.WORK,
                "benefit_until": LAST_DAY + 9,
                "income_cents": 70_000,
            },
        ]
    )
    assert stays.left_within_a_year(year) == 2 / 4
    assert stays.in_another_minimum(year) == 1 / 4
    assert stays.left_and_in_job(year) == 1 / 4
    assert stays.left_and_on_unemployment_benefit(year) == 1 / 4


def test_still_out_looks_at_those_who_left_within_one_year() -> None:
    out = {"paid": months()}
    lives = [
        out | {"years": "......xxxxxxxxx"},
        out | {"years": "...x..xxxxxxxxx"},
        out | {"years": ".....x.xxxxxxxx"},
        {"years": "x.....xxxxxxxxx"},
        {},
    ]
    assert stays.still_out_at_five_year_ends(year_of(lives)) == 1 / 3


def test_pensioners_of_the_last_year_stand_for_those_who_have_no_row_any_more() -> None:
    pensioner = {"paid": LEFT, "benefit": Benefit.GONE, "reason": ExitReason.PENSION}
    left = {"paid": LEFT, "reason": ExitReason.LONG_EXIT, "years": "xxx............"}
    lives = [pensioner, left, {"paid": months(), "years": "...x..xxxxxxxxx"}]
    assert stays.still_out_at_five_year_ends(year_of(lives)) == 1 / 2


def test_the_decade_is_read_on_those_aged_35_to_64_at_ten_past_year_ends() -> None:
    lives = [
        {"years": "xxxxxxxxxxx...."},
        {"years": "x..........xxxx"},
        {"years": "xx..xx........."},
        {"years": "xxx............"},
        {"age": 34.9, "years": "x.............."},
        {"age": 65.1, "years": "x.............."},
        {"paid": LEFT, "years": "..............."},
    ]
    year = year_of(lives)
    assert stays.at_every_year_end_of_a_decade(year) == 1 / 4
    assert stays.without_minimum_for_a_decade(year) == 1 / 4
    assert stays.mean_year_ends_of_a_decade(year) == (10 + 0 + 3 + 2) / 4
    assert stays.left_and_came_back_in_a_decade(year) == 1 / 4


def test_months_paid_and_quarterly_renewal() -> None:
    year = year_of([{}, {"paid": CAME}, {"paid": months(("x", 2))}, {"paid": LEFT}])
    assert stays.months_paid_of_twelve(year) == pytest.approx((12 + 6 + 2) / 3)
    assert stays.renewed_within_a_quarter(year) == 1 / 3
    assert stays.paid_all_twelve_months(year) == 1 / 3


def test_tenure_ignores_gaps_within_a_right() -> None:
    four, five = months(("x", 2), (".", 4), ("x", 20)), months(("x", 2), (".", 5), ("x", 20))
    assert stays.tenure_under_a_year(year_of([{"paid": four}, {"paid": five}])) == 1 / 2


def test_jobs_of_the_year_come_from_spells_that_ended_and_the_present_one() -> None:
    lives = [
        {"spells": [(PERMANENT, -200, 50)], "worked": months((".", 10), ("x", 9))},
        {"spells": [(AGENCY, 10, 20), (AGENCY, 40, 45)], "worked": months((".", 10), ("x", 2))},
        {"job": (PERMANENT, 300), "spells": [(AGENCY, 0, 100)], "worked": months(("x", 12))},
        {"job": (SELF_EMPLOYED, -30), "worked": months(("x", 14))},
        {"spells": [(TRAINING, 10, 100)]},
        {"spells": [(PERMANENT, -400, -100)], "worked": months((".", 16), ("x", 10))},
    ]
    year = year_of(lives)
    assert year.job_then.tolist() == [PERMANENT, -1, -1, SELF_EMPLOYED, -1, -1]
    assert work.in_job_while_paid(year) == 2 / 6
    assert work.worked_in_the_year(year) == 4 / 6
    assert work.worked_without_job_before(year) == 2 / 4
    assert work.worked_without_work_the_year_before(year) == 2 / 3
    assert work.salaried_a_year_later(year) == 1 / 5
    assert work.lost_job_within_a_year(year) == 1 / 2
    assert work.salaried_among_workers(year) == 3 / 4
    assert work.two_jobs_or_more(year) == 2 / 3
    assert work.main_job_open_ended(year) == 1 / 3
    assert work.main_job_agency(year) == 2 / 3
    assert work.salaried_within_the_past_year(year) == 2 / 5
    assert work.months_salaried_of_those(year) == pytest.approx((50 + 15) / 2 / 30.4375)
    assert work.open_ended_within_the_past_year(year) == 1 / 5


def test_kinds_of_contract_follow_the_flags_of_the_tables() -> None:
    kinds = dict(zip(JOBS, work.kinds_of_contract(year_of([{}])).tolist(), strict=True))
    assert kinds["permanent"] == work.OPEN_ENDED
    assert kinds["temporary_agency"] == work.AGENCY
    assert kinds["self_employed"] == kinds["training"] == work.OTHER
    fixed = {"hire_of_days", "fixed_term_short", "fixed_term_long"}
    assert {name for name, kind in kinds.items() if kind == work.FIXED_TERM} == fixed
    subsidised = {"integration", "pec", "cie"}
    assert {name for name, kind in kinds.items() if kind == work.SUBSIDISED} == subsidised


def test_part_time_earns_less_than_the_full_wage() -> None:
    full = int(TABLES.number("wages.full_time_eur") * 100)
    lives = [{"job": (PERMANENT, 30), "income_cents": cents} for cents in (full, full // 2)]
    assert work.part_time_among_returns(year_of(lives)) == 1 / 2


def test_job_entry_is_of_those_idle_for_three_months() -> None:
    """Twelve months at risk for who never works; who starts leaves the risk in that month."""
    lives = [{}, {"worked": months(("x", 2))}, {"worked": months((".", 1), ("x", 60))}]
    assert work.monthly_job_entry(year_of(lives)) == 1 / (12 + 11)


def test_offices_are_read_from_stocks_and_flows_of_the_last_year() -> None:
    year = year_of([{}])
    stocks, flows = year.ledger.stocks, year.ledger.flows
    stocks[Stock.HOUSEHOLDS, :, 0, 0] = 400
    stocks[Stock.HOUSEHOLDS, -1, 0, 0] = 800
    assert offices.yearly_growth(year) == pytest.approx(1.0)
    flows[Record.ORIENTED, :, 0, 1, 0, 0] = 2
    flows[Record.ORIENTED, :, 0, 1, 0, 1] = 90
    assert offices.days_to_orientation(year) == 45.0
    assert np.isnan(offices.days_from_orientation_to_contract(year))
    stocks[Stock.PERSONS_WITH_DUTIES, -1, 0, 0] = 50
    stocks[Stock.ORIENTED, -1, 0, 1] = 40
    assert offices.oriented_share(year) == 40 / 50


def test_territories_that_are_not_observed_do_not_count() -> None:
    year = replace(year_of([{}]), territories=TERRITORIES[1:])
    stocks = year.ledger.stocks
    stocks[Stock.HOUSEHOLDS, :, :, 0] = 100
    stocks[Stock.HOUSEHOLDS, -1, 0, 0] = 800
    stocks[Stock.HOUSEHOLDS, -1, 1, 0] = 110
    assert offices.yearly_growth(year) == pytest.approx(0.05)


def test_recently_opened_rights_count_those_with_duties() -> None:
    new = {"has_duties": 1, "days_since": 100, "support": 3}
    lives = [new | {"pathway": 1}, new | {"pathway": -1}, new | {"pathway": 0, "days_since": 200}]
    lives += [{"days_since": 100, "pathway": 1, "support": 3}]
    assert offices.oriented_share_under_6_months(year_of(lives)) == 1 / 2


def test_every_operator_gives_a_number() -> None:
    year = year_of([{"has_duties": 1}, {"paid": CAME, "job": (PERMANENT, 20)}])
    year.ledger.stocks[:] = 1
    assert len(OPERATORS) >= 38
    for name, operator in OPERATORS.items():
        assert isinstance(operator(year), float), name
