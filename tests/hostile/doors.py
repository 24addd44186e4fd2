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
    Door("words of the command line", 65_000, words.prepared),
    Door("whole commands", 60, commands.prepared, commands.PATIENCE),
    Door("tables that a person brings", 25_000, tables.prepared),
    Door("a text through every medium", 5_000, texts.prepared),
    Door("links and scenario files of the app", 6_000, links.prepared),
    Door("scenarios, checked and run", 240, scenarios.prepared_scenarios),
    Door("own departments, checked and run", 160, scenarios.prepared_departments),
    Door("plans of batches, checked and run", 160, scenarios.prepared_plans),
    Door("questions to a store", 2_000, sql.prepared),
    Door("files of a store", 250, store.prepared),
    Door("files that the program keeps", 1_000, disk.prepared),
    Door("no room on the disk", 12, processes.no_room, processes.PATIENCE),
    Door("a cache that cannot be written", 4, processes.no_cache, processes.PATIENCE),
    Door("`kill -9` at a random moment", 12, processes.killed, processes.PATIENCE),
)
