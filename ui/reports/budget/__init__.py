"""The budget and the price of results for planners: tables, workbook, CSV and figures."""
