"""What visitors leave with: a workbook, series as CSV, pictures, a note to sign with its annex."""
