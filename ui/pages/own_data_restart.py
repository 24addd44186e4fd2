"""Restarting the study from own data: level, posts and delay, each as far as it is kept."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from sim.errors import InputError
from sim.experiments.size import TooLargeError
from sim.parameters import Parameters
from sim.parameters.in_use import roles_in_use
from ui import elements as st
from ui.look import typed
from ui.numbers import counted, days_text, month_text, number, plain_number
from ui.own_data.figures import (
    CASEWORKER,
    Delay,
    Level,
    Posts,
    delay_of,
    level_of,
    posts_of,
    role_meant,
    staff_values,
)
from ui.own_data.store import own_series
from ui.reports.refusals import found_lines
from ui.spoken import language, text
from ui.study import Study
from ui.study.draft import OwnStart
from ui.study.references import new_study, reference_of
from ui.study.session import keep, study
from ui.visitor import visitor
from ui.work.own_delay import fitted
from ui.work.preview import PreviewTooLongError
from ui.work.shared import previews

LOG = logging.getLogger(__name__)
MOST_ROLES = 12
NO_ROLE = ""
SAID = "what the last restart has to say"


def restart_section() -> None:
    """What can be used, the button, and the way back."""
    st.header(text("restart.heading"), anchor=False)
    st.html(f'<p class="field" style="margin:0 0 .4rem">{typed(text("restart.lead"))}</p>')
    for words in st.session_state.pop(SAID, []):
        st.warning(words, icon=":material/info:")
    if study().own is not None:
        st.success(restart_words(study().own), icon=":material/check:")
        if st.button(text("restart.undo"), icon=":material/undo:", key="undo restart"):
            keep(new_study(study().department))
            st.rerun()
    kept = own_series(visitor(), study().department)
    level = level_of(kept)
    if level is None:
        st.info(text("restart.needs"), icon=":material/upload_file:")
        return
    base = reference_of(new_study(study().department)).base
    words = {"households": number(level.households), "month": month_text(level.month)}
    st.paragraph(text("restart.level", title=level.title, **words))
    posts, roles = _posts(posts_of(kept), base)
    delay = _delay(delay_of(kept))
    _caseworker(delay_of(kept, CASEWORKER))
    if st.button(
        text("restart.do"), type="primary", icon=":material/restart_alt:", key="restart study"
    ):
        _restart(level, {} if posts is None else _values(base, posts, roles), delay)


def restart_words(own: OwnStart | None) -> str:
    """What a study starts from, in a sentence; empty for the published figures."""
    if own is None:
        return ""
    month = month_text(own.month)
    parts = [text("restart.done_level", households=number(own.households), month=month)]
    if own.posts is not None:
        parts.append(text("restart.done_posts", posts=plain_number(own.posts, 1)))
    if own.orientation_days is not None:
        parts.append(text("restart.done_delay", days=days_text(own.orientation_days)))
    return text("restart.done", listed=", ".join(parts))


def _posts(found: Posts | None, base: Parameters) -> tuple[Posts | None, dict[str, str | None]]:
    """Whether posts are used, and which role each one is."""
    if found is None:
        return None, {}
    words = text("restart.posts", posts=plain_number(found.total, 1), title=found.title)
    if not st.checkbox(words, value=True, key="restart posts"):
        return None, {}
    choices = [*_used(base), NO_ROLE]
    roles: dict[str, str | None] = {}
    columns = st.columns(2)
    asked, left_out = list(found.fte)[:MOST_ROLES], list(found.fte)[MOST_ROLES:]
    for position, written in enumerate(asked):
        meant = role_meant(written, base, choices[:-1])
        with columns[position % 2]:
            chosen = st.selectbox(
                text("restart.role", role=written),
                choices,
                index=choices.index(meant) if meant else len(choices) - 1,
                format_func=lambda each: (
                    base.label_text("roles", each, language()) if each else text("restart.no_role")
                ),
                key=f"restart role {written}",
            )
        roles[written] = chosen or None
    if left_out:
        st.warning(_left_out_words(found, left_out), icon=":material/info:")
    return found, roles


def _left_out_words(found: Posts, left_out: Sequence[str]) -> str:
    """Which roles of the table are not asked for, and how many posts they hold."""
    named = [*left_out[:MOST_ROLES], "…"] if len(left_out) > MOST_ROLES else left_out
    posts = plain_number(sum(found.fte[role] for role in left_out), 1)
    return counted(
        "restart.left_out", len(left_out), most=MOST_ROLES, roles=", ".join(named), posts=posts
    )


def _used(base: Parameters) -> tuple[str, ...]:
    """The roles that have work in some territory."""
    used = {role for place in base.labels("territories") for role in roles_in_use(base, place)}
    return tuple(role for role in base.labels("roles") if role in used)


def _values(base: Parameters, posts: Posts, roles: dict[str, str | None]) -> dict[str, float]:
    return staff_values(base, posts, roles, _used(base)) if any(roles.values()) else {}


def _delay(found: Delay | None) -> float | None:
    if found is None:
        return None
    words = text(
        "restart.delay",
        days=days_text(found.days),
        first=month_text(found.first),
        last=month_text(found.last),
        title=found.title,
    )
    is_used = st.checkbox(words, value=True, key="restart delay", help=text("restart.delay_help"))
    return found.days if is_used else None


def _caseworker(found: Delay | None) -> None:
    """Why the delay to a caseworker is not set: it follows from staff and portfolios."""
    if found is not None:
        words = text("restart.caseworker", days=days_text(found.days), title=found.title)
        st.html(f'<p class="field" style="margin:0">{typed(words)}</p>')


def _restart(level: Level, values: dict[str, float], days: float | None) -> None:
    """Make the study start from the figures; what cannot be is told and changes nothing."""
    said: list[str] = []
    own = OwnStart(households=level.households, month=level.month, values=values)
    fresh = new_study(study().department)
    try:
        if days is not None:
            with st.spinner(text("preview.running")):
                found = fitted(fresh, own, days, previews())
            if found.is_close:
                own = found.own
            else:
                written = {"found": days_text(found.days, 0), "days": days_text(days, 0)}
                said.append(text("restart.unfitted", **written))
        made = _study_from(fresh, own, said)
        reference_of(made)
    except (TooLargeError, PreviewTooLongError):
        st.warning(text("restart.failed"), icon=":material/hourglass_disabled:")
        return
    except InputError as error:
        st.faults(text("restart.impossible"), found_lines(error.faults[:MOST_ROLES], language()))
        return
    keep(made)
    st.session_state[SAID] = said
    st.rerun()


def _study_from(fresh: Study, own: OwnStart, said: list[str]) -> Study:
    """Today's study from own figures on, with the scenarios that can start there too."""
    present = study()
    kept = [one for one in present.drafts if one.origin == fresh.reference and not one.document]
    if len(kept) < len(present.drafts):
        said.append(text("restart.dropped"))
    update = {"own": own, "replications": present.replications, "has_draws": present.has_draws}
    made = fresh.model_copy(update=update)
    for one in kept:
        moved = {"day": None, "unemployment": _named(one.unemployment)}
        made = made.with_draft(one.model_copy(update=moved))
    return made


def _named(rule: object) -> object:
    """A path of unemployment by name; one by quarters belongs to another start."""
    return rule if isinstance(rule, str) else None
