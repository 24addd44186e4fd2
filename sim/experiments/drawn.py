"""Which draws of parameters the replications of an experiment play in: in words and as a record."""

from __future__ import annotations

from sim.experiments.experiment import Experiment
from sim.language import Language
from sim.parameters.draws import SHARED

IDENTITY_SHOWN = 12
"""So many characters of the identity of a fit tell it from others."""


def drawn_text(experiment: Experiment, language: Language = "en") -> str:
    """Whose draws, how many of them, of which fit; or that the values of the tables hold."""
    draws = experiment.draws
    if draws is None:
        if language == "fr":
            return (
                "Toutes les réplications prennent les paramètres à leur valeur centrale : leur "
                "incertitude n'est pas dans l'intervalle."
            )
        return (
            "All replications take the parameters at their central values: their uncertainty is "
            "not in the interval."
        )
    used, shipped = min(len(draws), experiment.replications), len(draws)
    fit = draws.identity[:IDENTITY_SHOWN]
    if language == "fr":
        whose = "national" if draws.department == SHARED else "du département"
        return (
            f"Chaque réplication prend un autre tirage des paramètres, le même dans tous les "
            f"scénarios : {used} des {shipped} tirages de l'ajustement {whose} ({fit})."
        )
    whose = "national fit" if draws.department == SHARED else "department's fit"
    return (
        f"Each replication takes another draw of the parameters, the same in every scenario: "
        f"{used} of the {shipped} draws of the {whose} ({fit})."
    )


def draws_record(experiment: Experiment) -> dict[str, object] | None:
    """The draws as a manifest holds them; None without draws."""
    draws = experiment.draws
    if draws is None:
        return None
    return {
        "department": draws.department,
        "identity": draws.identity,
        "shipped": len(draws),
        "of_replications": [experiment.draw_of(n) for n in range(experiment.replications)],
    }
