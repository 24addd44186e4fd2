"""What a run costs: unit costs, lines, causes and months of payment, from its ledger and places."""
