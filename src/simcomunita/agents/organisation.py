"""An organisation: a body that decides whether to take part, and with whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from simcomunita.agents.individual import Individual
from simcomunita.states import State

if TYPE_CHECKING:
    from simcomunita.community import Community


@dataclass
class OrganisationsState(State):
    """What organisations carry from month to month: k organisations, s sectors, m municipalities.

    Attributes
    ----------
    openness
        float64 (k) in [0, 1]: how easy each is to work with; grows where citizens are active around it.
    gain
        float64 (k) in [0, 1]: how far working with others has paid, as each remembers it.
    won_hours
        float64 (k): staff hours that won money still pays for.
    idle
        float64 (k): hours a month that lie idle with each, of people and rooms.
    used
        float64 (k): hours that went into joint work and to partners this month.
    volunteered
        float64 (k): hours that citizens gave to each last month.
    heard
        float64 (k) in [0, 1]: how far citizens around each let it know what is needed.
    learnt
        float64 (s, s) in [0, 1]: how far two sectors have learnt each other's language.
    pool
        float64 (m): hours lent this month that support groups there.
    hours, actions
        float64 (12): hours that joint actions took and how many there were, by calendar month of the last year.
    """

    openness: NDArray[np.float64]
    gain: NDArray[np.float64]
    won_hours: NDArray[np.float64]
    idle: NDArray[np.float64]
    used: NDArray[np.float64]
    volunteered: NDArray[np.float64]
    heard: NDArray[np.float64]
    learnt: NDArray[np.float64]
    pool: NDArray[np.float64]
    hours: NDArray[np.float64]
    actions: NDArray[np.float64]

    @classmethod
    def at_the_start(cls, community: Community) -> Self:
        """Openness as the territory describes it, and a middling memory of working with others."""
        table = community.population.organisations
        count, sectors = len(table), len(table.sectors)
        return cls(
            table.openness.astype(np.float64),
            np.full(count, 0.5),
            np.zeros(count),
            np.zeros(count),
            np.zeros(count),
            np.zeros(count),
            np.zeros(count),
            np.zeros((sectors, sectors)),
            np.zeros(len(community.population.municipalities)),
            np.zeros(12),
            np.zeros(12),
        )


class Organisation(Individual):
    """A non-profit, a public body, or a firm of at least ten employees.

    Attributes
    ----------
    number
        Its index in the territory's organisations, and in the foci of association memberships.
    kind, sector
        Names.
    sector_number
        Index of the sector.
    municipality
        Index.
    formal, firm
        Has statutes and staff; is a firm.
    """

    def __init__(self, model: Community, number: int) -> None:
        super().__init__(model)
        table = model.population.organisations
        self.number = number
        self.kind = table.kinds[int(table.kind[number])]
        self.sector_number = int(table.sector[number])
        self.sector = table.sectors[self.sector_number]
        self.municipality = int(table.municipality[number])
        self.formal = bool(table.formal[number])
        self.firm = bool(table.firm[number])

    @property
    def openness(self) -> float:
        """In [0, 1]: how easy it is to work with."""
        return float(self.model.state(OrganisationsState).openness[self.number])

    @property
    def visits(self) -> int:
        """How often facilitators came."""
        return int(self.model.visits[self.number])

    @property
    def involved_since(self) -> int:
        """Month of the first contribution, -1 before."""
        return int(self.model.involved_since[self.number])

    @property
    def involved(self) -> bool:
        """Whether it has contributed at least once."""
        return self.involved_since >= 0

    @property
    def trust(self) -> dict[int, float]:
        """Trust in each organisation that it has worked with, by number."""
        return self.model.partnerships.of_one(self.number)  # type: ignore[no-any-return]

    def come_in(self, month: int) -> None:
        """Contribute for the first time."""
        self.model.involved_since[self.number] = month

    def willingness(self, paperwork: float, trusted: float, gain: float) -> float:
        """The chance that it says yes to a visit: its openness, eased by each visit, hindered by paperwork.

        Formal bodies have people for paperwork; informal ones have none and are put off by it.

        Parameters
        ----------
        paperwork
            Burden of entering, in [0, 1].
        trusted
            Highest trust in a partner that is already in, in [0, 1].
        gain
            What each earlier visit adds, as a share of what is missing.
        """
        moved = 1 - (1 - self.openness) * (1 - gain) ** self.visits
        hindrance = 1 - paperwork * (0.3 if self.formal else 0.6)
        return moved * hindrance * (0.5 + 0.5 * trusted)
