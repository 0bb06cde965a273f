"""What may be written in a calibration: the keys, and what belongs there."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from simcomunita.calibration.forms_otherwise import MOST_VARIANTS, VariantForm, WithoutForm
from simcomunita.configuration import Expected, Many, Parameters
from simcomunita.policy.levers import Month, Name
from simcomunita.scenario.forms import MOST_RUNS, FileName, Phrase

FEWEST_POINTS = 50
MOST_PARAMETERS = 40


def _named(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class PriorForm(Parameters):
    """One parameter as it is written."""

    name: str
    """Full name, as ``spreading.staying``."""
    low: float | None = None
    """Lower end; of the plausible range, if not given."""
    high: float | None = None
    """Upper end; of the plausible range, if not given."""
    prior: Literal["two_piece", "uniform", "log_uniform"] = "two_piece"
    """`two_piece` around the value as configured, `uniform`, or `log_uniform` (even in factors)."""
    because: str = Field("", max_length=500)
    """Why this parameter, and why this prior."""


Prior = Annotated[
    PriorForm, BeforeValidator(_named), Expected("the name of a parameter, or a mapping (name, low, high, prior)")
]


class OutcomeForm(Parameters):
    """How one outcome is used, as it is written."""

    outcome: str
    """As published."""
    counted_as: str | None = None
    """The measure that is counted beside it; the one of the same name, if not given."""
    use: Literal["fit", "hold out"]
    """Whether parameters are fitted to it, or it is only predicted."""
    error: float = Field(ge=0, le=3)
    """Standard deviation of the reporting error: of the logarithm, for a share of its log-odds."""
    of: int | None = Field(None, ge=1, le=100_000_000)
    """For a share: of how many, for the error of the sample."""
    because: Phrase
    """Why this error."""


class ObservedForm(Parameters):
    """One row of a table of outcomes."""

    outcome: str = Field(min_length=1, max_length=80)
    published: float = Field(ge=0)
    date: Month | None = None
    """At the end of which month; of the scenario's last, if not given."""
    bound: Literal["at least", "at most"] | None = None
    """If the figure is only a bound."""


class BankForm(Parameters):
    """The runs, as they are written."""

    points: int = Field(ge=FEWEST_POINTS, le=MOST_RUNS)
    """Draws from the prior, one run each."""
    scale: float = Field(1.0, gt=0)
    """Share of the residents."""
    seed: int = Field(1, ge=0, le=2**31)
    """Which scrambling of the points."""


class FitForm(Parameters):
    """The inference, as it is written."""

    method: Literal["learned", "linear", "surrogate", "best"] = "learned"
    """`learned` summaries with regression adjustment, plain `linear` adjustment, a `surrogate` likelihood, or the
    `best` of these: that which finds truths again with the best score."""
    draws: int = Field(1000, ge=50, le=MOST_RUNS)
    """Draws that tell the posterior."""
    seed: int = Field(1, ge=0, le=2**31)
    """Of reporting errors and of what is random in the method."""
    truths: int = Field(300, ge=20, le=MOST_RUNS)
    """Runs taken for the truth, to see whether it is found again."""
    reruns: int = Field(0, ge=0, le=1000)
    """Draws of the posterior that are run again, to see that they give what was predicted."""


class CalibrationForm(Parameters):
    """A calibration as it is written."""

    name: Name
    scenario: FileName
    """What is run."""
    observed: FileName | None = None
    """A table of outcomes; the territory's own, if not given."""
    parameters: Annotated[Many[Prior], Field(min_length=1, max_length=MOST_PARAMETERS)]
    """Which are calibrated; all others stay as the scenario has them."""
    outcomes: Annotated[Many[OutcomeForm], Field(min_length=1)]
    """Which are fitted, and which held out."""
    bank: BankForm
    fit: FitForm = FitForm()
    variants: Annotated[dict[Name, VariantForm], Field(max_length=MOST_VARIANTS)] = Field(default_factory=dict)
    """Other readings of the figures, by name."""
    without: WithoutForm | None = None
    """Mechanisms that are left out in turn, to see which of them the figures need."""

    @model_validator(mode="after")
    def _something_is_fitted(self) -> CalibrationForm:
        if all(one.use == "hold out" for one in self.outcomes):
            raise PydanticCustomError("fit", 'all outcomes are held out; expected "use: fit" for one at least.')
        return self
