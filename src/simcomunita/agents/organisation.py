"""An organisation: a body that decides whether to take part, and with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

if TYPE_CHECKING:
    from simcomunita.community import Community


class Organisation(mesa.Agent):  # type: ignore[misc]
    """A non-profit, a public body, or a firm of at least ten employees.

    Attributes
    ----------
    number
        Its index in the territory's organisations, and in the foci of association memberships.
    kind, sector
        Names.
    municipality
        Index.
    formal, firm
        Has statutes and staff; is a firm.
    openness
        In [0, 1]: how easy it is to work with.
    """

    def __init__(self, model: Community, number: int) -> None:
        super().__init__(model)
        table = model.population.organisations
        self.number = number
        self.kind = table.kinds[int(table.kind[number])]
        self.sector = table.sectors[int(table.sector[number])]
        self.municipality = int(table.municipality[number])
        self.formal = bool(table.formal[number])
        self.firm = bool(table.firm[number])
        self.openness = float(table.openness[number])

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
