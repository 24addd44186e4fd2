"""What is refused, and what is noted beside an answer, in the language that is spoken."""

from __future__ import annotations

from collections.abc import Iterable

from sim.errors import Fault
from sim.language import Language
from ui.texts import said
from ui.texts.translated import translated

SENTENCES = ("refusal", "refusal_built", "refusal_place", "refusal_library")
PLACE = "refusal_place"


def fault_in(fault: Fault, language: Language) -> Fault:
    """A fault with its words in the language; names of files and fields stay."""
    return Fault(
        translated(fault.file, language, PLACE),
        translated(fault.field, language, PLACE),
        note_in(fault.found, language),
        note_in(fault.accepted, language),
    )


def note_in(note: str, language: Language) -> str:
    """A note of the model or of the system in the language."""
    return translated(note, language, *SENTENCES)


def found_lines(faults: Iterable[Fault], language: Language) -> list[str]:
    """Of each fault its field and what was found there."""
    told = (fault_in(fault, language) for fault in faults)
    return [said("common.found", language, field=one.field, found=one.found) for one in told]
