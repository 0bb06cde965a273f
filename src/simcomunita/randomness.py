"""Chance with an address: a random number is a function of what it is for, never of when it was drawn.

Every number depends on (seed, purpose, month, who[, with whom]) and on nothing else. Two scenarios with the same seed
therefore differ only where a policy makes them differ (common random numbers; Klein, Abeysuriya, Hart & Kerr 2024,
"Noise-free comparison of stochastic agent-based simulations using common random numbers"), and results do not depend on
workers, threads, storage order or a resume.

Seed, purpose and month are first hashed to a full 64-bit key; people are then positions under that key. The mixing
function is the finaliser of SplitMix64 (Steele, Lea & Flood 2014, "Fast splittable pseudorandom number generators",
OOPSLA; constants of Stafford's variant 13). Adding small keys to small positions would give shifted copies of one
stream, which is why the key is hashed and each position is mixed twice.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simcomunita.compiled import kernel

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_11, _27, _30, _31, _40, _ONE = (np.uint64(shift) for shift in (11, 27, 30, 31, 40, 1))
_TO_UNIT = 2.0**-53
_TO_COARSE_UNIT = np.float32(2.0**-24)
_MASK = (1 << 64) - 1


@kernel
def mixed(x):  # type: ignore[no-untyped-def]
    """Scramble 64 bits (a bijection)."""
    x = (x ^ (x >> _30)) * _FIRST
    x = (x ^ (x >> _27)) * _SECOND
    return x ^ (x >> _31)


@kernel
def uniform(key, who):  # type: ignore[no-untyped-def]
    """A number in [0, 1) for one person (or any other whole number) under a key."""
    x = mixed(mixed(np.uint64(who) + _GOLDEN) ^ key)
    return np.float64(x >> _11) * _TO_UNIT


@kernel
def first_half(key, low):  # type: ignore[no-untyped-def]
    """The part of a pair's number that depends on its lower member only, for loops over that member's ties."""
    return mixed(mixed(np.uint64(low) + _GOLDEN) ^ key)


@kernel
def first_halves(key, n):  # type: ignore[no-untyped-def]
    """The first halves of everybody from 0 to n - 1: uint64 (n)."""
    halves = np.empty(n, np.uint64)
    for i in range(n):
        halves[i] = first_half(key, i)
    return halves


@kernel
def second_half(half, high):  # type: ignore[no-untyped-def]
    """A pair's number in [0, 1) from its first half and its higher member."""
    return np.float64(mixed(half + (np.uint64(high) + _ONE) * _GOLDEN) >> _11) * _TO_UNIT


@kernel
def coarse_second_half(half, high):  # type: ignore[no-untyped-def]
    """The same to 24 bits, as a number in single precision: the upper 24 of the same 64 bits."""
    return np.float32(mixed(half + (np.uint64(high) + _ONE) * _GOLDEN) >> _40) * _TO_COARSE_UNIT


@kernel
def uniform_pair(key, a, b):  # type: ignore[no-untyped-def]
    """A number in [0, 1) for two people, the same for (a, b) and (b, a)."""
    return second_half(first_half(key, min(a, b)), max(a, b))


@kernel
def below(key, who, limit):  # type: ignore[no-untyped-def]
    """A whole number in 0 … limit - 1 for one person under a key; limit must be at least 1."""
    return np.int64(uniform(key, who) * limit)


@kernel
def _draw(key, who, drawn):  # type: ignore[no-untyped-def]
    """Fill `drawn`; an array handed in costs a tenth of one handed back."""
    for k in range(len(who)):
        drawn[k] = uniform(key, who[k])


@kernel
def _draw_pairs(key, who, whom, drawn):  # type: ignore[no-untyped-def]
    for k in range(len(who)):
        drawn[k] = uniform_pair(key, who[k], whom[k])


@kernel
def lowest_ranks(key, candidates, shift, weight, n):  # type: ignore[no-untyped-def]
    """Positions of the n lowest ranks, ascending: int64 (at most n); nobody without weight. Of equal ranks the first
    come first.
    """
    rank = np.empty(len(candidates), np.float64)
    possible = 0
    for k in range(len(candidates)):
        heavy = weight[k] > 0.0
        rank[k] = uniform(key, candidates[k] + shift) / weight[k] if heavy else np.inf
        possible += heavy
    n = min(n, possible)
    last = np.partition(rank, n - 1)[n - 1] if n > 0 else -1.0
    places = n
    for k in range(len(rank)):
        places -= rank[k] < last
    chosen = np.empty(n, np.int64)
    k = 0
    for i in range(len(rank)):
        if rank[i] < last or (rank[i] == last and places > 0):
            places -= rank[i] == last
            chosen[k] = i
            k += 1
    return chosen


def _mixed_number(x: int) -> int:
    x &= _MASK
    x = ((x ^ (x >> 30)) * int(_FIRST)) & _MASK
    x = ((x ^ (x >> 27)) * int(_SECOND)) & _MASK
    return x ^ (x >> 31)


@cache
def _purpose_number(purpose: str) -> int:
    return int.from_bytes(hashlib.blake2b(purpose.encode(), digest_size=8).digest(), "little")


KEYS_KEPT = 1000
"""How many keys a `Chance` remembers; a month uses about a hundred."""


class Chance:
    """All the chance of a run.

    Parameters
    ----------
    seed
        Any whole number from 0 to 2**63 - 1.

    Raises
    ------
    ValueError
        If the seed is out of range.
    """

    def __init__(self, seed: int) -> None:
        try:
            whole = int(seed)
        except (TypeError, ValueError, OverflowError):
            whole = -1
        if not 0 <= whole < 2**63 or seed != whole:
            raise ValueError(f"a seed is a whole number from 0 to 2**63 - 1, not {seed!r}")
        self.seed = whole
        self._keys: dict[tuple[str, int], np.uint64] = {}
        self._root = _mixed_number(_mixed_number(self.seed + int(_GOLDEN)) ^ 0x5C0)

    def key(self, purpose: str, month: int = 0) -> np.uint64:
        """The 64-bit key of a purpose in a month, for kernels that draw with `uniform` and `uniform_pair`."""
        known = self._keys.get((purpose, month))
        if known is None:
            if len(self._keys) >= KEYS_KEPT:
                self._keys.clear()
            named = _mixed_number(self._root ^ _purpose_number(purpose))
            known = np.uint64(_mixed_number(named + (int(month) + 1) * int(_GOLDEN)))
            self._keys[purpose, month] = known
        return known

    def uniform(self, purpose: str, month: int, who: ArrayLike, whom: ArrayLike | None = None) -> NDArray[np.float64]:
        """Numbers in [0, 1), one for each of `who` (symmetric in the two where `whom` is given)."""
        key = self.key(purpose, month)
        one = np.asarray(who, np.int64)
        if whom is not None:
            other = np.asarray(whom, np.int64)
            if one.shape != other.shape or one.ndim == 0:
                one, other = np.broadcast_arrays(np.atleast_1d(one), other)
            drawn = np.empty(len(one))
            _draw_pairs(key, np.ascontiguousarray(one), np.ascontiguousarray(other), drawn)
            return drawn
        if one.ndim == 0:
            one = one.reshape(1)
        drawn = np.empty(len(one))
        _draw(key, one, drawn)
        return drawn

    def coin(
        self, purpose: str, month: int, probability: ArrayLike, who: ArrayLike, whom: ArrayLike | None = None
    ) -> NDArray[np.bool_]:
        """True with the given probability, one coin for each of `who`."""
        return np.asarray(self.uniform(purpose, month, who, whom) < np.asarray(probability))

    def exactly(
        self, n: int, purpose: str, month: int, among: ArrayLike, weight: ArrayLike | None = None, turn: int = 0
    ) -> NDArray[Any]:
        """Choose `n` of `among` (all of them if there are fewer), in their given order.

        Everyone has a number of their own and the lowest win, so that adding or removing a candidate changes at most
        one place. With weights the numbers are divided by them (sequential Poisson sampling; Ohlsson 1998, Journal of
        Official Statistics 14:149). `turn` tells apart several choices of one purpose and month.
        """
        candidates = np.asarray(among)
        if n <= 0:
            return candidates[:0]
        if len(candidates) <= n and weight is None:
            return candidates
        heavy = np.ones(len(candidates)) if weight is None else np.asarray(weight, np.float64)
        key = self.key(purpose, month)
        chosen = lowest_ranks(key, candidates.astype(np.int64, copy=False), turn << 40, heavy, n)
        return np.asarray(candidates[chosen])

    def whole(self, purpose: str, month: int, expected: float, who: int) -> int:
        """A whole number whose mean is `expected`: its floor, or one more by chance."""
        floor = int(expected)
        return floor + self.happens(purpose, month, expected - floor, who)

    def happens(self, purpose: str, month: int, probability: float, who: int) -> bool:
        """A single coin: the one that `coin` throws for `who`, without the cost of arrays."""
        return bool(uniform(self.key(purpose, month), who) < probability)
