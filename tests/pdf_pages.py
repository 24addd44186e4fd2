"""Counting the pages of a PDF file without a library: page objects, also in packed streams."""

from __future__ import annotations

import re
import zlib

_STREAM = re.compile(rb"stream\r?\n")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")


def pages_of(pdf: bytes) -> int:
    """How many pages a file has; 0 for anything that is no PDF."""
    if not pdf.startswith(b"%PDF-"):
        return 0
    texts = [pdf]
    for found in _STREAM.finditer(pdf):
        try:
            texts.append(zlib.decompressobj().decompress(pdf[found.end() :]))
        except zlib.error:
            continue  # not packed, or packed in another way (pictures, fonts)
    return sum(len(_PAGE.findall(text)) for text in texts)
