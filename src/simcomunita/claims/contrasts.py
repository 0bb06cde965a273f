"""How arms are held against each other: each way makes two numbers of them, *this* and *that*.

The effect is this minus that, as a share of the larger of the two (by size): 1 where one of them is nothing, 0 where
they are equal, unknown where both are nothing. Unlike a share of *that*, it stays finite where *that* is nothing, which
happens where without something there is none of something else.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from simcomunita.claims.amounts import Amount, Series, Window

Pair = tuple[float, float]
Direction = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class Look:
    """What a way of contrasting looks at: an amount, in one window or in two."""

    amount: Amount
    late: Window
    early: Window | None = None
    number: float | None = None

    def of(self, arm: Series) -> float:
        """The amount in the window, or in the later one."""
        return self.amount.read(arm, self.late)

    def before(self, arm: Series) -> float:
        """The amount in the earlier window."""
        assert self.early is not None
        return self.amount.read(arm, self.early)


def _difference(look: Look, arms: Sequence[Series]) -> Pair:
    return look.of(arms[0]), look.of(arms[1])


def _change(look: Look, arms: Sequence[Series]) -> Pair:
    return look.of(arms[0]), look.before(arms[0])


def _widening(look: Look, arms: Sequence[Series]) -> Pair:
    late, early = (look.of(arm) for arm in arms), (look.before(arm) for arm in arms)
    return next(late) - next(late), next(early) - next(early)


def _diminishing(look: Look, arms: Sequence[Series]) -> Pair:
    least, middle, most = (look.of(arm) for arm in arms)
    return most - middle, middle - least


def _level(look: Look, arms: Sequence[Series]) -> Pair:
    assert look.number is not None
    return look.of(arms[0]), look.number


@dataclass(frozen=True, slots=True)
class Way:
    """A way of contrasting: what it needs, and the two numbers that it makes."""

    arms: int
    """How many arms it takes, in the order in which they are named."""
    needs: tuple[str, ...]
    """Keys that must be given besides."""
    pair: Callable[[Look, Sequence[Series]], Pair]
    text: dict[str, str]
    """What this and that are, as the page says it."""
    from_something: bool = False
    """Whether there must be something to compare with: *that* above zero."""


WAYS: dict[str, Way] = {
    "difference": Way(2, (), _difference, {"en": "the first against the second", "it": "il primo contro il secondo"}),
    "change": Way(
        1, ("since",), _change, {"en": "later against earlier months", "it": "mesi successivi contro precedenti"}
    ),
    "widening": Way(
        2,
        ("since",),
        _widening,
        {
            "en": "the gap between the two, later against earlier months",
            "it": "il divario tra i due, mesi successivi contro precedenti",
        },
    ),
    "diminishing": Way(
        3,
        (),
        _diminishing,
        {"en": "the second step against the first", "it": "il secondo passo contro il primo"},
        from_something=True,
    ),
    "level": Way(1, ("number",), _level, {"en": "against a number", "it": "contro un numero"}),
}
"""Every way of contrasting, by the name that a claim gives as its `kind`."""


@dataclass(frozen=True)
class Contrast:
    """One part of a claim: what is expected of the effect."""

    says: dict[str, str]
    kind: str
    arms: tuple[str, ...]
    look: Look
    expect: Direction
    matters: float
    """The smallest effect that would matter, as a share."""

    @property
    def sign(self) -> int:
        """1 where more is expected, -1 where less."""
        return 1 if self.expect == "higher" else -1

    def pair(self, series: Sequence[Series]) -> Pair:
        """The two numbers of one draw and seed, given the series of `arms` in their order."""
        return WAYS[self.kind].pair(self.look, series)

    def effect(self, this: float, that: float) -> float:
        """The effect of two numbers; unknown where a first step leads nowhere, so that no second can be smaller."""
        return math.nan if WAYS[self.kind].from_something and that <= 0.0 else effect(this, that)


def effect(this: float, that: float) -> float:
    """Return this minus that as a share of the larger of the two: NaN where one is, or where both are nothing.

    Where nothing happened either way, nothing was tried. Of two with different signs it is 1 or -1 at most.
    """
    largest = max(abs(this), abs(that))
    return min(max((this - that) / largest, -1.0), 1.0) if largest else math.nan
