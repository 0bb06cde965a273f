"""Twins of the kernels of `simcomunita.randomness`, over whole arrays."""

from __future__ import annotations

import hashlib

import numpy as np

GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def whole(numbers):
    """Whole numbers as uint64 arrays, negative ones wrapped."""
    return np.atleast_1d(np.asarray(numbers)).astype(np.uint64)


@np.errstate(over="ignore")
def mixed(x):
    x = whole(x)
    x = (x ^ x >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ x >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return x ^ x >> np.uint64(31)


def unit(x):
    """The upper 53 bits as a number in [0, 1)."""
    return (x >> np.uint64(11)).astype(np.float64) * 2.0**-53


def first_half(key, low):
    return mixed(mixed(whole(low) + GOLDEN) ^ key)


def first_halves(key, n):
    return first_half(key, np.arange(n))


def second_half(half, high):
    return unit(mixed(half + (whole(high) + np.uint64(1)) * GOLDEN))


def coarse_second_half(half, high):
    bits = mixed(half + (whole(high) + np.uint64(1)) * GOLDEN)
    return (bits >> np.uint64(40)).astype(np.float32) * np.float32(2.0**-24)


def uniform(key, who):
    return unit(first_half(key, who))


def uniform_pair(key, a, b):
    return second_half(first_half(key, np.minimum(a, b)), np.maximum(a, b))


def below(key, who, limit):
    return (uniform(key, who) * limit).astype(np.int64)


def _draw(key, who, drawn):
    drawn[:] = uniform(key, who)


def _draw_pairs(key, who, whom, drawn):
    drawn[:] = uniform_pair(key, who, whom)


def lowest_ranks(key, candidates, shift, weight, n):
    ranks = np.full(len(candidates), np.inf)
    np.divide(uniform(key, candidates + shift), weight, out=ranks, where=weight > 0)
    return np.sort(np.argsort(ranks, kind="stable")[: min(n, np.count_nonzero(weight > 0))])


def key_of(seed, purpose, month):
    """The key that `Chance` gives a purpose in a month."""
    named = np.frombuffer(hashlib.blake2b(purpose.encode(), digest_size=8).digest(), "<u8").astype(np.uint64)
    root = mixed(mixed(whole(seed) + GOLDEN) ^ np.uint64(0x5C0))
    with np.errstate(over="ignore"):
        return mixed(mixed(root ^ named) + whole(month + 1) * GOLDEN)[0]
