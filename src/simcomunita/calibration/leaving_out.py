"""Banks of the model without some of its mechanisms, and of the complete model at the same points and seeds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import simcomunita
from simcomunita.calibration.bank import Bank, BankPlan, find_bank, run_bank, watched_model
from simcomunita.calibration.calibration import Calibration
from simcomunita.configuration import with_values
from simcomunita.experiment.branching import Failure
from simcomunita.experiment.plan import Identity, MakeModel, Trunk, code_fingerprint
from simcomunita.experiment.running import Progress
from simcomunita.scenario.scenario import fingerprint

COMPLETE = "complete"
"""Folder of the complete model's bank, beside those of the groups."""
FOLDER = "without"


@dataclass(frozen=True)
class PlanWithout(BankPlan):
    """A bank's plan in which some parameters are set the same in every draw, so that mechanisms are left out."""

    group: str = ""
    values: tuple[tuple[str, Any], ...] = ()

    @property
    def identity(self) -> Identity:
        """What the bank holds results of."""
        content = {"bank": self.calibration.bank_hash(), "without": dict(self.values)}
        name = f"bank of {self.calibration.name} without {self.group}"
        return Identity(name, fingerprint(content), self.scale, simcomunita.__version__, code_fingerprint())

    def trunks(self, draw: int) -> tuple[Trunk, ...]:
        """Return the scenario with the parameters of a draw, less what is left out."""
        return tuple(
            replace(
                trunk,
                history=replace(trunk.history, parameters=with_values(trunk.history.parameters, dict(self.values))),
            )
            for trunk in super().trunks(draw)
        )


def plans(calibration: Calibration, make_model: MakeModel = watched_model) -> dict[str, BankPlan]:
    """Return the plans of all banks by their folders, the complete model's first; none if nothing is left out.

    Raises
    ------
    ExperimentError
        If their scale is none.
    """
    asked = calibration.without
    if asked is None:
        return {}
    complete = BankPlan.of(replace(calibration, points=asked.points, scale=asked.scale), make_model)
    found: dict[str, BankPlan] = {COMPLETE: complete}
    for group in asked.groups:
        values = tuple(group.values.items())
        found[group.name] = PlanWithout(
            complete.calibration, complete.tasks, complete.scale, make_model, group.name, values
        )
    return found


@dataclass(frozen=True)
class Banks:
    """The banks by their folders, failures, and whether some were run by other code than others."""

    found: dict[str, Bank]
    failures: tuple[Failure, ...]

    @property
    def one_code(self) -> bool:
        """Whether all were run by the same code; otherwise a difference may come from that."""
        return len({bank.identity.code for bank in self.found.values()}) < 2


def run_banks(
    calibration: Calibration,
    workers: int,
    directory: Path | None,
    progress: Callable[[int, int], None] = lambda *_: None,
    make_model: MakeModel = watched_model,
) -> Banks:
    """Run all banks, or take up what was run before.

    Parameters
    ----------
    directory
        Of the main bank; these are in folders of their own in ``without`` in it.
    progress
        Called with (done, total) runs over all banks.

    Raises
    ------
    ExperimentError
        If a folder cannot be written to or holds something else, or if every run of a bank failed.
    """
    planned = plans(calibration, make_model)
    total = sum(len(plan.tasks) for plan in planned.values())
    found: dict[str, Bank] = {}
    failures: list[Failure] = []
    before = 0
    progress(0, total)
    for name, plan in planned.items():
        folder = None if directory is None else directory / FOLDER / name
        kept = None if folder is None else find_bank(folder, plan)
        if kept is None:

            def tell(now: Progress, start: int = before) -> None:
                progress(start + now.done, total)

            kept, failed = run_bank(plan, workers, folder, tell)
            failures += failed
        found[name] = kept.first(plan.calibration.points)
        before += len(plan.tasks)
        progress(before, total)
    return Banks(found, tuple(failures))
