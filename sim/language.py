"""The languages in which things are named."""

from __future__ import annotations

from typing import Literal

Language = Literal["en", "fr"]
