"""The app: pages, charts, texts in French and English. It knows `sim`; `sim` does not know it."""
