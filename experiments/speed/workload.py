"""Decay, contagion and closure in their barest form, and the people they start with.

The same few rules are written twice, once over whole arrays (`arrays`) and once as objects that step (`objects`),
so that what is compared is how they are carried out. Rates are chosen to keep the number of ties about where it is,
so that a month's work stays what it is; nothing is to be learned about any community from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from simcomunita.territory.population import Population


@dataclass(frozen=True)
class Rules:
    """What happens in a month."""

    wear: float = 0.015
    """Share of its strength that every tie loses."""
    forgotten: float = 0.2
    """Strength under which a tie dissolves."""
    enough: float = 1.5
    """Summed strength of ties to people who take part from which somebody comes along readily: complex contagion."""
    joining: float = 0.005
    """Probability of joining in with that much company."""
    noise: float = 0.0002
    """Probability of joining in with less."""
    tries: float = 0.45
    """Share of people who come upon a friend of a friend; a tie comes of it with the strength of the weaker of
    the two ties in between as its probability."""
    opening: float = 0.25
    """Strength with which a tie opens."""
    again: float = 0.06
    """Share of what is missing to full strength that a further occasion gives people who are tied already."""

    def chance(self, company: Any) -> Any:
        """The chance of joining in, for one person's company or an array of it."""
        return self.noise + (self.joining - self.noise) * (company >= self.enough)


@dataclass(frozen=True)
class Start:
    """People's first ties, and who takes part at first.

    Attributes
    ----------
    n
        How many people.
    first, second
        int32 (m): the two whom each tie joins, sorted, first < second.
    strength
        float32 (m) in (0, 1].
    active
        bool (n).
    """

    n: int
    first: NDArray[np.int32]
    second: NDArray[np.int32]
    strength: NDArray[np.float32]
    active: NDArray[np.bool_]

    @classmethod
    def of(cls, population: Population) -> Self:
        """The product's own first ties; its standing volunteers are the first to take part."""
        ties = population.ties
        return cls(len(population), ties.first, ties.second, ties.strength, population.volunteer)
