"""A citizen as a Mesa agent: a thin view of one row of the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simcomunita.agents.citizens import NO_CRISIS, Source, Stage
from simcomunita.agents.individual import Individual
from simcomunita.territory.population import Area

if TYPE_CHECKING:
    from simcomunita.community import Community


class Citizen(Individual):
    """One resident, made when somebody first asks the model for its agents.

    Everything is read from the columns at the moment of asking; nothing is kept here.
    """

    def __init__(self, model: Community, number: int) -> None:
        super().__init__(model)
        self.number = number

    def _column(self, name: str) -> Any:
        return getattr(self.model.citizens, name)[self.number]

    def _trait(self, name: str) -> Any:
        return getattr(self.model.population, name)[self.number]

    @property
    def municipality(self) -> str:
        """Name of the municipality."""
        return str(self.model.population.municipalities[int(self._trait("municipality"))])

    @property
    def neighbourhood(self) -> int:
        """Number of the neighbourhood."""
        return int(self._trait("neighbourhood"))

    @property
    def household(self) -> int:
        """Number of the household."""
        return int(self._trait("household"))

    @property
    def age(self) -> int:
        """Age in years."""
        return int(self._trait("age"))

    @property
    def origin(self) -> int:
        """Index of the origin group."""
        return int(self._trait("origin"))

    @property
    def vulnerability(self) -> float:
        """In [0, 1]; 0.5 and more is vulnerable."""
        return float(self._trait("vulnerability"))

    @property
    def stage(self) -> Stage:
        """Where on the participation ladder."""
        return Stage(int(self._column("stage")))

    @property
    def competence(self) -> float:
        """In [0, 1]."""
        return float(self._column("competence"))

    @property
    def energy(self) -> float:
        """In [0, 1]."""
        return float(self._column("energy"))

    @property
    def trust(self) -> float:
        """Trust in institutions, in [0, 1]."""
        return float(self._column("trust"))

    @property
    def needs(self) -> tuple[Area, ...]:
        """The areas in which this person has a need."""
        bits = int(self._column("needs"))
        return tuple(area for area in Area if bits >> area & 1)

    @property
    def crisis(self) -> Area | None:
        """The area of a crisis, None where there is none."""
        crisis = int(self._column("crisis"))
        return None if crisis == NO_CRISIS else Area(crisis)

    @property
    def taken_on(self) -> bool:
        """Whether a service ever took this person on."""
        return int(self._column("taken_on")) >= 0

    @property
    def reached_how(self) -> Source:
        """Who or what made the first contact."""
        return Source(int(self._column("reached_how")))

    @property
    def activated_how(self) -> Source:
        """Who or what brought this person to design or run an action."""
        return Source(int(self._column("activated_how")))

    @property
    def tied_to(self) -> list[int]:
        """Numbers of the people this one is tied to."""
        return [int(j) for j in self.model.ties.neighbours(self.number)]
