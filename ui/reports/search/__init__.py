"""The answers of searches: sentences, tables, pictures and a page."""

from ui.reports.search.curve import curve_rows, curve_table
from ui.reports.search.figures import race_figure, seek_caption, seek_figure
from ui.reports.search.precision_words import stop_text
from ui.reports.search.racing_words import contest_table, titles_of, told_contest
from ui.reports.search.seek_words import Told, told
from ui.reports.search.study_words import study_rows, study_table, told_study
from ui.reports.search.tornado import tornado_caption, tornado_figure

__all__ = [
    "Told",
    "contest_table",
    "curve_rows",
    "curve_table",
    "race_figure",
    "seek_caption",
    "seek_figure",
    "stop_text",
    "study_rows",
    "study_table",
    "titles_of",
    "told",
    "told_contest",
    "told_study",
    "tornado_caption",
    "tornado_figure",
]
