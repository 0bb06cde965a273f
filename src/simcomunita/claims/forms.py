"""What may be written in a claim and in the ledger: the keys, and what belongs there."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from simcomunita.configuration import Expected, Many, Parameters
from simcomunita.policy.levers import Month, Name
from simcomunita.scenario.forms import Phrase

MOST_DRAWS = 1000
MOST_SEEDS = 100


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Names = Annotated[Many[str], BeforeValidator(_listed), Expected("the name of a measure, or a list of them")]
"""Measures that are added up; one may stand alone."""


class WindowForm(Parameters):
    """Some months, both ends included."""

    start: Month = Field(alias="from")
    """First month."""
    until: Month
    """Last month."""


def _window(value: Any) -> Any:
    return {"from": value, "until": value} if isinstance(value, str) else value


Months = Annotated[WindowForm, BeforeValidator(_window), Expected("a month, or a mapping with from and until")]
"""A month alone, or several."""


class ContrastForm(Parameters):
    """One part of a claim as it is written."""

    says: Phrase
    """What is expected, in a sentence."""
    kind: Literal["difference", "change", "widening", "diminishing", "level"]
    """How the arms are held against each other."""
    arms: Many[str]
    """The arms, in the order that the kind asks for."""
    measure: Names
    """What is measured: a flow is what happened in the months, anything else its mean over them."""
    per: Names = ()
    """What it is divided by."""
    over: Months
    """The months, or one month."""
    since: Months | None = None
    """The earlier months, where the kind compares two times."""
    number: float | None = None
    """What the arm is held against, where the kind is `level`."""
    expect: Literal["higher", "lower"]
    """Whether more or less is expected."""
    matters: float = Field(0.05, gt=0, le=1)
    """The smallest effect that would matter, as a share of the larger of the two."""


class ArmForm(Parameters):
    """One way that things could go, as it is written."""

    policies: Any = ()
    """What is funded: names of shipped policies, or policies written out, with `like` on top of a shipped one."""
    parameters: dict[str, Any] = Field(default_factory=dict)
    """Parameters held at a value, whatever is drawn."""
    mechanisms: dict[str, bool] = Field(default_factory=dict)
    """Mechanisms that are switched on or off."""


class ClaimForm(Parameters):
    """A claim as it is written."""

    name: Name
    title: Phrase
    """A few words, for tables and pictures."""
    claim: Phrase
    """What is claimed, in our own words."""
    source: Annotated[str, Field(min_length=1, max_length=300)]
    """Where it is claimed."""
    done: Phrase
    """What was done to try it."""
    history: str = "project"
    """The scenario that the arms begin with."""
    branch_at: Month | None = None
    """First month in which the arms' policies differ; without it they are each lived from the beginning."""
    until: Month
    """Last month."""
    arms: Annotated[dict[Name, ArmForm], Field(min_length=1)]
    contrasts: Many[ContrastForm]
    """The parts of the claim, one at least."""
    scale: float | None = Field(None, gt=0)
    """Share of the residents where the ledger's is too small to see anything: for claims on what is rare."""
    discussion: Phrase | None = None
    """What there is to say of the result."""


class ScreenForm(Parameters):
    """Which draws are plausible, as it is written."""

    scenario: str
    """What is lived: its outcomes were published."""
    factor: float = Field(gt=1, le=100)
    """How many times more or less than published an outcome may be."""
    outcomes: Annotated[Many[str], Field(min_length=1)]
    """The outcomes that are looked at."""
    tried: int = Field(20, ge=1, le=1000)
    """How many draws are tried at most for each that is wanted."""


class LedgerForm(Parameters):
    """How the claims are run, as it is written."""

    design: int = Field(1, ge=0)
    """Seed of the draws."""
    draws: int = Field(ge=2, le=MOST_DRAWS)
    """Plausible draws of all parameters."""
    seeds: int = Field(ge=1, le=MOST_SEEDS)
    """Courses of chance for each draw."""
    scale: float = Field(gt=0)
    """Share of the residents."""
    screen: ScreenForm
