"""What may be written in a scenario and in a study: the keys, and what belongs there."""

from __future__ import annotations

import math
import re
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from simcomunita.configuration import Expected, Many, Parameters, did_you_mean, shown
from simcomunita.months import MOST_MONTHS, month_name
from simcomunita.policy.levers import Month, Name

MOST_RUNS = 20_000
FEWEST_PAIRS = 30
"""Pairs before which no precision is looked at."""
LOOK_AHEAD = 5
"""Further pairs over which a precision must hold."""
MOST_RESIDENTS = 2_000_000


class Words(Parameters):
    """A sentence in both languages."""

    en: str = Field(min_length=1, max_length=500)
    it: str = Field(min_length=1, max_length=500)


def _in_both_languages(value: Any) -> Any:
    return {"en": value, "it": value} if isinstance(value, str) else value


def _kinds(text: str, *kinds: type) -> tuple[BeforeValidator, Expected]:
    """Make the check that something is of one of several kinds, which are looked into later."""

    def check(value: Any) -> Any:
        if not isinstance(value, kinds):
            raise PydanticCustomError(
                "kinds", "{said} is not valid here; expected {text}.", {"said": shown(value), "text": text}
            )
        return value

    return BeforeValidator(check), Expected(text)


_FILE, _FILE_SAID = _kinds("the path of a file or folder, or a shipped name", str)
_POLICY, _POLICY_SAID = _kinds(
    "a policy: the path of a file, a shipped name, or its keys (name, from, until, ...)", str, dict
)
_VALUES, _VALUES_SAID = _kinds("a mapping (mechanism: {parameter: value}), a file, or a list of these", dict, str, list)

_SHARE = re.compile(r"\d{1,3}(\.\d+)? ?%")


def _half_width(value: Any) -> Any:
    """Let through a share ("5 %") or a number, above zero."""
    said = value.removesuffix("%") if isinstance(value, str) and _SHARE.fullmatch(value) else value
    number = isinstance(said, int | float | str) and not isinstance(said, bool) and not isinstance(value, bool)
    if not number or (isinstance(value, str) and said is value) or not 0 < float(said) < math.inf:
        raise PydanticCustomError(
            "within",
            '{said} is not valid here; expected a share such as "5 %", or a number above 0.',
            {"said": shown(value)},
        )
    return value if isinstance(value, str) else float(value)


_WITHIN, _WITHIN_SAID = BeforeValidator(_half_width), Expected('a share such as "5 %", or a number above 0')

FileName = Annotated[str, _FILE, _FILE_SAID]
Policies = Many[Annotated[Any, _POLICY, _POLICY_SAID]]
Phrase = Annotated[Words, BeforeValidator(_in_both_languages)]


class ScenarioForm(Parameters):
    """A scenario as it is written."""

    name: Name
    territory: FileName
    start: Month
    end: Month
    costs: FileName
    parameters: Annotated[Any, _VALUES, _VALUES_SAID] = Field(default_factory=dict)
    mechanisms: dict[str, bool] = Field(default_factory=dict)
    policies: Policies = ()

    @field_validator("end")
    @classmethod
    def _ends_after_it_starts(cls, end: int, info: ValidationInfo) -> int:
        start = info.data.get("start")
        if start is not None and end < start:
            raise _before(end, "end", start, "start")
        if start is not None and end - start >= MOST_MONTHS:
            raise _too_long(end - start + 1)
        return end


class BranchForm(Parameters):
    """One future of a study as it is written."""

    label: Phrase | None = None
    policies: Policies


class PrecisionForm(Parameters):
    """How precisely a difference is to be known, as it is written."""

    measure: str
    """Whose difference, of every policy from the baseline."""
    within: Annotated[float | str, _WITHIN, _WITHIN_SAID]
    """Largest half-width of the 95 % interval: a share of the difference itself ("5 %"), or in the measure's unit."""
    at_most: int = Field(200, ge=FEWEST_PAIRS + LOOK_AHEAD, le=MOST_RUNS)
    """Pairs at which it ends all the same."""

    @property
    def share(self) -> float | None:
        """The share of the difference, if it is one."""
        return float(self.within.removesuffix("%")) / 100 if isinstance(self.within, str) else None


class DrawsForm(Parameters):
    """Which draws of parameters are run, as they are written: one of `design`, `values` and `sample`."""

    design: int | None = Field(None, ge=0)
    """Seed of a design over the plausible ranges of all parameters."""
    values: Many[dict[str, Any]] = ()
    """Parameters written out, a mapping a draw."""
    sample: FileName | None = None
    """A CSV table with a column a parameter (``erosion.wear_friend``) and, if rows count differently, ``weight``."""
    number: int | None = Field(None, ge=1, le=MOST_RUNS)
    """How many draws; of a list, and of a sample without weights, all are run if it is not said."""

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        said = [name for name in ("design", "values", "sample") if getattr(self, name) not in (None, ())]
        if len(said) != 1:
            found = {"many": " and ".join(f'"{name}"' for name in said) or "none"}
            raise PydanticCustomError("draws", 'expected one of "design", "values" and "sample"; found {many}.', found)
        if self.design is not None and self.number is None:
            raise PydanticCustomError("draws", 'a design needs "number"; expected how many draws to run.')
        if self.values and self.number is not None:
            raise PydanticCustomError("draws", '"number" does not go with "values"; all that are written are run.')
        return self


class StudyForm(Parameters):
    """A study as it is written."""

    name: Name
    question: Phrase
    history: FileName
    branch_at: Month
    until: Month
    baseline: str
    scenarios: Annotated[dict[Name, BranchForm], Field(min_length=2)]
    seeds: int = Field(20, ge=1, le=MOST_RUNS)
    headline: Many[str] = ()
    measures: Many[str] = ()
    precision: PrecisionForm | None = None
    draws: DrawsForm | None = None
    parameters: Literal["posterior", "point"] | None = None
    """Drawn from the posterior that the territory ships (which is usual, where it ships one), or as configured."""

    @field_validator("until")
    @classmethod
    def _ends_after_it_branches(cls, until: int, info: ValidationInfo) -> int:
        branch_at = info.data.get("branch_at")
        if branch_at is not None and until < branch_at:
            raise _before(until, "until", branch_at, "branch_at")
        return until

    @field_validator("seeds")
    @classmethod
    def _not_too_many_runs(cls, seeds: int, info: ValidationInfo) -> int:
        runs = seeds * len(info.data.get("scenarios", ()))
        if runs > MOST_RUNS:
            raise PydanticCustomError(
                "runs",
                "{seeds} seeds in every scenario make {runs} runs; expected at most {most}.",
                {"seeds": f"{seeds:,}", "runs": f"{runs:,}", "most": f"{MOST_RUNS:,}"},
            )
        return seeds


def unknown(name: str, known: list[str], what: str) -> str:
    """Say that a name is not among those known."""
    return f"{shown(name)} is no {what}. {did_you_mean(name, known)}"


def _before(later: int, later_key: str, earlier: int, earlier_key: str) -> PydanticCustomError:
    return PydanticCustomError(
        "order",
        '"{later_key}" is {later}, before "{earlier_key}" ({earlier}); expected {earlier} or later.',
        {
            "later_key": later_key,
            "later": month_name(later),
            "earlier_key": earlier_key,
            "earlier": month_name(earlier),
        },
    )


def _too_long(months: int) -> PydanticCustomError:
    return PydanticCustomError(
        "months",
        "{months} months from start to end; expected at most {most}.",
        {"months": f"{months:,}", "most": MOST_MONTHS},
    )
