"""Outcomes: written definitions, and the tables that a ledger gives of them."""
