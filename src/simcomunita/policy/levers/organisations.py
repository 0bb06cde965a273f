"""What can be funded among organisations, and for ideas of citizens."""

from __future__ import annotations

from pydantic import Field

from simcomunita.configuration import Parameters
from simcomunita.policy.levers.areas import MOST_EURO_A_YEAR
from simcomunita.policy.levers.names import Month


class CoProgrammingLever(Parameters):
    """The co-programming table: public bodies and organisations plan and act together."""

    meetings_a_year: int = Field(6, ge=0, le=52)
    """How often the table meets. Who comes works with others who come, so that more meetings are more joint actions;
    each meeting costs the cost book's ``table_meeting``."""
    joint_bids: bool = True
    """Whether those at the table are helped to bid for further money together, which makes coalitions larger; costs
    nothing by itself."""
    pooling: bool = True
    """Whether resources that lie idle with one are offered to the others, so that more of them are used; costs nothing
    by itself."""


class CallForIdeas(Parameters):
    """A call for ideas of citizens: groups propose projects, the best are funded until the pot is empty."""

    month: Month
    """The month in which proposals are decided on: nothing is funded before it."""
    pot: float = Field(ge=0, le=MOST_EURO_A_YEAR)
    """Euro in all: more of it funds more projects. What is granted is the cost."""
    largest_grant: float = Field(5_000.0, gt=0, le=MOST_EURO_A_YEAR)
    """Euro that one project can get at most; projects ask for more where they can, so that a pot funds fewer."""
    smallest_group: int = Field(3, ge=1, le=1000)
    """People that must stand behind a proposal: the more, the fewer proposals."""
