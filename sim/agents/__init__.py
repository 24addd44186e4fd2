"""Who: the fields of people, households, staff and offices, and a department as a Mesa model."""
