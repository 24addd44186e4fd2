"""The manifest of an experiment in the store: its place, and whether it is what was written."""

from __future__ import annotations

from collections.abc import Mapping

from sim.batch.digests import read_sealed_json
from sim.batch.store import MANIFEST, Store

PLAN, SETTINGS, DRAWS = "plan.yaml", "settings.parquet", "draws.parquet"


def read_manifest(store: Store, label: str) -> dict[str, object] | None:
    """The manifest of an experiment; None when there is none or it is not what was written."""
    path = store.folder(label) / MANIFEST
    try:
        content = read_sealed_json(path, is_seal_needed=False)
        if is_sealed(content):
            content = read_sealed_json(path)
    except (OSError, ValueError):
        return None
    # A record of the same experiment under this name is sealed too, but identifies no plan.
    is_manifest = "identity" in content and content.get("experiment") == label
    return content if is_manifest else None


def is_sealed(manifest: Mapping[str, object]) -> bool:
    """Whether manifest and records carry seals, which the first layout did not have."""
    return "format" in manifest
