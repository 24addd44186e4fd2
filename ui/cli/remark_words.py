"""Remarks as a command says them: with the option that acts on what is remarked."""

from __future__ import annotations

from sim.language import Language
from sim.remarks import Remark
from ui.reports.remarks import remark_text
from ui.texts import group_of, said


def commanded(remark: Remark, language: Language) -> str:
    """The sentence of a remark; pages and notes have it without the option in brackets."""
    sentence = remark_text(remark, language)
    if remark.key not in group_of("remark_option"):
        return sentence
    words = {name: word for name, word in remark.words if isinstance(word, str)}
    option = said(f"remark_option.{remark.key}", language, **words)
    return said("cli.with_option", language, sentence=sentence, option=option)
