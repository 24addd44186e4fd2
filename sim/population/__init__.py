"""The columns in which people and households are kept, and their reading."""
