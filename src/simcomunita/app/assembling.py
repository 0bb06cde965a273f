"""From runs to an answer."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simcomunita.app.asking import BAND, COST, Answer, Band, Outcome, Question, Size
from simcomunita.experiment.better import sign
from simcomunita.experiment.intervals import paired_difference, price
from simcomunita.experiment.wording import measure_of
from simcomunita.months import month_name

if TYPE_CHECKING:
    from simcomunita.app.living import Basis, Life


@dataclass(frozen=True)
class Pair:
    """One pair of runs that ended: its number, and what became of each."""

    number: int
    baseline: Life
    current: Life


def assembled(
    question: Question,
    size: Size,
    basis: Basis,
    pairs: Sequence[Pair],
    failed: int = 0,
    more: Sequence[NDArray[np.float64]] = (),
) -> Answer:
    """Put runs together to an answer; it depends on which pairs they are, never on how they came.

    Parameters
    ----------
    pairs
        At least one, in ascending order of their numbers.
    failed
        How many pairs broke down and are left out.
    more
        Euro of the whole territory, since the history's start, by which other prices make the baseline and the current
        choice dearer than in the runs, (months,) each; nothing, if prices are the study's.
    """
    study = basis.study
    months = pairs[0].current.months
    draws = np.array([basis.draw_of(pair.number) for pair in pairs])
    measures = [name for name in basis.measures if name in pairs[0].current.values]
    before = {name: _runs(name, [pair.baseline for pair in pairs], size) for name in measures}
    after = {name: _runs(name, [pair.current for pair in pairs], size) for name in measures}

    if more and COST in after:
        before[COST], after[COST] = before[COST] + more[0], after[COST] + more[1]

    def gained(name: str) -> NDArray[np.float64]:
        return _units(after[name][:, -1], draws) - _units(before[name][:, -1], draws)

    spent = gained(COST) if COST in after else np.array([])
    by_measure = {}
    for name in measures:
        way, gains = sign(name), gained(name)
        better = float((way * gains > 0.0).mean()) if way else math.nan
        paid = price(spent, way * gains) if way and len(spent) and name != COST else price([], [])
        by_measure[name] = Outcome(
            name,
            _band(before[name]),
            _band(after[name]),
            paired_difference(_units(before[name][:, -1], draws), _units(after[name][:, -1], draws)),
            better,
            paid,
        )
    return Answer(
        question,
        size,
        months,
        months.index(month_name(study.branch_at)),
        len(pairs),
        size.pairs,
        failed,
        round(study.history.territory.residents * size.scale),
        study.history.territory.residents,
        len(set(draws.tolist())),
        basis.draws == (None,),
        by_measure,
    )


def _runs(measure: str, lives: Sequence[Life], size: Size) -> NDArray[np.float64]:
    """Return a measure of all runs, (runs, months), as it would be in the whole territory: counts and euro grow with
    it, shares and means do not.
    """
    values = np.array([life.values[measure] for life in lives])
    return values / size.scale if measure_of(measure).kind in ("stock", "flow") else values


def _units(values: NDArray[np.float64], draws: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return what intervals stand on: pairs or, where several share a draw of parameters, draws."""
    from simcomunita.experiment.uncertainty import by_draw

    several = 1 < len(set(draws.tolist())) < len(draws)
    return by_draw(values, draws) if several else values


def _band(runs: NDArray[np.float64]) -> Band:
    """Summarise runs, (runs, months), month by month; a run without a value is left out there."""
    if not np.isnan(runs).any():  # the way that skips what is unknown takes twenty times as long
        low, high = np.percentile(runs, BAND, axis=0)
        return Band(low, runs.mean(axis=0), high)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a month without any value stays a gap
        low, high = np.nanpercentile(runs, BAND, axis=0)
        return Band(low, np.nanmean(runs, axis=0), high)
