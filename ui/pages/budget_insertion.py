"""Own lines of insertion on the budget page: entered, checked, and laid beside the model's part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from brought.insertion import amounts_of
from brought.kinds import INSERTION
from sim.money.budget.insertion import lines_to_enter, problems_of
from sim.money.budget.rows import GROUPS_OF
from sim.money.budget.table import Budget, cells
from sim.money.costs.entered import InsertionAmount
from sim.money.costs.unit_costs import DEPARTMENT
from sim.parameters import Parameters
from ui import elements as st
from ui.downloads import CSV
from ui.look import typed, unbroken
from ui.numbers import counted
from ui.own_data.insertion import Amounts, OwnLines, forget_amounts, keep_amounts, own_lines
from ui.own_data.kinds import file_of_rows
from ui.pages.compare_options import plain_lines
from ui.pages.own_data_reading import Understood, show_faults, understood_table
from ui.reports.budget.entered import entered_view
from ui.reports.budget.names import entered_name, labels_to_enter, line_name
from ui.spoken import language, text
from ui.visitor import visitor
from ui.work.money import budget_of_run, money_of
from ui.work.results import FullRun

FILE = "lignes_insertion.csv"
"""The name of the file of own lines, and of the one that the command to replay reads."""


def own_lines_of(found: FullRun) -> OwnLines:
    """The own lines of a run’s department, beside the budget of the run."""
    return own_lines(visitor(), found.study.department, money_of(found).first.lines)


def own_insertion(found: FullRun, budget: Budget, own: OwnLines) -> None:
    """What was entered beside the model's part, or the way to enter it.

    ``budget``: the one that the lines in use are a part of.
    """
    department, base = found.study.department, found.experiment.reference.base
    st.header(text("own_lines.title"), anchor=False)
    if own.left_out:
        named = (
            text(
                "own_lines.named", line=entered_name(one.line, base, language()), period=one.period
            )
            for one in own.left_out
        )
        words = text("own_lines.not_here", lines=" ; ".join(named))
        st.warning(unbroken(words), icon=":material/warning:")
    if own.used:
        view = entered_view(budget, language())
        plain_lines(view.heads, view.rows, f"{view.title}, {view.unit}")
        st.caption(view.note)
    if own.kept:
        with st.container(horizontal=True, key="own lines"):
            _offer(text("own_lines.mine"), own.kept, found, FILE)
            if st.button(text("own_lines.forget"), icon=":material/undo:", key="forget lines"):
                forget_amounts(visitor(), department)
                st.rerun()
    asks = text("own_lines.change" if own.kept else "own_lines.enter")
    if st.toggle(asks, key="lines are entered", persist_state="session"):
        _enter(found)


def _enter(found: FullRun) -> None:
    """The file, what is wrong with it, and the button that takes it."""
    st.html(f'<p class="field" style="margin:0">{typed(text("own_lines.help"))}</p>')
    _offer(text("own_lines.template"), _model(found), found, f"modele_{FILE}")
    understood = understood_table(INSERTION)
    if understood is None:
        return
    base = found.experiment.reference.base
    lines = money_of(found).first.lines
    amounts = amounts_of(understood.found.rows, labels_to_enter(lines, base))
    if _has_problems(amounts, lines, understood, base):
        return
    st.success(counted("own.fine", len(amounts)), icon=":material/check:")
    if st.button(text("own_lines.use"), type="primary", key="use lines"):
        keep_amounts(visitor(), found.study.department, amounts)
        st.rerun()


def _has_problems(
    amounts: Amounts, lines: Sequence[str], understood: Understood, base: Parameters
) -> bool:
    """Lines that are not of the budget and euros that count twice, each told with its row."""
    problems = problems_of(amounts, lines)
    if not problems:
        return False
    numbers = understood.found.lines
    rows = []
    for one in problems:
        amount, other = amounts[one.position], one.other
        if other is None:
            told = amount.line, text("own_lines.expected_line")
        else:
            name = f"{line_name(amount.line, base, language())}, {amount.period}"
            told = name, text("own_lines.expected_once", line=numbers[other])
        rows.append([str(numbers[one.position]), *told])
    show_faults([text(f"own.{head}") for head in ("line", "found", "expected")], rows)
    return True


def _model(found: FullRun) -> Amounts:
    """The model's part of the department for each line and year that can be entered."""
    budget = budget_of_run(found)
    enterable = {one for one in lines_to_enter(budget.lines) if one not in GROUPS_OF}
    return tuple(
        InsertionAmount(cell.row, str(cell.year), round(cell.value))
        for cell in cells(budget, funder=DEPARTMENT)
        if cell.scenario == budget.names[0] and cell.row in enterable
    )


def _offer(label: str, amounts: Iterable[InsertionAmount], found: FullRun, name: str) -> None:
    """Amounts as a file that can be read again, here and by the command line."""
    base = found.experiment.reference.base
    rows = [[text(f"own_lines.head_{head}") for head in ("line", "period", "amount")]]
    for one in amounts:
        written = f"{one.eur:.2f}".rstrip("0").rstrip(".").replace(".", ",")
        rows.append([entered_name(one.line, base, language()), one.period, written])
    content = file_of_rows(rows)
    st.download_button(
        label, content, name, CSV, icon=":material/download:", on_click="ignore", key=f"{name} file"
    )
