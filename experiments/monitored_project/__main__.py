"""How much more is learned from a project that was counted every six months? Write the page and its picture.

python -m experiments.monitored_project out/calibration/bank
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

import simcomunita
from simcomunita.calibration.bank import FILE, Bank
from simcomunita.calibration.checks import Checks, check
from simcomunita.calibration.inference import Floats, methods
from simcomunita.calibration.reading import load_calibration
from simcomunita.experiment.figures import BASELINE_COLOUR, POLICY_COLOURS, QUIET, SETTINGS
from simcomunita.months import month_name

if TYPE_CHECKING:
    from simcomunita.calibration.outcomes import Outcome

HERE = Path(__file__).parent
CALIBRATION = "bassa_bresciana_orientale"
EVERY = 6
"""Months between two counts."""
TRUTHS = 300
TOLD = 0.9
"""A parameter whose error is smaller, as a share of that without data, counts as told of."""
SEED = 1
METHOD = "linear"
"""A polynomial surrogate of forty figures at once would need more runs than a bank has."""
END, OWN, SHARED = "at the end only", "every six months, each count with its own error", "every six months, one error"
COLOURS = {END: BASELINE_COLOUR, OWN: POLICY_COLOURS[0], SHARED: POLICY_COLOURS[1]}


def monitored(outcomes: tuple[Outcome, ...], start: int, end: int) -> tuple[tuple[Outcome, ...], ...]:
    """Return the outcomes at every sixth month from the start, and at the end: a tuple a date."""
    dates = [*range(start + EVERY - 1, end, EVERY), end]
    return tuple(tuple(replace(one, month=date, last=date == end) for one in outcomes) for date in dates)


def reports(bank: Bank, dates: tuple[tuple[Outcome, ...], ...], *, shared: bool) -> Floats:
    """Return simulated reports (n, dates times outcomes) of every run, on the scale on which they are fitted.

    Parameters
    ----------
    shared
        Whether a figure is wrong by the same factor at all dates, as it is where its definition is another one; else
        every count has an error of its own.
    """
    columns = []
    for outcomes in dates:
        counted = bank.counted(outcomes)
        for k, one in enumerate(outcomes):
            last = dates[-1][k] if shared else one
            errors = np.random.default_rng([SEED, sum(last.name.encode())]).standard_normal(len(bank))
            columns.append(one.summary(counted[:, k], bank.scale) + one.error * errors)
    return np.column_stack(columns)


def learned(bank: Bank, method: str) -> dict[str, Checks]:
    """Take runs for the truth, by every way of counting."""
    calibration = load_calibration(CALIBRATION)
    dates = monitored(calibration.fitted, int(bank.months[0]), int(bank.months[-1]))
    told = {
        END: reports(bank, dates[-1:], shared=False),
        OWN: reports(bank, dates, shared=False),
        SHARED: reports(bank, dates, shared=True),
    }
    return {name: _checked(bank, values, method) for name, values in told.items()}


def _checked(bank: Bank, told: Floats, method: str) -> Checks:
    return check(methods()[method]().fit(bank.cube, told, SEED), bank.cube, told, TRUTHS)


def rows(keys: tuple[str, ...], found: Mapping[str, Checks]) -> list[str]:
    """Write a row a parameter, that of which most is learned first, and one of all."""
    errors = {name: checks.error() for name, checks in found.items()}
    order = np.argsort(errors[OWN])
    written = [
        f"| `{keys[k]}` | " + " | ".join(f"{100 * errors[name][k]:.0f} %" for name in found) + " |" for k in order
    ]
    whole = " | ".join(f"**{100 * float(np.sqrt(np.square(one).mean())):.0f} %**" for one in errors.values())
    return [*written, f"| **all** | {whole} |"]


def picture(keys: tuple[str, ...], found: Mapping[str, Checks]) -> Figure:
    """Draw the error of every parameter by each way of counting."""
    errors = {name: 100 * checks.error() for name, checks in found.items()}
    order = np.argsort(errors[OWN])[::-1]
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(12.8, 0.42 * len(keys) + 2.2), dpi=150)
        axes = figure.add_axes((0.27, 0.13, 0.70, 0.70))
        for place, k in enumerate(order):
            values = [errors[name][k] for name in found]
            axes.plot([min(values), max(values)], [place, place], color="#D0D0D0", linewidth=3, zorder=1)
        for name, values in errors.items():
            axes.scatter(values[order], range(len(keys)), s=70, color=COLOURS[name], label=name, zorder=2)
        axes.set_yticks(range(len(keys)), [keys[k] for k in order])
        axes.set_xlim(0, 112)
        axes.axvline(100, color=QUIET, linewidth=1, linestyle=":")
        axes.set_xlabel("error of the estimate, % of that without any data (dotted: nothing is learned)")
        axes.legend(loc="lower left", bbox_to_anchor=(-0.36, 1.0), ncols=3, frameon=False, handletextpad=0.1)
        number = told(found)
        title = (
            f"Counts every six months tell something of {number[SHARED]} of {len(keys)} parameters, "
            f"those of the end of {number[END]}"
        )
        figure.text(0.015, 0.975, title, fontsize=17, fontweight="bold", va="top")
    return figure


def told(found: Mapping[str, Checks]) -> dict[str, int]:
    """Return of how many parameters each way of counting tells something."""
    return {name: int((checks.error() < TOLD).sum()) for name, checks in found.items()}


def main() -> None:
    """Read the bank, take its runs for the truth, and write the page beside this file."""
    bank = Bank.read(Path(sys.argv[1]) / FILE)
    method = METHOD
    found = learned(bank, method)
    keys = bank.priors.keys
    calibration = load_calibration(CALIBRATION)
    dates = monitored(calibration.fitted, int(bank.months[0]), int(bank.months[-1]))
    coverage = " | ".join(f"{100 * float(checks.coverage(0.9).mean()):.0f} %" for checks in found.values())
    page = (HERE / "page.md").read_text("utf-8").format(
        runs=f"{len(bank):,}",
        share=f"{100 * bank.scale:g} %",
        truths=len(next(iter(found.values())).ranks),
        parameters=len(keys),
        method=method,
        dates=", ".join(month_name(one[0].month) for one in dates),
        head=" | ".join(found),
        lines="|".join("---:" for _ in found),
        rows="\n".join(rows(keys, found)),
        coverage=coverage.replace(" | ", ", "),
        told=", ".join(map(str, told(found).values())),
        version=simcomunita.__version__,
    )  # fmt: skip
    (HERE / "README.md").write_text(page, "utf-8")
    picture(keys, found).savefig(HERE / "monitored.png")


if __name__ == "__main__":
    main()
