"""Draws of all parameters at once, over their plausible ranges.

A draw is addressed by the design's seed, its own number and the parameter's name, never by order: a parameter that is
added later disturbs no other, and a design of 50 draws begins with that of 20. Draw 0 are the values as configured.

The configured value is the median of every parameter: half of the draws lie between the lower end of its plausible
range and it, half between it and the upper end, evenly in both halves (a two-piece uniform distribution). So a range
that reaches much farther to one side does not move the middle of the worlds that are tried, and a value at the end of
its range stays there in half of the draws. Parameters are drawn independently of each other, which no doubt gives
some worlds that nobody would believe: see `simcomunita.claims.screening`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from simcomunita.configuration import Parameters, Quantity, quantities, with_values
from simcomunita.randomness import Chance

if TYPE_CHECKING:
    from simcomunita.scenario.scenario import Draws

P = TypeVar("P", bound=Parameters)


@dataclass(frozen=True, slots=True)
class Design:
    """Which draws are drawn.

    Attributes
    ----------
    seed
        Another seed, other draws.
    """

    seed: int = 1

    def parameters(self, configured: P, draw: int) -> P:
        """Return the parameters of a draw; what states no plausible range (switches, choices) stays as configured."""
        if draw == 0:
            return configured
        chance = Chance(self.seed)
        shares = {one: float(chance.uniform(f"draws.{one.key}", 0, draw)[0]) for one in quantities(configured)}
        return with_values(configured, {one.key: value_at(one, share) for one, share in shares.items()})


@dataclass(frozen=True, slots=True)
class Listed:
    """Draws that are written down.

    Attributes
    ----------
    values
        Of draw 1, 2, ...: values of some parameters by their full names; the others stay as configured.
    """

    values: tuple[Mapping[str, float], ...]

    def parameters(self, configured: P, draw: int) -> P:
        """Return the parameters of a draw."""
        return configured if draw == 0 else with_values(configured, self.values[draw - 1])


def drawing(draws: Draws | None) -> Design | Listed:
    """Return what draws the parameters of a study."""
    if draws is None or draws.design is None:
        return Listed(() if draws is None else draws.values)
    return Design(draws.design)


def value_at(one: Quantity, share: float) -> float | int:
    """Return what lies at a share (0 to 1) of a parameter's draws; a whole number where the parameter is one."""
    median = min(max(one.default, one.low), one.high)
    if share < 0.5:
        value = one.low + 2.0 * share * (median - one.low)
    else:
        value = median + (2.0 * share - 1.0) * (one.high - median)
    value = min(max(value, one.low), one.high)  # rounding may lead out by a last digit
    return round(value) if isinstance(one.default, int) else value
