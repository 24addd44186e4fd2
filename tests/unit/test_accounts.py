"""The accounts that documents print were checked, each with a source and an address."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ui.reports.budget.accounts import account_of, accounts, code_of, printed
from ui.reports.budget.accounts_page import page

ROOT = Path(__file__).resolve().parents[2]


def test_every_account_has_its_source() -> None:
    for one in accounts():
        assert one.source
        assert one.address.startswith("https://")
        assert date.fromisoformat(one.read_on) <= date.today()
        assert one.label


def test_only_the_chart_in_force_is_printed() -> None:
    assert {one.chart for one in printed()} == {"M57"}
    codes = [(one.kind, one.code) for one in printed()]
    assert len(codes) == len(set(codes))
    unchecked = {one.code for one in accounts() if not one.is_checked}
    assert {"65171", "74783"} <= unchecked
    assert not unchecked & {code for _, code in codes}


def test_lines_fall_on_their_accounts() -> None:
    assert [code_of("allowance", kind) for kind in ("chapter", "function", "article")] == [
        "017", "447", "651",
    ]  # fmt: skip
    assert code_of("staff.social_worker", "function") == "446"
    assert code_of("actions.care", "function") == "444"
    assert code_of("actions.care", "article") == ""
    assert account_of("write_offs", "article") is None


def test_the_page_is_that_of_the_table() -> None:
    assert (ROOT / "docs" / "accounts.md").read_text(encoding="utf-8") == page()
