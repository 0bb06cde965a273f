"""The report of a comparison for a planner: a page (HTML and PDF), a workbook and tables, in English or Italian."""

from simcomunita.report.keeping import REPORT_FILES, write_report
from simcomunita.report.saved import read_saved

__all__ = ["REPORT_FILES", "read_saved", "write_report"]
