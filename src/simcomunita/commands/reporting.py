"""``simcomunita report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from simcomunita.commands.answering import note
from simcomunita.commands.saying import said
from simcomunita.commands.tables import paragraphs
from simcomunita.experiment.plan import ExperimentError
from simcomunita.report import read_saved
from simcomunita.report.answer import answer

if TYPE_CHECKING:
    from simcomunita.experiment.wording import Language

FOLDER = "report"
"""The report's folder in that of its comparison, if no other is named."""


def report(directory: Path, out: Path | None, language: Language) -> None:
    """Write the report of a comparison that was saved, and print its answer."""
    comparison = read_saved(directory)
    where = out or directory / FOLDER
    if where.resolve() == directory.resolve():
        raise ExperimentError(f"{where}: holds the comparison itself; name another folder for the report with --out.")
    written = comparison.report(where, language)
    print(paragraphs("\n".join((comparison.about.question[language], "", *answer(comparison, language)))), flush=True)
    note(said("written", language, what=f"{where} ({', '.join(file.name for file in written)})"))
