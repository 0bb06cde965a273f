"""What a run needs, frozen: a scenario; and what a comparison needs: a study."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from simcomunita.policy import CostBook, Policy
from simcomunita.scenario.forms import Words

if TYPE_CHECKING:
    from simcomunita.mechanisms import ModelParameters
    from simcomunita.scenario.posterior import Posterior
    from simcomunita.territory import Territory

COST = "cost_euro"
"""The measure of the euro spent, which every comparison needs."""


@dataclass(frozen=True)
class Scenario:
    """A territory, two dates, parameters, policies and prices: all that decides a run but its seed."""

    name: str
    territory: Territory
    start: int
    """First month, as a month number (:mod:`simcomunita.months`)."""
    end: int
    """Last month, included."""
    parameters: ModelParameters
    policies: tuple[Policy, ...]
    costs: CostBook

    @property
    def months(self) -> int:
        """Number of months from start to end."""
        return self.end - self.start + 1

    def __getstate__(self) -> dict[str, Any]:
        return _given(self)

    @cached_property
    def configuration_hash(self) -> str:
        """SHA-256 (64 hexadecimal digits) of everything that decides a result; names and sources do not."""
        return fingerprint(
            {
                "territory": self.territory.content_hash,
                "dates": [self.start, self.end],
                "parameters": self.parameters.model_dump(mode="json"),
                "policies": [_acting(policy) for policy in self.policies],
                "costs": _prices(self.costs),
            }
        )


@dataclass(frozen=True)
class Branch:
    """One of the futures that a study compares."""

    name: str
    policies: tuple[Policy, ...]
    label: Words
    """How tables and pictures call it."""


@dataclass(frozen=True, slots=True)
class Precision:
    """How precisely a difference is to be known.

    Attributes
    ----------
    measure
        Whose difference, of every policy from the baseline.
    within
        Largest half-width of the 95 % interval: a share of the difference itself, or in the measure's unit.
    relative
        Which of the two.
    at_most
        Pairs at which it ends all the same.
    """

    measure: str
    within: float
    relative: bool = True
    at_most: int = 200


@dataclass(frozen=True)
class Draws:
    """Draws of parameters, numbered from 1; draw 0 are the parameters as configured.

    Attributes
    ----------
    number
        How many.
    design
        Seed of a design over the plausible ranges of all parameters, if they are drawn so.
    values
        Otherwise what each draw changes, by parameters' full names.
    """

    number: int
    design: int | None = None
    values: tuple[Mapping[str, float], ...] = ()


@dataclass(frozen=True)
class Study:
    """One shared history, and the futures that branch off it."""

    name: str
    question: Words
    history: Scenario
    """The past, from its start to the month before :attr:`branch_at`."""
    branch_at: int
    """First month in which the futures differ."""
    until: int
    """Last month, included."""
    baseline: str
    """The future that the others are compared with."""
    scenarios: dict[str, Branch]
    seeds: int
    """How many seeds are run, each in every future."""
    headline: tuple[str, ...]
    """The measures that come first; empty for the usual ones."""
    precision: Precision | None = None
    """What is asked for instead of a number of seeds."""
    draws: Draws | None = None
    """Draws of parameters, each run with every seed; without them the parameters as configured."""
    measures: tuple[str, ...] = ()
    """The only measures that are kept, beside the headline, what a precision is asked of, and the cost; all, if
    empty."""
    posterior: Posterior | None = None
    """What the history's territory ships, if it does and it goes with the history."""
    unlike: tuple[str, ...] = ()
    """What the history says itself, so that a posterior that the territory ships does not go with it."""
    parameters: Literal["posterior", "point"] | None = None
    """Whether parameters are drawn from that posterior or as configured, if it was said."""
    draws_of_posterior: int | None = None
    """How many draws of the posterior, each with every seed; without it every seed has a draw of its own."""

    @property
    def drawn_from(self) -> Posterior | None:
        """The posterior that parameters are drawn from; ``None`` where they are as configured, or as `draws` says."""
        return None if self.draws is not None or self.parameters == "point" else self.posterior

    @property
    def kept(self) -> frozenset[str]:
        """Names of the measures that are kept; all, if empty."""
        if not self.measures:
            return frozenset()
        asked = () if self.precision is None else (self.precision.measure,)
        return frozenset((*self.measures, *self.headline, *asked, COST))

    @property
    def months(self) -> int:
        """Number of months from the start of the history to the end of the futures."""
        return self.until - self.history.start + 1

    @property
    def outlasting(self) -> tuple[Policy, ...]:
        """Policies of the history that go on after the futures part, in every one of them."""
        return tuple(policy for policy in self.history.policies if policy.until >= self.branch_at)

    def __getstate__(self) -> dict[str, Any]:
        return _given(self)

    @cached_property
    def configuration_hash(self) -> str:
        """SHA-256 (64 hexadecimal digits) of everything that decides a result but the seeds."""
        drawn: dict[str, Any] = {}
        if self.draws is not None:
            drawn = {"draws": self.draws.design or [dict(one) for one in self.draws.values]}
        if self.drawn_from is not None:  # more of its draws are more results of the same
            drawn = {"posterior": self.drawn_from.configuration_hash}
        kept = {"measures": sorted(self.kept)} if self.measures else {}
        return fingerprint(
            {
                **drawn,
                **kept,
                "history": self.history.configuration_hash,
                "dates": [self.branch_at, self.until],
                "baseline": self.baseline,
                "scenarios": {
                    name: [_acting(policy) for policy in branch.policies] for name, branch in self.scenarios.items()
                },
            }
        )


def _given(value: Scenario | Study) -> dict[str, Any]:
    """What a value was made of, without its hash: whoever unpacks it works that out from what arrived."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _acting(policy: Policy) -> dict[str, Any]:
    return policy.model_dump(mode="json", exclude={"name"})


def _prices(book: CostBook) -> dict[str, Any]:
    return {name: item["value"] for name, item in book.model_dump().items() if isinstance(item, dict)}


def fingerprint(content: Any) -> str:
    """Return the SHA-256 of a value's canonical JSON: sorted keys, shortest exact numbers, no spaces.

    Raises
    ------
    TypeError, ValueError
        If something in it has no place in JSON.
    """
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
