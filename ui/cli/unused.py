"""Why an option had no effect: the other option, or the input, that leaves nothing for it to do."""

from __future__ import annotations

from sim.remarks import Remark

NOT_RUN = Remark("only --facts runs a scheme", "seul --facts simule un dispositif")
NOT_WRITTEN = Remark(
    "--json without --out writes no folder", "--json sans --out n'écrit aucun dossier"
)
OWN_YEARS = Remark("--spending has its own years", "--spending a ses propres années")
OF_THE_SERIES = Remark(
    "the series is of one department", "la série est celle d'un seul département"
)
LEVEL_ALONE = Remark("--level-only simulates nothing", "--level-only ne simule rien")
NO_SCENARIO = Remark(
    "nothing is simulated: no --scenario, and no scheme of the department is known",
    "rien n'est simulé : ni --scenario, ni dispositif connu du département",
)
OF_THE_RUN = Remark("the folder of the run states it", "le dossier de la simulation le dit")
NO_APPROPRIATION = Remark("there is no --appropriation", "il n'y a pas de --appropriation")
PUBLISHED_AMOUNTS = Remark(
    "the amounts of every month of the budget are published",
    "les barèmes de tous les mois du budget sont publiés",
)
OF_THE_PLAN = Remark("the plan states it", "le plan le dit")
ON_THE_CLUSTER = Remark(
    "the workers are those of the scheduler", "les processus sont ceux de l'ordonnanceur"
)
ONLY_CHECKED = Remark("--check runs nothing", "--check ne simule rien")
JSON_INSTEAD = Remark("--json prints the rows", "--json écrit les lignes")
NO_EXPERIMENT = Remark(
    "without an experiment all of them are listed", "sans expérience, toutes sont listées"
)
CODEBOOK_ALONE = Remark(
    "--json gives the codebook, which is the same for every store",
    "--json donne le dictionnaire, le même pour tous",
)
