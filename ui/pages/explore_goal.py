"""A target first: the means that hold it, their cost, how often; then a scenario of them."""

from __future__ import annotations

from sim.outcomes.definitions import outcome_definition
from sim.outcomes.table import ALL
from sim.policy.plan import months_later
from sim.search.fewest import Tried
from ui import elements as st
from ui.answers import share_text
from ui.look import answer, badge, projection_badges, table, typed
from ui.numbers import PER_CENT, counted, days_text, euros, month_text, number, plain_number
from ui.outcome_words import Shown, definition_of, label_of, place_text
from ui.pages.choosing import choose_scenario
from ui.pages.following import basis, follow
from ui.pages.moving import go_to
from ui.reports.why_words import reason_text
from ui.spoken import language, text
from ui.study import MOST_DRAFTS, Draft, Study, departments
from ui.study.draft import LONGEST_TITLE
from ui.study.references import draws_of, scenario_of, simulated_share
from ui.study.session import add_draft, edit, study
from ui.work.asking import read_target_answer
from ui.work.results import spread
from ui.work.seeking import (
    HELD_IN,
    INVITATION,
    LEVERS,
    POSTS,
    TARGETS,
    Sought,
    TargetAnswer,
    base_of,
    check,
    first_counted,
    posts_of,
)

USUAL_LIMITS = {"days": 15.0, "share": 80.0, "per_person_month": 1.0}
"""The number that is first proposed, by unit of the outcome, as it is written."""
STEPS = {"days": 1.0, "share": 5.0, "per_person_month": 0.1}
CONFIDENCE = 0.9
IN_TEN = 10


def goal_section() -> None:
    """The question, its progress and its answer."""
    st.html(f'<p class="lead">{typed(text("goal.lead"))}</p>')
    sought = _question()
    found = follow(sought, lambda: check(sought), read_target_answer, "goal")
    if found is None:
        return
    share = simulated_share()
    part = text("run.badge_share", percent=number(PER_CENT * share)) if share != 1.0 else ""
    whole = badge("count", counted("goal.badge", found.fewest.answer.replications))
    projection_badges(whole, *([badge("preview", part)] if part else []))
    answer(_findings(sought, found))
    if sought.lever == POSTS and found.fewest.answer.steps:
        _posts_table(sought, found)
    _create(sought, found)
    with st.expander(text("goal.table"), icon=":material/table:"):
        _tried_table(sought, found)
    basis(_basis(sought, found))


def _question() -> Sought:
    present = study()
    first, second = st.columns(2)
    with first:
        outcomes = {name: label_of(name) for name in TARGETS}
        outcome = str(
            st.selectbox(
                text("goal.outcome"),
                list(outcomes),
                format_func=lambda each: outcomes[each],
                key="goal outcome",
            )
        )
        shown, unit = Shown.of(outcome), outcome_definition(outcome).unit
        side = "goal.at_most" if TARGETS[outcome] == "<=" else "goal.at_least"
        limit = st.number_input(
            text(side, unit=shown.unit),
            0.0,
            PER_CENT if unit == "share" else 1000.0,
            USUAL_LIMITS.get(unit, 1.0),
            step=STEPS.get(unit, 1.0),
            format="%g",
            key=f"goal limit {outcome}",
        )
        place = _place(present)
    with second:
        lever_names = {name: text(f"goal.lever_{name}") for name in LEVERS}
        lever = st.selectbox(
            text("goal.lever"), LEVERS, format_func=lambda each: lever_names[each], key="goal lever"
        )
        _, asked = choose_scenario(present, "goal")
        st.html(f'<p class="field">{typed(text(f"goal.help_{lever}"))}</p>')
    return Sought(
        study=asked,
        lever=str(lever),
        territory=place,
        outcome=outcome,
        limit=float(limit or 0.0) / shown.scale,
        counted_from=first_counted(present, base_of(asked)),
    )


def _place(present: Study) -> str:
    base = departments()[present.department]
    labels = base.labels("territories")
    places = labels if len(labels) == 1 else (ALL, *labels)
    return str(
        st.selectbox(
            text("goal.place"),
            places,
            format_func=lambda each: place_text(base, each),
            key=f"goal territory {present.department}",
        )
    )


def _findings(sought: Sought, found: TargetAnswer) -> list[str]:
    """Whether the target is held and with what, what it was, what it costs, what is too few."""
    best, as_is = found.fewest.answer, found.fewest.at(0)
    shown = Shown.of(sought.outcome)
    words = {"target": _target(sought), "often": _often(best)}
    if found.fewest.found == 0:
        return [text("goal.held_already", **words), *_levels(shown, best, None)]
    means = _means(sought, found, best)
    key = "goal.held" if found.fewest.found else "goal.not_held"
    said = [text(key, means=means, **words), *_levels(shown, best, as_is)]
    if found.fewest.found and sought.lever == POSTS:
        cost = sum(one.eur for one in posts_of(sought, found.values_at(best)))
        year = sought.in_force.whole("costs.price_year")
        said.append(text("goal.cost", amount=euros(cost), year=year))
    elif found.fewest.found:
        said.append(text("goal.costless"))
    fewer = found.fewest.too_few
    if found.fewest.found and fewer is not None and fewer.steps:
        means = _means(sought, found, fewer)
        said.append(text("goal.too_few", means=means, often=_often(fewer)))
    for one in found.reasons:
        if one.needs:
            scenario = scenario_of(sought.base, sought.study.months)
            reason = reason_text(one, scenario, language())
            said.append(text("goal.reason", reason=reason))
    return said


def _levels(shown: Shown, best: Tried, as_is: Tried | None) -> list[str]:
    """The mean of the replications and where most of them lie, beside what it is without."""
    low, high = (float(end[0]) for end in spread(best.outcomes))
    words = {
        "label": shown.label,
        "after": shown.level(best.mean),
        "low": number(low * shown.scale, shown.decimals),
        "high": number(high * shown.scale, shown.decimals),
        "share": share_text(best.replications),
    }
    if as_is is None:
        return [text("goal.level", **words)]
    return [text("goal.levels", before=shown.level(as_is.mean), **words)]


def _target(sought: Sought) -> str:
    shown = Shown.of(sought.outcome)
    limit = f"{plain_number(sought.limit * shown.scale)} {shown.unit}".strip()
    side = "goal.target_most" if sought.goal.is_upper else "goal.target_least"
    place = place_text(sought.in_force, sought.territory)
    return text(side, label=shown.label, limit=limit, place=place)


def _often(tried: Tried) -> str:
    return counted("goal.often", tried.held, of=number(tried.replications))


def _means(sought: Sought, found: TargetAnswer, tried: Tried) -> str:
    """What a trial sets, in words."""
    if sought.lever == POSTS:
        return counted("goal.posts", tried.steps)
    values = sorted(set(found.values_at(tried).values()))
    write = days_text if sought.lever == INVITATION else plain_number
    written = " / ".join(write(value) for value in values)
    return text(f"goal.means_{sought.lever}", value=written)


def _posts_table(sought: Sought, found: TargetAnswer) -> None:
    """The posts by role (and territory): those there are, those added, what they cost."""
    in_force = sought.in_force
    is_one = len(sought.territories) == 1
    added = posts_of(sought, found.values_at(found.fewest.answer))
    rows = []
    for one in added:
        role = in_force.label_text("roles", one.role, language())
        where = in_force.label_text("territories", one.territory, language())
        name = role if is_one else f"{role} — {where}"
        added_posts = f"+{plain_number(one.added)}"
        rows.append([name, added_posts, euros(one.eur), plain_number(one.present)])
    total = (sum(one.present for one in added), sum(one.added for one in added))
    rows.append(
        [
            text("goal.all_posts"),
            f"+{plain_number(total[1])}",
            euros(sum(one.eur for one in added)),
            plain_number(total[0]),
        ]
    )
    heads = [text(f"goal.head_{name}") for name in ("role", "added", "cost", "present")]
    table(heads, rows, text("goal.posts_caption"), strong=(len(rows) - 1,))


def _create(sought: Sought, found: TargetAnswer) -> None:
    """The button that makes the scenario of the answer and opens it."""
    best = found.fewest.answer
    if not found.fewest.found:
        return
    made = sought.draft_with(found.values_at(best))
    title = text("goal.made", means=_means(sought, found, best), target=_short(sought))
    named = made.model_copy(update={"title": title[:LONGEST_TITLE].rstrip()})
    known = next((one for one in study().drafts if _is_alike(one, named)), None)
    is_full = study().is_full and known is None
    if st.button(
        text("goal.create") if known is None else text("goal.open"),
        type="primary",
        icon=":material/add_chart:",
        key="create from goal",
        disabled=is_full,
        help=text("scenario.full", most=MOST_DRAFTS) if is_full else None,
    ):
        if known is None:
            add_draft(named)
        else:
            edit(known.key)
        go_to("scenario")


def _short(sought: Sought) -> str:
    shown = Shown.of(sought.outcome)
    sign = "≤" if sought.goal.is_upper else "≥"
    limit = f"{plain_number(sought.limit * shown.scale)} {shown.unit}".strip()
    return f"{shown.label} {sign} {limit}"


def _is_alike(one: Draft, other: Draft) -> bool:
    """Whether two scenarios are the same but for their name."""
    names = ("key", "title", "focus", "asked")
    same = {name: getattr(other, name) for name in names}
    return one.model_copy(update=same) == other


def _tried_table(sought: Sought, found: TargetAnswer) -> None:
    shown = Shown.of(sought.outcome)
    rows = []
    for one in found.fewest.tried:
        ends = (float(end[0]) * shown.scale for end in spread(one.outcomes))
        low, high = (number(end, shown.decimals) for end in ends)
        means = _means(sought, found, one) if one.steps else text("goal.as_is")
        between = text("goal.range", low=low, high=high)
        rows.append([means, shown.level(one.mean), between, _often(one)])
    heads = [text(f"goal.head_{name}") for name in ("means", "mean", "range", "often")]
    table(heads, rows, text("goal.table"))


def _basis(sought: Sought, found: TargetAnswer) -> list[str]:
    best = found.fewest.answer
    low, high = best.interval(CONFIDENCE)
    months = sought.study.months
    scenario = scenario_of(sought.base, months)
    last = months_later(scenario.start, months - 1)
    draws = draws_of(sought.study.department) if sought.study.has_draws else None
    return [
        text(
            "goal.basis_definition",
            label=label_of(sought.outcome),
            definition=definition_of(sought.outcome),
        ),
        text(
            "goal.basis_runs",
            runs=number(sum(one.replications for one in found.fewest.tried)),
            since=month_text(sought.counted_from),
            last=month_text(f"{last:%Y-%m}"),
        ),
        text(
            "goal.basis_often",
            of_ten=number(HELD_IN * IN_TEN),
            of=counted("goal.replications", best.replications),
            low=number(PER_CENT * low),
            high=number(PER_CENT * high),
        ),
        text("goal.basis_drawn" if draws is not None else "goal.basis_central"),
        *([text("goal.basis_split")] if sought.lever == POSTS else []),
    ]
