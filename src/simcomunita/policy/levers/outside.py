"""What happens from outside, whatever is funded: a lockdown, a recession."""

from __future__ import annotations

from pydantic import Field

from simcomunita.configuration import Parameters


class OutsideEvent(Parameters):
    """A dated change of contact, shocks and money; it costs nothing, and where several are in force they multiply."""

    contact: float = Field(1.0, ge=0, le=1)
    """Share of the usual meetings that still take place: in the neighbourhood, at work, in groups, with facilitators.
    Fewer people meet where it falls; a lockdown is about 0.2."""
    jobs_lost: float = Field(1.0, ge=0, le=20)
    """Factor on the chance to lose work: where it rises, more fall into a crisis. A recession is about 2."""
    rents_unpaid: float = Field(1.0, ge=0, le=20)
    """Factor on the chance that a rent cannot be paid: where it rises, more fall into a crisis."""
    hiring: float = Field(1.0, ge=0, le=5)
    """Factor on how many firms take somebody on: where it falls, fewer are placed and hired."""
    money: float = Field(1.0, ge=0, le=5)
    """Factor on money that funders give to bids and calls: where it rises, more projects are funded."""
