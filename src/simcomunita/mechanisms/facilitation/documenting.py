"""Documenting: writing down whom one knows and how things are done.

What is written down stays when the person leaves (knowledge made explicit; Nonaka 1994, Organization Science
5:14-37) and makes starting the next group cheaper. It goes out of date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simcomunita.agents.facilitator import Facilitator
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

OUT_OF_DATE = 0.02
"""Share of documented practice that goes out of date in a month; an assumption."""


def document(facilitator: Facilitator, hours: float, community: Community, parameters: ModelParameters) -> None:
    """Write down part of the map, and part of how things are done."""
    p, month = parameters.facilitation, community.month
    number = community.chance.whole("facilitation.written", month, hours * p.written_an_hour, facilitator.number)
    unwritten = facilitator.acquaintances[~facilitator.documented[facilitator.acquaintances]]
    written = community.chance.exactly(number, "facilitation.writes", month, unwritten, turn=facilitator.post.ordinal)
    facilitator.documented[written] = True
    facilitator.practice *= 1 - OUT_OF_DATE
    facilitator.practice += (1 - facilitator.practice) * min(1.0, hours * p.practice_an_hour)
    facilitator.note("document", hours, 0.0)
