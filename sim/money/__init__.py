"""The money: what the law pays, what support costs, a budget by year, the price of a result."""
