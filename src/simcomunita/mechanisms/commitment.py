"""Competence grows by doing; effort without company burns out; people step down.

Who takes part learns, who stops forgets slowly (Kolb 1984, *Experiential Learning*; for volunteers Musick & Wilson
2008, ch. 22). Running things takes energy, and takes most of it from those who are alone in it (Maslach & Leiter
2016, World Psychiatry 15:103-111: lack of community is among the causes of burnout). About a third of volunteers
stop within a year (Independent sector and time-use surveys summarised in Musick & Wilson 2008, ch. 20); the lonely
and the tired stop first.

Off: nobody learns, tires or steps down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcomunita.agents.citizens import Stage
from simcomunita.compiled import kernel
from simcomunita.configuration import Parameters, quantity
from simcomunita.network.kernels import company

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

_LEARN = "Kolb (1984) for the form; rate is an assumption"
_BURN = "Maslach & Leiter (2016), World Psychiatry 15:103, for the form; rate is an assumption"
_STOP = (
    "about a third of volunteers stop within a year (Musick & Wilson 2008, ch. 20), 0.03 a month on average; that the "
    "tired and lonely stop so much more often is an assumption"
)


class CommitmentParameters(Parameters):
    """How people learn, tire and stop."""

    on: bool = True
    """Whether competence, energy and stages change by themselves at all."""
    learning: float = quantity(0.04, low=0.015, high=0.08, unit="share a month", source=_LEARN, least=0, most=1)
    """Share of what is missing to full competence that an active month gives; half of it for participants."""
    forgetting: float = quantity(0.005, low=0.001, high=0.015, unit="share a month", source=_LEARN, least=0, most=1)
    """Share of competence above 0.1 that a month without taking part takes."""
    rest: float = quantity(0.15, low=0.08, high=0.3, unit="share a month", source=_BURN, least=0, most=1)
    """Share of what is missing to full energy that a month gives back."""
    effort: float = quantity(0.16, low=0.08, high=0.25, unit="share a month", source=_BURN, least=0, most=1)
    """Share of energy that a month of running things takes from somebody without company; three tenths of it
    from who only takes part."""
    company_enough: float = quantity(3.0, low=1, high=6, unit="tied participants", source=_BURN, least=0.1, most=100)
    """Company at which effort takes nothing; below, it takes in proportion."""
    stopping: float = quantity(0.11, low=0.04, high=0.12, unit="per month", source=_STOP, least=0, most=1)
    """Probability that somebody of three quarters of full energy and no company steps down by one."""
    rooted: float = quantity(0.35, low=0.2, high=0.8, unit="share", source=_STOP, least=0, most=1)
    """Share of that probability which enough company takes away."""
    group_holds: float = quantity(0.1, low=0.1, high=0.7, unit="share", source="assumption", least=0, most=1)
    """Share of that probability which belonging to a group takes away."""


def commitment(community: Community, parameters: ModelParameters) -> None:
    """Let people learn, rest, tire, and step down."""
    p, c, month = parameters.commitment, community.citizens, community.month
    rest_and_forget(c.energy, c.competence, np.float32(p.rest), np.float32(p.forgetting))

    people = np.flatnonzero(c.at_least(Stage.PARTICIPANT))
    if not len(people):
        return
    runs = c.at_least(Stage.ACTIVE, people)
    c.competence[people] += np.where(runs, p.learning, p.learning / 2) * (1 - c.competence[people])
    around, _, _ = company(people, community.rows, c.stage, int(Stage.PARTICIPANT))
    together = np.minimum(around / p.company_enough, 1.0)
    ease = np.array([*(group.ease for group in community.groups), 0.0])[community.group_of[people]]
    effort = p.effort * (1 - parameters.routine.resting * ease)
    c.energy[people] *= 1 - effort * (1 - together) * np.where(runs, 1.0, 0.3)

    likely = p.stopping * 2 * (1 - c.energy[people] / 1.5) * (1 - p.rooted * together)
    likely *= np.where(community.group_of[people] >= 0, 1 - p.group_holds, 1.0)
    stops = people[community.chance.coin("commitment.stops", month, np.clip(likely, 0, 1), people)]
    c.stage[stops] -= np.uint8(1)
    out = stops[~c.at_least(Stage.PARTICIPANT, stops)]
    community.leave_groups(out)


@kernel
def rest_and_forget(energy, competence, rest, forgetting):  # type: ignore[no-untyped-def]
    """Let everybody, in place, gain a share of the energy they lack and lose a share of what they know above 0.1."""
    one, base, nothing = np.float32(1.0), np.float32(0.1), np.float32(0.0)
    for i in range(len(energy)):
        energy[i] += rest * (one - energy[i])
        competence[i] -= forgetting * max(competence[i] - base, nothing)
