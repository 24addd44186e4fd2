"""What the first replications of a run under way found, as the page will tell it at the end."""

from __future__ import annotations

from sim.language import Language
from ui import elements as st
from ui.look import answer, badge
from ui.numbers import PER_CENT, number
from ui.options_words import OptionsText, answer_told, options_text
from ui.pages.asked import INDICATOR, place_kept
from ui.pages.compare_options import options_table
from ui.spoken import language, speaking, text
from ui.study.question import outcome_asked, place_asked
from ui.work.options import options_of, outcome_line
from ui.work.results import FullRun

MOST_TOLD = 8
Told = tuple[tuple[str, ...], OptionsText]


def first_results(found: FullRun) -> None:
    """A sentence for each scenario and the options; the interval is still wide, and said so."""
    labels = found.experiment.reference.base.labels("territories")
    place = place_kept(labels) or place_asked(found.study, 1)
    outcome = str(st.session_state.get(INDICATOR) or outcome_asked(found.study, 1))
    sentences, options = _told(found, outcome, place, language())
    key = "run.first" if found.part == 1.0 else "run.first_of_part"
    counts = {"shown": found.count, "asked": found.study.replications}
    st.html(badge("preview", text(key, percent=number(PER_CENT * found.part), **counts)))
    answer([*sentences, text("run.first_wide")], is_preview=True)
    options_table(options)


@st.cache_resource(
    show_spinner=False, max_entries=MOST_TOLD, hash_funcs={FullRun: lambda found: id(found)}
)
def _told(found: FullRun, outcome: str, place: str, spoken: Language) -> Told:
    """The page asks twice a second: the same words are not computed again."""
    with speaking(spoken):
        options = options_of(found, place)
        if found.part < 1.0 and outcome not in {line.key for line in options.lines}:
            outcome = options.lines[0].key
        line = outcome_line(found, outcome, place)
        drafts = range(1, len(found.study.drafts) + 1)
        sentences = tuple(answer_told(found, line, one)[0] for one in drafts)
        return sentences, options_text(found, options)
