"""The model: a month. How months follow each other stands in `course.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from simcomunita.course import Course
from simcomunita.mechanisms import MONTH
from simcomunita.mechanisms.relational_time import take_stock
from simcomunita.mechanisms.shocks import carry_over
from simcomunita.mechanisms.weaving import weave
from simcomunita.outcomes import Ledger, Lineage, measure
from simcomunita.policy import Calendar, Policy
from simcomunita.randomness import Chance
from simcomunita.territory.population import Population

if TYPE_CHECKING:
    from simcomunita.experiment.wording import Language
    from simcomunita.scenario import Scenario


class CommunityModel(Course):
    """A territory's community, month by month.

    Each month, in this order:

    1. ``mobility``       households move in and out, and their ties do not move with them
    2. ``shocks``         jobs are lost, people die or leave; ties absorb it or it becomes a crisis
    3. ``erosion``        ties that nobody renews weaken and dissolve
    4. ``facilitation``   facilitators spend their hours: casework, map, hook, run groups, connect, document, evaluate
    5. ``co_programming`` organisations work, bid and pool together, or compete
    6. ``reciprocity``    groups animate organisations, and organisations support groups
    7. ``housing``        evictions are frozen, contracts mediated, people taken in, houses shared
    8. ``work``           people are trained, placed and hired, where firms trust who answers for them
    9. ``proximity``      neighbours meet needs together, and point at those who never ask
    10. ``youth``          placements, mentors and spaces of young people
    11. ``meetings``       groups meet; people get to know each other, learn, leave
    12. ``spreading``      participants ask along their ties, people walk in, people climb the ladder
    13. ``commitment``     people learn, rest, tire and step down
    14. ``generation``     groups form, propose projects, are funded, and are copied
    15. ``routine``        what is repeated gets easier, and usual
    16. ``encounters``     people who share a focus meet
    17. ``closure``        friends of friends meet
    18. ``brokerage``      active citizens introduce people who are far apart

    Before the first, places open and close as funded and everybody's relational time is taken stock of; after the last,
    the ties that were proposed are woven in, the money is counted and the month is closed. A mechanism that is
    switched off is skipped; what was funded is paid all the same.

    Parameters
    ----------
    scenario
        Territory, parameters, dates, policies and cost book.
    seed
        All chance of the run follows from it.
    scale
        Share of the territory's people (and of staff hours, organisations and money) that is simulated.
    population
        A population grown before with this seed and scale, to be shared.
    restored
        Leave the state as the territory describes it, because a remembered one will be put in its place.

    Raises
    ------
    ValueError
        If the population was grown with another seed or scale, or the scale leaves too few residents.
    """

    def __init__(
        self,
        scenario: Scenario,
        seed: int = 1,
        scale: float = 1.0,
        population: Population | None = None,
        *,
        restored: bool = False,
    ) -> None:
        if not hasattr(scenario, "territory"):
            raise TypeError(f"{scenario!r} is no scenario; load one first: load_scenario({scenario!r})")
        if population is None:
            from simcomunita.territory import grow
            from simcomunita.territory.scaling import check_enough

            check_enough(scale, scenario.territory.residents)
            population = grow(scenario.territory, seed, scale)
        if (population.seed, population.scale) != (seed, scale):
            raise ValueError(
                f"the population was grown with seed {population.seed} and scale {population.scale}, "
                f"not {seed} and {scale}"
            )
        super().__init__(population, Chance(seed), month=scenario.start - 1)
        self.setting = scenario
        self.prices = scenario.costs
        self.name = scenario.name
        self.seed = seed
        self.policies: tuple[Policy, ...] = tuple(scenario.policies)
        self.calendar = Calendar(self.policies)
        self.levers = self.calendar.in_force(self.month)
        self.ledger = Ledger()
        self.lineage = Lineage()
        if scenario.parameters.shocks.on and not restored:
            carry_over(self, scenario.parameters)

    def unlived(self) -> Self:
        """The same community before its first month, whose state is still to be put in its place."""
        return type(self)(self.setting, self.seed, self.population.scale, self.population, restored=True)

    def view(self, around: tuple[str, int] | None = None, language: Language = "en") -> Any:
        """Return people of the community as they stand, to be looked at in a notebook: a picture in which one can
        follow a person and read their story.

        Parameters
        ----------
        around
            ``("facilitator", post)``, ``("place", neighbourhood)`` or ``("town", municipality)`` by number; the first
            facilitator, or else the first municipality, if none is named.

        Raises
        ------
        ImportError
            If the extra ``app`` is not installed.
        ValueError
            If there is no such facilitator, place or municipality now.
        """
        try:
            from simcomunita.app.widgets.people import view
        except ModuleNotFoundError as error:
            if str(error.name).partition(".")[0] not in ("anywidget", "traitlets", "ipywidgets"):
                raise
            raise ImportError('model.view() needs the extra "app": pip install "simcomunita[app]"') from error
        return view(self, around, language)

    # -- the month --

    def step(self) -> None:
        """Live the next month."""
        self.month += 1
        self.levers = self.calendar.in_force(self.month)
        labs_before = self.ledger.totals["labs_paid_for"]
        parameters = self.setting.parameters
        self.places.open(self.levers.places, self.population, self.chance, parameters.asking.place_reach)
        take_stock(self, parameters)
        for name, mechanism in MONTH.items():
            if getattr(parameters, name).on:
                mechanism(self, parameters)
        weave(self, parameters)
        self._count_money(int(self.ledger.totals["labs_paid_for"] - labs_before))
        self.ledger.close(self.month, measure(self))

    def _count_money(self, labs: int) -> None:
        costs = self.setting.costs.monthly(self.levers, labs, self.population.scale)
        for item, euro in costs.items():
            self.spend(item, euro)
