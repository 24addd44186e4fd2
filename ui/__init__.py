"""Pages, charts and French texts of the app. It knows `sim`; `sim` does not know it."""
