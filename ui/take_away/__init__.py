"""What visitors leave with: a workbook, series as CSV, pictures, a two-page note."""
