"""Method: hypotheses, what the model does not say, glossary, sources, accessibility, version."""

from __future__ import annotations

from collections import Counter
from textwrap import shorten

from sim.outcomes.definitions import outcome_definitions
from sim.version import engine_version, package_version
from ui import elements as st
from ui.answers import drawn_text
from ui.look import BADGES, badge, heading, table, typed
from ui.outcome_words import definition_of, doubt_text, label_of, value_text
from ui.sources import most_cited
from ui.spoken import text, texts
from ui.study.references import experiment_of, reference_of
from ui.study.session import study

SECTIONS = ("reads", "limits", "glossary")
KINDS = ("published", "derived", "calibrated", "literature", "assumed")
FIRST_PARAMETERS = "effects."
LONGEST_VALUE = 80


def method_page() -> None:
    """Draw the page."""
    heading(text("method.title"), text("method.lead"))
    st.header(text("method.numbers_heading"), anchor=False)
    st.html(f'<p class="lead">{typed(_numbers())}</p>')
    _hypotheses()
    _draws()
    for section in SECTIONS:
        st.header(text(f"method.{section}_heading"), anchor=False)
        items = "".join(f"<li>{_emphasised(item)}</li>" for item in texts(f"method.{section}"))
        st.html(f"<ul>{items}</ul>")
    _definitions()
    _sources()
    st.header(text("method.accessibility_heading"), anchor=False)
    items = "".join(f"<li>{typed(item)}</li>" for item in texts("method.accessibility"))
    st.html(f"<ul>{items}</ul>")
    st.header(text("method.version_heading"), anchor=False)
    words = text("method.version", version=package_version(), engine=engine_version()[:12])
    st.html(f"<p>{typed(words)}</p>")


def _emphasised(item: str) -> str:
    """An item whose first words, up to the colon, are strong."""
    name, colon, rest = item.partition(" : ")
    return f"<strong>{typed(name)}</strong>{typed(colon + rest)}" if colon else typed(item)


def _numbers() -> str:
    base = reference_of(study()).base
    kinds = Counter(str(base.entry(path).kind) for path in base.paths())
    return text(
        "method.numbers",
        department=base.label,
        total=sum(kinds.values()),
        **{kind: kinds[kind] for kind in KINDS},
    )


def _draws() -> None:
    """Which draws of parameters a full run of the present study takes."""
    st.header(text("method.draws_heading"), anchor=False)
    experiment = experiment_of(study().model_copy(update={"drafts": ()}))
    present = drawn_text(experiment, experiment.replications, study().has_draws)
    st.html(f"<p>{typed(present)} {typed(text('method.draws_help'))}</p>")


def _hypotheses() -> None:
    """The values that carry the effects, then all of them on demand."""
    base = reference_of(study()).base
    st.html("".join(badge(kind) for kind in dict.fromkeys(BADGES.values())))
    heads = [text(f"method.head_{name}") for name in ("path", "value", "range", "kind")]
    carrying = [path for path in base.paths() if path.startswith(FIRST_PARAMETERS)]
    rows = [[text(f"parameter.{path.replace('.', '_')}"), *_row(path)[1:]] for path in carrying]
    table(heads, rows, text("method.effects_caption"), is_text=True)
    with st.expander(text("method.all_values"), icon=":material/list:"):
        groups = sorted({path.split(".")[0] for path in base.paths()})
        group = st.selectbox(text("method.group"), groups, key="group of parameters")
        paths = [path for path in base.paths() if path.split(".")[0] == group]
        table(
            heads,
            [_row(path) for path in paths],
            text("method.group_caption", group=group),
            is_text=True,
            is_tall=True,
        )


def _row(path: str) -> list[str]:
    base = reference_of(study()).base
    entry = base.entry(path)
    return [
        path,
        shorten(value_text(entry.value, entry.unit, base), LONGEST_VALUE, placeholder=" …"),
        doubt_text(entry.uncertainty, entry.unit),
        text(f"kind.{entry.kind}"),
    ]


def _definitions() -> None:
    with st.expander(text("method.definitions"), icon=":material/menu_book:"):
        rows = [[label_of(name), definition_of(name)] for name in outcome_definitions()]
        table(
            [text("method.indicator"), text("method.definition")],
            rows,
            text("method.definitions"),
            is_text=True,
            is_tall=True,
        )


def _sources() -> None:
    st.header(text("method.sources_heading"), anchor=False)
    base = reference_of(study()).base
    cited = most_cited(key for path in base.paths() for key in base.entry(path).source)
    rows = [[name, str(count)] for name, count in cited]
    st.html(f"<p>{typed(text('method.sources_words', count=len(rows)))}</p>")
    with st.expander(text("method.sources_list"), icon=":material/source:"):
        table(
            [text("method.source"), text("method.cited")],
            rows,
            text("method.sources_list"),
            is_text=True,
            is_tall=True,
        )
