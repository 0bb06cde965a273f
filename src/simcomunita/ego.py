"""Everybody's company, in one pass over the ties: what it takes of their time, and how much of it can be counted on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simcomunita.compiled import kernel
from simcomunita.network import Ties
from simcomunita.territory.population import GROWN_UP, Population

SUPPORT = 0.6
"""Strength from which a tie can be counted on (the support layer; Hill & Dunbar 2003, Human Nature 14:53)."""

GENERATION = 25
"""Difference of age in years from which a tie spans generations."""


@dataclass(frozen=True)
class EgoNetworks:
    """What the ties amount to.

    Attributes
    ----------
    load
        float64 (n): strength of everybody's ties outside the household.
    support, bridging, ties
        Ends of ties at residents of 14 and more: of support ties, of ties outside the family across municipality, origin or
        generation, and of all.
    alone
        Residents of 14 and more without a support tie beyond household and kin.
    """

    load: NDArray[np.float64]
    support: int
    bridging: int
    ties: int
    alone: int


def packed_traits(population: Population) -> NDArray[np.uint64]:
    """Household, municipality, origin and age of everybody in one number each, so that one look at memory reads them all."""
    return (
        population.household.astype(np.uint64) << np.uint64(32)
        | population.municipality.astype(np.uint64) << np.uint64(16)
        | population.origin.astype(np.uint64) << np.uint64(8)
        | population.age.astype(np.uint64)
    )


def ego_networks(ties: Ties, traits: NDArray[np.uint64]) -> EgoNetworks:
    """Work out everybody's company."""
    load, support, bridging, ends, alone = _ego(ties.first, ties.second, ties.strength, ties.kind, traits, SUPPORT)
    return EgoNetworks(load, int(support), int(bridging), int(ends), int(alone))


@kernel
def _ego(first, second, strength, kind, traits, support):  # type: ignore[no-untyped-def]
    n = len(traits)
    age_bits, household_shift, beyond_age = np.uint64(0xFF), np.uint64(32), np.uint64(8)
    grown_up = np.uint64(GROWN_UP)
    load = np.zeros(n, np.float64)
    has = np.zeros(n, np.uint8)
    supporting = 0
    bridging = 0
    ends = 0
    # No branch in the loop: which way it goes would be a guess for the processor at every tie.
    for e in range(len(first)):
        u, v = np.uint32(first[e]), np.uint32(second[e])
        mine, theirs = traits[u], traits[v]
        gap = np.int64(mine & age_bits) - np.int64(theirs & age_bits)
        both = np.int64(mine & age_bits >= grown_up) + np.int64(theirs & age_bits >= grown_up)
        ends += both
        counts = np.int64(strength[e] >= support)
        supporting += both * counts
        outside = strength[e] * np.float64((mine ^ theirs) >> household_shift != 0)
        load[u] += outside
        load[v] += outside
        beyond_family = np.int64(kind[e] != 0)
        relied_on = np.uint8(counts * beyond_family)
        has[u] |= relied_on
        has[v] |= relied_on
        # What is left of the difference without household and age: municipality and origin.
        elsewhere = np.int64((mine ^ theirs) << household_shift >> (household_shift + beyond_age) != 0)
        generations = np.int64(abs(gap) >= GENERATION)
        bridging += both * beyond_family * (elsewhere | generations)
    alone = 0
    for u in range(n):
        alone += np.int64(traits[u] & age_bits >= grown_up) * np.int64(has[u] == 0)
    return load, supporting, bridging, ends, alone
