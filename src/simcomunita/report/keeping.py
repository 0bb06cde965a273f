"""A report's folder: the page, the workbook and the tables, all of them or none, and a record of what was written.

The record (``provenance.json``) is how the folder tells what in it is a report's: a file of the same name that somebody
else wrote, or that was changed by hand (a logframe with targets filled in), is never overwritten.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simcomunita.experiment.keeping import as_json
from simcomunita.experiment.parts import claim
from simcomunita.experiment.plan import ExperimentError
from simcomunita.experiment.wording import Language
from simcomunita.report.content import page_of
from simcomunita.report.csv_files import as_csv
from simcomunita.report.sheets import sheets_of
from simcomunita.report.workbook import as_workbook
from simcomunita.report.writing import as_html, as_pdf
from simcomunita.writing import UnwrittenError, clear, folder, write_together

if TYPE_CHECKING:
    from simcomunita.experiment.comparison import Comparison

REPORT_FILES: dict[Language, tuple[str, ...]] = {
    "en": ("report.html", "report.pdf", "report.xlsx", "comparison.csv", "money.csv", "series.csv", "runs.csv"),
    "it": (
        "relazione.html",
        "relazione.pdf",
        "relazione.xlsx",
        "confronto.csv",
        "costi.csv",
        "serie.csv",
        "simulazioni.csv",
    ),
}
"""What a report consists of: the page twice, the workbook, and the tables. Both languages find room in one folder."""

RECORD = "provenance.json"

_OWN = re.compile("|".join(re.escape(name) for names in REPORT_FILES.values() for name in (*names, RECORD)))


def write_report(
    comparison: Comparison, provenance: Mapping[str, Any], directory: Path, lang: Language
) -> tuple[Path, ...]:
    """Write a comparison's report.

    Parameters
    ----------
    provenance
        As the comparison's ``provenance.json`` has it.
    directory
        The report's own folder; it is made if need be.

    Returns
    -------
    tuple of Path
        What was written.

    Raises
    ------
    ExperimentError
        If the folder holds a comparison or something else, or files that were changed since they were written, or
        cannot be written to; nothing is changed then.
    """
    record = _record(directory)  # before the work, not after it
    _refuse_changed(directory, record, lang)
    page = page_of(comparison, provenance, lang)
    tables = sheets_of(comparison, lang)
    contents = [as_html(page), as_pdf(page), as_workbook(comparison, provenance, page, tables)]
    contents += [as_csv(sheet, lang) for sheet in tables]
    files = dict(zip(REPORT_FILES[lang], contents, strict=True))
    digests = {**record, **{name: _digest(content) for name, content in files.items()}}
    said = {key: value for key, value in provenance.items() if key not in ("about", "made", "seconds")}
    files[RECORD] = as_json({**said, "report": digests}).encode()
    try:
        with folder(directory):
            claim(directory, comparison.about.identity)
            clear(directory, _OWN)
            write_together(directory, files)
    except UnwrittenError as error:
        raise ExperimentError(str(error)) from error
    return tuple(directory / name for name in files)


def _record(directory: Path) -> dict[str, str]:
    """Return what an earlier report noted: the digest of every file; nothing where there was none."""
    file = directory / RECORD
    try:
        if not file.exists():
            return {}
        content = json.loads(file.read_text("utf-8"))
        found = content["report"]
        return {str(name): str(digest) for name, digest in found.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ExperimentError(
            f"{directory}: holds other results. Nothing was overwritten: name another folder for the report with --out."
        ) from None


def _refuse_changed(directory: Path, record: Mapping[str, str], lang: Language) -> None:
    """Refuse to overwrite what is not as a report left it."""
    for name in REPORT_FILES[lang]:
        file = directory / name
        try:
            same = not file.exists() or record.get(name) == _digest(file.read_bytes())
        except OSError as error:
            raise ExperimentError(f"{file}: cannot be read ({error.strerror or error}).") from error
        if not same:
            what = "was changed since it was written" if name in record else "is not a report's"
            raise ExperimentError(
                f"{file}: {what}. Nothing was overwritten: rename it, or name another folder with --out."
            )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
