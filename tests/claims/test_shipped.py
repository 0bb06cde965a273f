"""Every claim that comes with the package can be tried: its arms differ, and all that it looks at is measured."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from simcomunita.claims.claim import Claim, ClaimPlan
from simcomunita.claims.reading import known_claims, load_claims
from simcomunita.experiment.branching import Part, Run, follow
from simcomunita.experiment.draws import Design
from simcomunita.experiment.plan import Task

SCALES = (0.02, 0.1)
"""What a claim is about may be too rare at the smaller."""


def tried(claim: Claim, scale: float) -> Part:
    part = follow(ClaimPlan(claim, Design(1), (Task(1, 1),), scale), Task(1, 1))
    assert isinstance(part, Part), part.traceback
    return part


def differ(one: Run, other: Run) -> bool:
    """Whether anything but the money differs in any month."""
    return any(
        not np.array_equal(values, other.series[measure], equal_nan=True)
        for measure, values in one.series.items()
        if measure != "month" and not measure.startswith("cost_")
    )


@pytest.mark.parametrize("name", known_claims())
def test_the_arms_of_a_shipped_claim_differ_and_what_it_looks_at_is_measured(name: str) -> None:
    (claim,) = load_claims((name,))
    for scale in SCALES:
        part = tried(claim, scale)
        apart = [differ(*two) for two in itertools.combinations(part.runs.values(), 2)]
        if all(apart):
            break
    assert all(apart), "two arms in which nothing differs try nothing"
    assert set(part.runs) == set(claim.arms)
    for contrast in claim.contrasts:
        this, that = contrast.pair([part.runs[arm].series for arm in contrast.arms])
        assert not np.isinf([this, that]).any()


def test_there_is_a_claim_for_every_pattern_that_must_be_tried() -> None:
    assert len(known_claims()) == 38
