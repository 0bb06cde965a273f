"""``simcomunita calibrate``."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from simcomunita.calibration.bank import Bank, BankPlan, find_bank, run_bank
from simcomunita.calibration.curve import with_curve
from simcomunita.calibration.discrepancy import with_rarity
from simcomunita.calibration.keeping import SAMPLE, for_arviz, identity_of, provenance, tables
from simcomunita.calibration.leaving_out import Banks, run_banks
from simcomunita.calibration.mechanisms import with_mechanisms
from simcomunita.calibration.page import page
from simcomunita.calibration.reading import load_calibration
from simcomunita.calibration.result import Result, infer, run_again
from simcomunita.calibration.variants import with_variants
from simcomunita.calibration.wording import figure_text, named, range_text, read, value
from simcomunita.commands.answering import RUNS_FAILED, STOPPED, note
from simcomunita.commands.saying import said
from simcomunita.commands.tables import table
from simcomunita.commands.watching import watching
from simcomunita.compiled import to_be_compiled
from simcomunita.experiment.keeping import failures_as_dicts
from simcomunita.experiment.parts import claim, write_results
from simcomunita.experiment.wording import number

if TYPE_CHECKING:
    from simcomunita.calibration.calibration import Calibration
    from simcomunita.experiment.branching import Failure
    from simcomunita.experiment.wording import Language

_HEAD = {
    "en": ["published figure", "use", "published", "before fitting", "predicted (90 %)"],
    "it": ["dato pubblicato", "uso", "pubblicato", "prima della stima", "previsto (90 %)"],
}
_USE = {"fit": {"en": "fitted", "it": "stima"}, "held out": {"en": "held out", "it": "solo previsto"}}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked for; what is not said is as the calibration says."""

    out: Path
    bank: Path | None
    points: int | None
    scale: float | None
    workers: int
    language: Language
    mechanisms: bool = True
    """Whether mechanisms are left out in turn, if the calibration says which."""


def calibrate(file: str, wishes: Wishes) -> None:
    """Run the bank or take it up, fit, check, predict, and keep it all."""
    _check_extra()
    calibration = load_calibration(file).sized(wishes.points, wishes.scale)
    if not wishes.mechanisms:
        calibration = replace(calibration, without=None)
    plan = BankPlan.of(calibration)
    claim(wishes.out, identity_of(plan.calibration))
    folder = wishes.bank or wishes.out / "bank"
    language = wishes.language
    try:
        bank, failures = _bank(plan, folder, wishes)
        banks = _banks(calibration, folder, wishes)
        failures += banks.failures
        note(said("fitting", language, runs=number(len(bank), 0, language)))
        with watching("truths", language) as tell:
            result = infer(calibration, bank, tell)
        result = _besides(result, banks, language)
        if calibration.reruns:
            note(said("running again", language, runs=calibration.reruns))
            again = run_again(plan, result.posterior, calibration.reruns, wishes.workers)
            result = result.predicted_again(again)
    except KeyboardInterrupt:
        note(f"{said('stopped', language)} {said('bank kept', language, where=folder)}")
        raise typer.Exit(STOPPED) from None
    files = _files(result, failures, language)
    write_results(wishes.out, files)
    print(printed(result, language), flush=True)
    note(said("written", language, what=f"{wishes.out} ({', '.join(files)})"))
    note(said("sample", language, file=wishes.out / SAMPLE))
    if failures:
        note(f"{said('first failure', language)}\n{failures[0].traceback}")
        raise typer.Exit(RUNS_FAILED)


def _check_extra() -> None:
    from importlib.util import find_spec

    from simcomunita.experiment.plan import ExperimentError

    missing = [name for name in ("scipy", "sklearn", "xarray", "h5netcdf", "h5py") if find_spec(name) is None]
    if missing:
        raise ExperimentError(
            f"calibrating needs {', '.join(missing)}; install it with: pip install 'simcomunita[calibrate]'"
        )


def _bank(plan: BankPlan, folder: Path, wishes: Wishes) -> tuple[Bank, tuple[Failure, ...]]:
    """Return the bank of a folder, run as far as it is not there yet."""
    found = find_bank(folder, plan, enough=wishes.bank is not None and wishes.points is None)
    if found is not None:
        if found.identity.code != plan.identity.code:
            note(said("other code", wishes.language, version=found.identity.version))
        return found.first(plan.calibration.points), ()
    if to_be_compiled():
        note(said("compiling", wishes.language))
    note(said("bank", wishes.language, points=number(plan.calibration.points, 0, wishes.language), where=folder))
    with watching("runs", wishes.language) as tell:
        return run_bank(plan, wishes.workers, folder, lambda progress: tell(progress.done, progress.total))


def _banks(calibration: Calibration, folder: Path, wishes: Wishes) -> Banks:
    """Return the banks of the model without some mechanisms, run as far as they are not there yet."""
    if calibration.without is None:
        return Banks({}, ())
    language, asked = wishes.language, calibration.without
    note(said("without", language, groups=len(asked.groups), points=number(asked.points, 0, language)))
    with watching("runs", language) as tell:
        return run_banks(calibration, wishes.workers, folder, tell)


def _besides(result: Result, banks: Banks, language: Language) -> Result:
    """Try other readings, look at how many runs are enough, and at which mechanisms the figures need."""
    result = with_rarity(with_mechanisms(result, banks.found, one_code=banks.one_code))
    if result.calibration.variants:
        note(said("other readings", language, readings=len(result.calibration.variants)))
        result = with_variants(result)
    note(said("how many runs", language))
    with watching("sizes", language) as tell:
        return with_curve(result, tell)


def _files(result: Result, failures: tuple[Failure, ...], language: Language) -> dict[str, bytes]:
    from simcomunita.calibration.figures import outcomes_figure, pairs_figure, parameters_figure, ranks_figure
    from simcomunita.calibration.figures_otherwise import learning_figure, mechanisms_figure

    files = {"page.md": page(result, language).encode()}
    drawing = {
        "outcomes": outcomes_figure,
        "parameters": parameters_figure,
        "pairs": pairs_figure,
        "ranks": ranks_figure,
    }
    if len({one.runs for one in result.curve}) > 1:
        drawing["learning"] = learning_figure
    if result.mechanisms is not None:
        drawing["mechanisms"] = mechanisms_figure
    for name, draw in drawing.items():
        drawn = io.BytesIO()
        draw(result, language).savefig(drawn, format="png")
        files[f"{name}.png"] = drawn.getvalue()
    files |= tables(result)
    files["posterior.nc"] = for_arviz(result)
    return {**files, "provenance.json": provenance(result, failures_as_dicts(failures))}


def printed(result: Result, language: Language) -> str:
    """Write what a terminal shows: a row a published figure, and how often truths are found again."""
    rows = []
    for one in result.predictions:
        low, _, high = one.prior
        prior = f"{value(one.outcome, low, language)}–{value(one.outcome, high, language)}"
        mark = "" if one.held else " ✗"
        rows.append(
            [
                named(one.outcome, language),
                _USE[one.outcome.use][language],
                read(one.outcome, one.outcome.published, language),
                prior,
                range_text(one, language) + mark,
            ]
        )
    checks = result.checked
    covered = number(100 * float(checks.coverage(0.9).mean()), 0, language)
    again = said("truths found", language, truths=number(len(checks.ranks), 0, language), share=covered)
    return f"{table(_HEAD[language], rows)}\n\n{figure_text(result.predictions, language)}.\n{again}"
