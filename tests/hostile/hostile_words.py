"""Texts that are commands to a terminal, a page, a formula, a file: made from their luck."""

from __future__ import annotations

import random
import sys

COMMANDS = (
    "[/2]",
    "[bold]",
    "[link=file:///etc/passwd]",
    ":fire:",
    ":x:",
    ":red[",
    ":material/home:",
    "\x1b[31m",
    "\x1b]0;x\x07",
    "\x9b2J",
    "\x00",
    "\r",
    "\n",
    "\u2028",
    "\u202e",
    "\u2066",
    "\u200b",
    "\ufeff",
    "\ud800",
    "\udfff",
    "\ufffe",
    "\U0001f525",
    "漢字",
    "\u0301",
    "é",
    "\u00a0",
    "\u202f",
    "![x](http://192.0.2.1/x)",
    "[x](javascript:x)",
    "<b>",
    "</p>",
    "<script>",
    "<!--",
    "-->",
    "]]>",
    "&lt;",
    "&#36;",
    "&",
    "$x^2$",
    "$",
    "\\",
    "\\frac{",
    "`",
    "```",
    "**",
    "__",
    "~~",
    "|",
    "# ",
    "- ",
    "1. ",
    "> ",
    "www.x.fr",
    "https://x.fr",
    "a@b.fr",
    "->",
    "--",
    "%{x}",
    "%s",
    "{0}",
    "{",
    "=1+1",
    "+A1",
    "-A1",
    "@SUM(A1)",
    "＝A1",
    "'",
    '"',
    "#set page()",
    '#read("/etc/passwd")',
    "*x*",
    "$ sum $",
    "@ref",
    "<label>",
    "../../x",
    "null",
    "!!python/object",
    "&a",
    "*a",
    "? x",
    "a: b",
)
WORDS = ("posts", "postes", "Somme", "l'été", "14", " ", "  ", ":", ";", "«", "»")
MOST_PARTS = 8


def hostile_text(luck: random.Random) -> str:
    """Commands of every medium among ordinary words, now and then any character at all."""
    parts = []
    for _ in range(luck.randint(1, MOST_PARTS)):
        kind = luck.random()
        if kind < 0.6:
            parts.append(luck.choice(COMMANDS))
        elif kind < 0.9:
            parts.append(luck.choice(WORDS))
        else:
            parts.append(chr(luck.randrange(sys.maxunicode + 1)))
    return "".join(parts)
