"""What scenarios are worth: cost and outcome together, by what one is ready to pay for one more."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simcomunita.experiment.better import sign
from simcomunita.experiment.intervals import Price, price
from simcomunita.experiment.uncertainty import acceptability, best_choice, turning_points
from simcomunita.experiment.wording import is_counted, measure_of

if TYPE_CHECKING:
    from simcomunita.experiment.comparison import Comparison

Reason = Literal["no cost", "no outcome", "one unit", "equal cost", "equal outcome", "one draw", "two scenarios"]

PRICES = 101
"""Prices in a table."""

_NICE = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


class UnansweredError(ValueError):
    """What is asked cannot be said of these runs, for a reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True, eq=False)
class Turn:
    """From a price on, a scenario is the best choice on average; with Fieller's interval, if there is one."""

    scenario: str
    price: float
    interval: Price


@dataclass(frozen=True, eq=False)
class Value:
    """Cost and outcome of every scenario, the baseline first, by unit.

    Attributes
    ----------
    measure
        The outcome.
    baseline
        What the others are compared with.
    cost
        Euro since the start, (units) each, by scenario.
    outcome
        How much of the outcome, such that more is better (its negative, where less is better), in units of which one
        pays for one: (units) each.
    """

    measure: str
    baseline: str
    cost: Mapping[str, NDArray[np.float64]]
    outcome: Mapping[str, NDArray[np.float64]]

    @classmethod
    def of(cls, comparison: Comparison, measure: str | None = None) -> Self:
        """Gather it from a comparison, for a measure (the first counted one that it shows, if none is named).

        Raises
        ------
        UnansweredError
            If nothing counts the euro spent, no outcome is better one way, there is one unit only, or all
            scenarios have the same cost or the same outcome in every unit.
        """
        if comparison.cost is None:
            raise UnansweredError("no cost")
        measure = measure or outcome_of(comparison)
        if measure is None or not sign(measure) or measure == comparison.cost:
            raise UnansweredError("no outcome")
        scenarios = (comparison.about.baseline, *comparison.about.policies)
        euro = np.array([comparison.units(comparison.cost, name) for name in scenarios])
        gained = np.array([comparison.units(measure, name) for name in scenarios]) * sign(measure) / one_of(measure)
        known = ~(np.isnan(euro) | np.isnan(gained)).any(axis=0)
        euro, gained = euro[:, known], gained[:, known]
        if euro.shape[1] < 2:
            raise UnansweredError("one unit")
        if np.allclose(euro, euro[:1], rtol=1e-9):
            raise UnansweredError("equal cost")
        if (gained == gained[:1]).all():
            raise UnansweredError("equal outcome")
        return cls(
            measure,
            scenarios[0],
            dict(zip(scenarios, euro, strict=True)),
            dict(zip(scenarios, gained, strict=True)),
        )

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The baseline first."""
        return tuple(self.cost)

    @property
    def units(self) -> int:
        """Pairs, or draws, that are known in every scenario."""
        return len(self.cost[self.baseline])

    def extra(self, policy: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Cost and outcome of a policy beyond the baseline, (units) each."""
        return self.cost[policy] - self.cost[self.baseline], self.outcome[policy] - self.outcome[self.baseline]

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """From which price on which scenario is the best choice on average; the first from 0 on."""
        found = turning_points(_means(self.cost), _means(self.outcome))
        turns = [Turn(found[0][1], 0.0, Price(0.0, 0.0, 0.0))]
        for each, name in found[1:]:
            before = turns[-1].scenario
            known = price(self.cost[name] - self.cost[before], self.outcome[name] - self.outcome[before])
            turns.append(Turn(name, each, known))
        return tuple(turns)

    @cached_property
    def highest_price(self) -> float:
        """Up to which price it is worth looking: beyond the last turn, and beyond most of the units' own."""
        ratios: list[float] = []
        for before, after in itertools.pairwise(turn.scenario for turn in self.turns):
            cost, gain = self.cost[after] - self.cost[before], self.outcome[after] - self.outcome[before]
            both = (cost > 0.0) & (gain > 0.0)
            ratios += (cost[both] / gain[both]).tolist()
        usual = float(np.quantile(ratios, 0.95)) if ratios else 0.0
        last = self.turns[-1].price
        if last > 0.0:
            return _nice(max(1.6 * last, min(1.1 * usual, 4.0 * last)))
        extras = [self.extra(policy) for policy in self.scenarios[1:]]
        scales = [abs(float(c.mean())) / abs(float(g.mean())) for c, g in extras if c.mean() and g.mean()]
        return _nice(2.0 * max(scales, default=500.0))

    def curves(self, prices: int = PRICES) -> pd.DataFrame:
        """How probably each scenario is worth it, by price from 0 to the highest; see `uncertainty.best_choice`.

        Returns
        -------
        pandas.DataFrame
            A row a price and scenario: ``ready_to_pay``, ``scenario``, ``worth``, ``probability_best``, ``chosen`` and
            ``probability_worth_it``: against the baseline alone (van Hout et al. 1994), NaN for itself.
        """
        ready = np.linspace(0.0, self.highest_price, prices)
        table = best_choice(self.cost, self.outcome, ready.tolist())
        alone = [np.full(prices, math.nan)]
        alone += [acceptability(*self.extra(policy), ready.tolist()) for policy in self.scenarios[1:]]
        table["probability_worth_it"] = np.column_stack(alone).ravel()
        return table


def outcome_of(comparison: Comparison) -> str | None:
    """The measure that money is held against: the first counted one that is shown and is better one way, else the first
    that is.
    """
    ways = [name for name in comparison.shown if name != comparison.cost and sign(name)]
    return next((name for name in ways if is_counted(name)), ways[0] if ways else None)


def one_of(measure: str) -> float:
    """How much of a measure one pays for: one, of shares a percentage point."""
    return 0.01 if measure_of(measure).kind == "share" else 1.0


def _means(values: Mapping[str, NDArray[np.float64]]) -> dict[str, float]:
    return {name: float(column.mean()) for name, column in values.items()}


def _nice(value: float) -> float:
    """The next round number."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in _NICE if step * power >= value * (1 - 1e-9))
