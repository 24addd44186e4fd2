"""The doors of the program, with the inputs that a whole campaign gives to each."""

from __future__ import annotations

from tests.hostile import (
    commands,
    disk,
    links,
    processes,
    scenarios,
    sql,
    store,
    tables,
    texts,
    words,
)
from tests.hostile.door import Door

DOORS: tuple[Door, ...] = (
    Door("words of the command line", 30_000, words.prepared),
    Door("whole commands", 240, commands.prepared, commands.PATIENCE),
    Door("tables that a person brings", 40_000, tables.prepared),
    Door("a text through every medium", 10_000, texts.prepared),
    Door("links and scenario files of the app", 20_000, links.prepared),
    Door("scenarios, checked and run", 1_200, scenarios.prepared_scenarios),
    Door("own departments, checked and run", 800, scenarios.prepared_departments),
    Door("plans of batches, checked and run", 800, scenarios.prepared_plans),
    Door("questions to a store", 3_000, sql.prepared),
    Door("files of a store", 600, store.prepared),
    Door("files that the program keeps", 2_000, disk.prepared),
    Door("no room on the disk", 60, processes.no_room, processes.PATIENCE),
    Door("a cache that cannot be written", 12, processes.no_cache, processes.PATIENCE),
    Door("`kill -9` at a random moment", 60, processes.killed, processes.PATIENCE),
)
