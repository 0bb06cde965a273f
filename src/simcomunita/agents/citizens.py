"""The state of all citizens: one column an attribute, indexed by the citizen's number."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simcomunita.territory.population import Population


class Stage(IntEnum):
    """The participation ladder of the project."""

    NOT_REACHED = 0
    REACHED = 1
    PARTICIPANT = 2
    ACTIVE = 3
    PROMOTER = 4


class Source(IntEnum):
    """Who or what brought somebody up the ladder."""

    NOBODY = 0
    FACILITATOR = 1
    CITIZEN = 2
    PLACE = 3
    ORGANISATION = 4


NO_CRISIS = 255
"""Value of the crisis column for those who are in none."""


@dataclass
class Citizens:
    """n citizens. Months are int16 and -1 where a thing has not happened; people are int32 and -1 where nobody.

    Attributes
    ----------
    stage
        uint8, `Stage`.
    competence, energy, trust
        float32 in [0, 1]: knowing how to take part; strength left for it; trust in institutions.
    needs
        uint8, a bit an area.
    crisis, crisis_since
        uint8, the area of a crisis that nobody could absorb, `NO_CRISIS` where there is none; int16.
    reached_how, reached_by, reached_month
        `Source`, number of the citizen or facilitator, month of the first contact.
    activated_how, activated_by, activated_month
        The same for the first time that somebody designed or ran an action.
    taken_on
        int16, month in which a service first took the person on.
    last_case
        int16, month in which casework last took the person up.
    last_asked
        int16, month of the last ask by a facilitator.
    arrived
        int16, month in which this person moved in.
    """

    stage: NDArray[np.uint8]
    competence: NDArray[np.float32]
    energy: NDArray[np.float32]
    trust: NDArray[np.float32]
    needs: NDArray[np.uint8]
    crisis: NDArray[np.uint8]
    crisis_since: NDArray[np.int16]
    reached_how: NDArray[np.uint8]
    reached_by: NDArray[np.int32]
    reached_month: NDArray[np.int16]
    activated_how: NDArray[np.uint8]
    activated_by: NDArray[np.int32]
    activated_month: NDArray[np.int16]
    taken_on: NDArray[np.int16]
    last_case: NDArray[np.int16]
    last_asked: NDArray[np.int16]
    arrived: NDArray[np.int16]

    @classmethod
    def at_the_start(cls, population: Population) -> Citizens:
        """Everybody as the territory describes them, before anything was done."""
        n = len(population)

        def never() -> NDArray[np.int16]:
            return np.full(n, -1, np.int16)

        citizens = cls(
            stage=np.zeros(n, np.uint8),
            competence=np.empty(n, np.float32),
            energy=np.empty(n, np.float32),
            trust=np.empty(n, np.float32),
            needs=np.empty(n, np.uint8),
            crisis=np.empty(n, np.uint8),
            crisis_since=never(),
            reached_how=np.zeros(n, np.uint8),
            reached_by=np.full(n, -1, np.int32),
            reached_month=never(),
            activated_how=np.zeros(n, np.uint8),
            activated_by=np.full(n, -1, np.int32),
            activated_month=never(),
            taken_on=never(),
            last_case=never(),
            last_asked=never(),
            arrived=never(),
        )
        citizens.renew(np.arange(n), population, month=-1)
        return citizens

    def renew(self, who: NDArray[np.intp], population: Population, month: int) -> None:
        """Put new people in the place of `who`: like them in age, origin and means, but unknown to the project."""
        self.stage[who] = Stage.NOT_REACHED
        # Volunteers know how associations work (Musick & Wilson 2008, ch. 6); 0.1 and 0.4 are assumptions.
        self.competence[who] = np.where(population.volunteer[who], np.float32(0.4), np.float32(0.1))
        self.energy[who] = 1.0
        self.trust[who] = population.trust[who]
        self.needs[who] = population.needs[who]
        self.crisis[who] = NO_CRISIS
        for column in (
            self.crisis_since,
            self.reached_month,
            self.activated_month,
            self.taken_on,
            self.last_case,
            self.last_asked,
        ):
            column[who] = -1
        self.reached_how[who] = Source.NOBODY
        self.activated_how[who] = Source.NOBODY
        self.reached_by[who] = -1
        self.activated_by[who] = -1
        self.arrived[who] = month

    def at_least(self, stage: Stage, people: NDArray[Any] | slice = slice(None)) -> NDArray[np.bool_]:
        """Who of some people (everybody) stands there or higher on the ladder: bool (k).

        NumPy compares with a plain number many times faster than with an enumeration's.
        """
        return np.asarray(self.stage[people] >= int(stage))

    def rise(self, people: NDArray[Any], stage: Stage) -> None:
        """Let some people climb the ladder to a stage; who stands there or higher stays."""
        self.stage[people] = np.maximum(self.stage[people], np.uint8(stage))

    def copy(self) -> Citizens:
        """The same state, to be changed independently."""
        return Citizens(**{column.name: getattr(self, column.name).copy() for column in fields(self)})
