"""Text and bytes made worse: parts taken out, doubled, exchanged, snippets that break readers."""

from __future__ import annotations

import random

STUMBLING: tuple[str, ...] = (
    "", " ", "\x00", "\x1b[31m", "\u202e", "\ufeff", "\u00a0", "\ud800", "🔥", ":fire:", "é",
    "e\u0301", "٣", "１２", "½", "−1", "-0", "1e400", "1e-400", "9" * 400, "nan", "inf", "-inf",
    "0x10", "1_000", "1,5", "1 000", "1.000,5", "0000-00", "9999-12", "2025-13", "2025-1",
    "-2025-01", "31/02/2025", "[", "]", "[]", "[[", "[red]", "{", "}", "{0}", "%s", "%",
    "$x$", "\\", "\"", "'", ";", "=", ":", "..", "../../x", "/dev/null", "/etc/passwd", "~",
    "*", "**", "?", "CON", "a" * 300, "<b>", "=1+1", "@x", "true", "null", "~null", "&a",
    "*a", "!!python/object:os.system", "- - -", "\n", "\r", "\t", "\u2028",
)  # fmt: skip
"""Snippets; each has broken a reader somewhere."""


def mutated(text: str, luck: random.Random, most: int = 2) -> str:
    """The text after one to ``most`` changes; sometimes it is still a good one."""
    for _ in range(luck.randint(1, most)):
        text = luck.choice(CHANGES)(text, luck)
    return text


def _inserted(text: str, luck: random.Random) -> str:
    place = luck.randint(0, len(text))
    return text[:place] + luck.choice(STUMBLING) + text[place:]


def _cut(text: str, luck: random.Random) -> str:
    first, last = sorted(luck.randint(0, len(text)) for _ in range(2))
    return text[:first] + text[last:]


def _doubled(text: str, luck: random.Random) -> str:
    first, last = sorted(luck.randint(0, len(text)) for _ in range(2))
    return text[:last] + text[first:last] + text[last:]


def _exchanged(text: str, luck: random.Random) -> str:
    if not text:
        return luck.choice(STUMBLING)
    place = luck.randrange(len(text))
    return text[:place] + luck.choice(STUMBLING) + text[place + 1 :]


def _other_case(text: str, _luck: random.Random) -> str:
    return text.swapcase()


def _replaced(_text: str, luck: random.Random) -> str:
    return luck.choice(STUMBLING)


CHANGES = (_inserted, _cut, _doubled, _exchanged, _other_case, _replaced)


def damaged(content: bytes, luck: random.Random, other: bytes = b"") -> bytes:
    """Bytes as a disk or a hurried copy leaves them; ``other`` may take their place."""
    return luck.choice(DAMAGES)(bytearray(content), luck, other)


def _flipped(content: bytearray, luck: random.Random, _other: bytes) -> bytes:
    for _ in range(luck.randint(1, 3)):
        if content:
            content[luck.randrange(len(content))] ^= 1 << luck.randrange(8)
    return bytes(content)


def _flipped_in_head(content: bytearray, luck: random.Random, _other: bytes) -> bytes:
    if content:
        content[luck.randrange(min(len(content), 256))] ^= 1 << luck.randrange(8)
    return bytes(content)


def _zeroed(content: bytearray, luck: random.Random, _other: bytes) -> bytes:
    first = luck.randrange(max(1, len(content)))
    last = min(len(content), first + luck.choice((1, 16, 512, 4096)))
    content[first:last] = bytes(last - first)
    return bytes(content)


def _truncated(content: bytearray, luck: random.Random, _other: bytes) -> bytes:
    return bytes(content[: luck.randrange(max(1, len(content)))])


def _lengthened(content: bytearray, luck: random.Random, _other: bytes) -> bytes:
    return bytes(content) + luck.randbytes(luck.choice((1, 16, 4096)))


def _swapped(content: bytearray, _luck: random.Random, other: bytes) -> bytes:
    return other or bytes(content)


DAMAGES = (_flipped, _flipped_in_head, _zeroed, _truncated, _lengthened, _swapped)
