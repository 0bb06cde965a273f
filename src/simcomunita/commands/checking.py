"""``simcomunita check``."""

from __future__ import annotations

from simcomunita.calibration.reading import is_calibration, load_calibration
from simcomunita.commands.answering import note
from simcomunita.commands.remarking import remarks
from simcomunita.scenario import check_file, load_study


def check(file: str) -> None:
    """Say what a configuration is, if nothing is wrong with it, and what may not be meant."""
    if is_calibration(file):
        load_calibration(file)
        print(f"{file}: a calibration, nothing wrong.")
        return
    kind = check_file(file)
    print(f"{file}: a {kind}, nothing wrong.")
    if kind == "study":
        for remark in remarks(load_study(file), "en"):
            note(remark)
