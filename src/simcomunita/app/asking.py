"""A question to the model, and its answer: what a choice changes against a baseline, month by month."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simcomunita.app.assumptions import AS_USUAL, Assumed
from simcomunita.app.choices import PRESETS, Choice
from simcomunita.app.levers import LEVERS
from simcomunita.app.saying import effect, headline, money, stands_on
from simcomunita.experiment.intervals import Difference, Price

__all__ = [
    "COST",
    "FINE",
    "MEASURES",
    "QUICK",
    "Answer",
    "Band",
    "Outcome",
    "Question",
    "Size",
    "effect",
    "headline",
    "money",
    "stands_on",
    "usual_questions",
]

MEASURES = (
    "active_now",
    "citizens_reached",
    "participants_now",
    "isolated_share",
    "beneficiaries_taken_on",
    "groups_alive",
    "citizen_projects_funded",
    "organisations_involved",
)
"""What can be looked at, the usual one first."""

COST = "cost_euro"

BAND = (5.0, 95.0)
"""Percentiles of the runs between which a band lies, as in the pictures of a comparison."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is run for an answer.

    Attributes
    ----------
    name
        ``quick`` or ``fine``.
    scale
        Share of the residents that is simulated; 1 is all of them.
    pairs
        Pairs of runs after which nothing is added.
    """

    name: str
    scale: float
    pairs: int

    @property
    def whole(self) -> bool:
        """Whether all residents are simulated."""
        return self.scale == 1.0


QUICK = Size("quick", 0.1, 8)
FINE = Size("fine", 1.0, 16)


@dataclass(frozen=True)
class Question:
    """What does a choice change against a baseline, with so many residents and runs?

    Attributes
    ----------
    size
        The largest that is wanted; a quick answer comes before a fine one.
    assumed
        What both are to assume otherwise.
    """

    choice: Choice = PRESETS["eight"].choice
    baseline: Choice = PRESETS["none"].choice
    size: Size = FINE
    assumed: Assumed = AS_USUAL

    @cached_property
    def key(self) -> str:
        """SHA-256 (64 hexadecimal digits) of what is asked: the same in every process, today and tomorrow."""
        size = (self.size.name, self.size.scale, self.size.pairs)
        asked: dict[str, object] = {"choice": self.choice.values, "baseline": self.baseline.values, "size": size}
        if self.assumed:
            asked["assumed"] = self.assumed.values
        return hashlib.sha256(json.dumps(asked, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def usual_questions() -> tuple[Question, ...]:
    """Return what people ask most, to be answered before they do: the presets, numbers of facilitators, options."""
    choices = [preset.choice for preset in PRESETS.values()]
    for key, lever in LEVERS.items():
        if key == "facilitators" or lever.kind == "choice":
            choices += [Choice().set(key, value) for value in lever.values]
    return tuple(Question(choice) for choice in dict.fromkeys(choices))


@dataclass(frozen=True)
class Band:
    """A measure over the months: the mean over runs, and the percentiles of `BAND`, (months,) each.

    With one run all three are the same. NaN in a month that no run has a value for.
    """

    low: NDArray[np.float64]
    middle: NDArray[np.float64]
    high: NDArray[np.float64]


@dataclass(frozen=True)
class Outcome:
    """What became of one measure, in its own unit and of the whole territory.

    Counts and euro of a smaller territory are divided by its scale, so that quick and fine answers lie on one axis.

    Attributes
    ----------
    measure
        Its name, as in `simcomunita.outcomes.MEASURES`.
    baseline, current
        Over the months.
    difference
        Current minus baseline at the end: mean, 95 % interval of the mean (NaN with one pair), share of pairs in which
        it is higher. Over draws where several pairs share one.
    better
        Share of the pairs in which the current choice is better; NaN where neither more nor less is.
    price
        Euro for each one that it is better at the end, with Fieller's interval; NaN where it cannot be said.
    """

    measure: str
    baseline: Band
    current: Band
    difference: Difference
    better: float
    price: Price


@dataclass(frozen=True)
class Answer:
    """What came out so far.

    Attributes
    ----------
    question, size
        What was asked, and at which size this part of the answer stands.
    months
        YYYY-MM, from the start of the history to the end, (months,).
    branch
        Position in `months` of the first month in which the two may differ; what stands before it is history.
    runs, wanted
        Pairs of runs that it stands on, and that it will stand on when nothing more is added.
    failed
        Pairs that broke down and are left out.
    people, residents
        Residents simulated in each run, and all there are.
    draws
        Different draws of parameters among the runs.
    configured
        Whether parameters are as configured in all runs, rather than drawn.
    by_measure
        An outcome for each of `MEASURES` and for `COST`.
    """

    question: Question
    size: Size
    months: tuple[str, ...]
    branch: int
    runs: int
    wanted: int
    failed: int
    people: int
    residents: int
    draws: int
    configured: bool
    by_measure: Mapping[str, Outcome]

    @property
    def whole(self) -> bool:
        """Whether all residents of the territory are simulated."""
        return self.size.whole

    @property
    def complete(self) -> bool:
        """Whether no run will be added at this size."""
        return self.runs + self.failed >= self.wanted

    @property
    def years(self) -> float:
        """Years from the branch to the end."""
        return (len(self.months) - self.branch) / 12

    @property
    def cost(self) -> Outcome:
        """Euro spent since the start of the history."""
        return self.by_measure[COST]
