"""A whole consultation as a file that can be kept, opened in a spreadsheet, and brought in again: the same.

The file is a ZIP of ``manifest.json`` (the consultation, its waves, questionnaires and themes), ``responses.csv``,
``answers.csv`` and ``comments.csv``. What a model said of a comment is not in it, for a model can say it again; nor is
anything that could find a device or a person who works here.
"""

from survey.exchange.bringing_in import BroughtIn, bring_in, rows_to_check
from survey.exchange.writing import Written, export, rows_to_write

__all__ = ["BroughtIn", "Written", "bring_in", "export", "rows_to_check", "rows_to_write"]
