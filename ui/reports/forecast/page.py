"""A forecast as one HTML page in French, without links: answer, figures, table, doubt."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from pathlib import Path as File
from string import Template

from forecast.level import VERIFIED_MONTHS
from forecast.outcome import (
    DIFFERENCE,
    LEVEL,
    PARTS,
    QUANTILES,
    SCENARIO,
    Outlook,
    Path,
)
from sim.plain_text import escaped
from sim.version import package_version
from ui.reports.forecast.figures import NOT_VERIFIED, PART_LABELS
from ui.reports.remarks import remark_text
from ui.reports.summary import TEMPLATE as REPORT
from ui.reports.wording import (
    difference_text,
    html_text,
    interval_text,
    label_text,
    number_text,
)

TEMPLATE = File(__file__).with_name("page.html")
SHOWN_MONTHS = (1, 3, 6, 12, 18, 24, 36, 48, 60)
YEARS = (12, 24)
UNIT = "households"
ALTERNATIVES = {
    "forecast": "Foyers observés, prévision et éventails d'incertitude",
    "difference": "Écart de chaque scénario à la référence",
    "variance": "Parts de la variance par origine",
}
READING = (
    "Les éventails à 50, 80 et 90 % : la valeur observée devrait y tomber cinq, huit et neuf fois "
    "sur dix dans un monde semblable à celui des séries. Une rupture n'y a sa part que si les "
    "séries en contiennent une, comme celle de 2020.",
    "L'incertitude du niveau est celle des prévisions passées, mesurée sur tous les départements. "
    "Le hasard des parcours en est la part que la simulation explique par la chance de chacun.",
    "L'écart d'un scénario est pris à tirage égal et à hasard égal. Les paramètres issus de la "
    "littérature viennent d'études faites ailleurs : aucune donnée du département ne les confirme.",
)


def page_html(outlook: Outlook, place: str, pictures: Mapping[str, bytes], replay: str) -> str:
    """The whole page; ``pictures`` (PNG) are put inside it."""
    style = re.search(r"<style>\n(.*?)</style>", REPORT.read_text(encoding="utf-8"), re.DOTALL)
    last = label_text(outlook.months[-1], "fr")
    notes = [*READING, *(remark_text(note, "fr") for note in outlook.notes)]
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=html_text(f"{place} : combien de foyers au RSA d'ici {last} ?"),
        style="" if style is None else style[1],
        frame=html_text(_frame(outlook)),
        answer="".join(f'<p class="answer">{html_text(text)}</p>' for text in answers(outlook)),
        figures="".join(_figure(name, picture) for name, picture in pictures.items()),
        table=_table(outlook),
        variance=_variance_table(outlook),
        notes="".join(f"<p>{html_text(note)}</p>" for note in notes),
        replay=f"<code>{escaped(replay)}</code>"
        f'<p class="note">Version {escaped(package_version())}.</p>',
    )


def answers(outlook: Outlook) -> list[str]:
    """The forecast in one sentence, and one more for each scenario; French."""
    (level,) = outlook.chosen(LEVEL)
    ahead = min(outlook.level.months, VERIFIED_MONTHS)
    month = label_text(outlook.months[ahead - 1], "fr")
    low, middle, high = (quantile(level, q, ahead) for q in (0.10, 0.50, 0.90))
    known = outlook.level.known.households[-1]
    found = [
        f"Sans changement, {number_text(middle, UNIT, 'fr')} foyers fin {month}, entre "
        f"{number_text(low, UNIT, 'fr')} et {number_text(high, UNIT, 'fr')} huit fois sur dix "
        f"({difference_text(middle / known - 1.0, 'share', 'fr')} % par rapport au "
        "dernier mois connu)."
    ]
    for path in outlook.chosen(DIFFERENCE):
        assert path.scenario is not None
        bottom, centre, top = (quantile(path, q, ahead) for q in (0.05, 0.50, 0.95))
        found.append(
            f"« {path.scenario.title.fr} » : {difference_text(centre, UNIT, 'fr')} foyers à la "
            f"même date, intervalle à 90 % {interval_text(bottom, top, UNIT, 'fr')}."
        )
    return found


def shown_months(outlook: Outlook) -> list[int]:
    """The months ahead that tables show, the last one included."""
    months = outlook.level.months
    return sorted({*(ahead for ahead in SHOWN_MONTHS if ahead <= months), months})


def shown_ends(outlook: Outlook) -> list[int]:
    """Full years ahead while they are verified, and the last month."""
    months = outlook.level.months
    return sorted({*(ahead for ahead in YEARS if ahead < months), months})


def month_with_doubt(outlook: Outlook, ahead: int) -> str:
    """A month in French, marked when it lies beyond what was verified."""
    text = label_text(outlook.months[ahead - 1], "fr")
    return text if ahead <= VERIFIED_MONTHS else f"{text} ({NOT_VERIFIED})"


def _frame(outlook: Outlook) -> str:
    known = outlook.level.known
    month = outlook.level.first_month - 1
    last = label_text(f"{month // 12:04d}-{month % 12 + 1:02d}", "fr")
    text = (
        f"Dernier mois connu : {last}, {number_text(float(known.households[-1]), UNIT, 'fr')} "
        f"foyers. {outlook.level.months} mois prévus."
    )
    if outlook.simulated is not None:
        reference = outlook.simulated.comparison.reference.title.fr
        text += f" Écarts comptés par rapport à « {reference} »."
    return text


def _table(outlook: Outlook) -> str:
    """Months in rows; for the level and each scenario the median and two intervals."""
    (level,) = outlook.chosen(LEVEL)
    heads = ["Fin du mois", "Sans changement", "80 %", "90 %"]
    columns: list[tuple[Path, Path]] = list(
        zip(outlook.chosen(SCENARIO), outlook.chosen(DIFFERENCE), strict=True)
    )
    for path, _ in columns:
        assert path.scenario is not None
        heads += [path.scenario.title.fr, "Écart", "Écart, 90 %"]
    body = []
    for ahead in shown_months(outlook):
        cells = [
            month_with_doubt(outlook, ahead),
            number_text(quantile(level, 0.50, ahead), UNIT, "fr"),
            _between(level, 0.10, 0.90, ahead),
            _between(level, 0.05, 0.95, ahead),
        ]
        for path, gap in columns:
            cells += [
                number_text(quantile(path, 0.50, ahead), UNIT, "fr"),
                difference_text(quantile(gap, 0.50, ahead), UNIT, "fr"),
                interval_text(quantile(gap, 0.05, ahead), quantile(gap, 0.95, ahead), UNIT, "fr"),
            ]
        body.append(cells)
    return _html_table(heads, body)


def _variance_table(outlook: Outlook) -> str:
    heads = ["", "Fin du mois", "Écart type, foyers", *(PART_LABELS[part] for part in PARTS)]
    body = []
    named = [(path, "Niveau sans changement") for path in outlook.chosen(LEVEL)]
    for path in outlook.chosen(DIFFERENCE):
        assert path.scenario is not None
        named.append((path, f"Écart : {path.scenario.title.fr}"))
    for path, name in named:
        shares = path.variance.shares()
        for ahead in shown_ends(outlook):
            sd = float(path.variance.total[ahead - 1] ** 0.5)
            body.append(
                [
                    name,
                    month_with_doubt(outlook, ahead),
                    number_text(sd, UNIT, "fr"),
                    *(
                        f"{100 * shares[part][ahead - 1]:.0f} %" if sd > 0.0 else "–"
                        for part in PARTS
                    ),
                ]
            )
    return _html_table(heads, body)


def _html_table(heads: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{html_text(text)}</th>" for text in heads)
    rows = "".join(
        f"<tr>{''.join(f'<td>{html_text(cell)}</td>' for cell in cells)}</tr>" for cells in body
    )
    return (
        f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>'
        "</table></div>"
    )


def _figure(name: str, picture: bytes) -> str:
    content = base64.b64encode(picture).decode("ascii")
    text = html_text(ALTERNATIVES[name])
    return f'<figure><img alt="{text}" src="data:image/png;base64,{content}"></figure>'


def _between(path: Path, low: float, high: float, ahead: int) -> str:
    ends = (number_text(quantile(path, q, ahead), UNIT, "fr") for q in (low, high))
    return "\u00a0–\u00a0".join(ends)


def quantile(path: Path, level: float, ahead: int) -> float:
    """One of `QUANTILES` of a path, so many months ahead."""
    return float(path.quantiles[QUANTILES.index(round(level, 2)), ahead - 1])
