"""What may be written in a calibration besides: other readings of the figures, and mechanisms that are left out."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simcomunita.configuration import Expected, Many, Parameters
from simcomunita.policy.levers import Name
from simcomunita.scenario.forms import MOST_RUNS, Phrase

MOST_VARIANTS = 20
MOST_GROUPS = 20
FEWEST_POINTS = 50

Deviation = Annotated[float, Field(ge=0, le=3)]
Value = Annotated[bool | int | float | str, Expected("a value of that parameter")]


class VariantForm(Parameters):
    """Another reading of some figures as it is written."""

    label: Phrase | None = None
    """How tables and the page call it; its key, if not given."""
    counted_as: dict[str, str] = Field(default_factory=dict)
    """By outcome, the measure that is counted beside it instead."""
    error: dict[str, Deviation] = Field(default_factory=dict)
    """By outcome, its reporting error instead."""
    because: Phrase
    """Why the figures can be read so."""

    @model_validator(mode="after")
    def _something_is_read_otherwise(self) -> VariantForm:
        if not self.counted_as and not self.error:
            raise PydanticCustomError("variant", 'reads nothing otherwise; expected "counted_as" or "error".')
        return self


class GroupForm(Parameters):
    """Mechanisms that are left out together, as they are written."""

    label: Phrase | None = None
    """What is left out, in words; its key, if not given."""
    switch_off: Many[str] = ()
    """Mechanisms that are switched off."""
    parameters: dict[str, Value] = Field(default_factory=dict)
    """Parameters at values that leave a part of a mechanism out, by their full names."""
    because: Phrase
    """What leaving it out asks."""

    @model_validator(mode="after")
    def _something_is_left_out(self) -> GroupForm:
        if not self.switch_off and not self.parameters:
            raise PydanticCustomError("group", 'leaves nothing out; expected "switch_off" or "parameters".')
        return self


class WithoutForm(Parameters):
    """Which mechanisms are left out in turn, as it is written."""

    points: int = Field(256, ge=FEWEST_POINTS, le=MOST_RUNS)
    """Draws from the prior for each of them, and for the complete model beside them."""
    scale: float = Field(gt=0)
    """Share of the residents."""
    groups: Annotated[dict[Name, GroupForm], Field(min_length=1, max_length=MOST_GROUPS)]
