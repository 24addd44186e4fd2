"""A department's yearly spending on the allowance, forecast with what was known in October."""
