"""The community that mechanisms act on: columns underneath, agents on top."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from simcomunita.agents.citizen import Citizen
from simcomunita.agents.citizens import NO_CRISIS, Citizens, Source, Stage
from simcomunita.agents.facilitator import Facilitator
from simcomunita.agents.group import Group
from simcomunita.agents.organisation import Organisation
from simcomunita.agents.places import Places
from simcomunita.compiled import kernel
from simcomunita.framework import mesa
from simcomunita.network import Links, Memberships, Partnerships, Ties
from simcomunita.network.ego import EgoNetworks, ego_networks, packed_traits
from simcomunita.policy.calendar import Levers, Post
from simcomunita.policy.posts import placements, scaled
from simcomunita.randomness import Chance
from simcomunita.states import State
from simcomunita.territory.population import GROWN_UP, Population

if TYPE_CHECKING:
    import networkx

    from simcomunita.outcomes.ledger import Ledger
    from simcomunita.outcomes.lineage import Initiative, Layer, Lineage
    from simcomunita.policy.costs import CostBook
    from simcomunita.scenario import Scenario

T = TypeVar("T")
S = TypeVar("S", bound=State)

_NOT_REACHED, _REACHED = int(Stage.NOT_REACHED), int(Stage.REACHED)

PARTNERS_TRUST = 0.4
"""Trust between organisations that worked together before, in [0, 1]; an assumption, plausible from 0.2 to 0.6."""


class Community(mesa.Model):  # type: ignore[misc]
    """The state of a territory's community in one month.

    Attributes
    ----------
    population
        Who lives there (never changes; shared between branches).
    chance
        All the chance of the run.
    month
        The month that is being lived, as a number.
    setting, levers
        The scenario; what is funded this month.
    prices
        The cost book, with the prices of what is paid out.
    citizens, ties, links, association, partnerships
        The columns, the ties, citizens' ties with organisations, who belongs to which organisation, and which
        organisations work together.
    groups, places, facilitators, organisations
        Few enough to be individuals. Groups are in order of founding, facilitators of post.
    group_of
        int32 (n): position in `groups` of each citizen's group, -1 for none. A citizen is in one group at most.
    visits, involved_since
        int16 (organisations): how often facilitators came; month of the first contribution, -1 before.
    written, written_practice
        bool (n) and a number in [0, 1]: whom facilitators who have left wrote down, and how far ways of working.
    ledger, lineage
        What is counted, and what came from what.
    states
        What single mechanisms remember, by name; see `state`.
    time_share, openness
        float32 (n), set each month by `relational_time`: how far one's time goes round one's ties, and how open it
        leaves one to new ones (0 for children).
    proposals
        Ties proposed this month, packed; woven in at its end.
    """

    setting: Scenario
    levers: Levers
    prices: CostBook
    ledger: Ledger
    lineage: Lineage

    def __init__(self, population: Population, chance: Chance, month: int) -> None:
        super().__init__(rng=chance.seed)
        n = len(population)
        self.population = population
        self.chance = chance
        self.month = month
        self.everyone: NDArray[np.int64] = np.arange(n)
        self.citizens = Citizens.at_the_start(population)
        self.ties: Ties = population.ties.copy()
        self.links = Links.none()
        self.association: Memberships = population.association
        self.partnerships = Partnerships.of(population.organisations.partnerships, PARTNERS_TRUST)
        self.groups: list[Group] = []
        self.group_of: NDArray[np.int32] = np.full(n, -1, np.int32)
        self.places = Places.none(n)
        self.facilitators: list[Facilitator] = []
        self.organisations = [Organisation(self, k) for k in range(len(population.organisations))]
        self.visits: NDArray[np.int16] = np.zeros(len(self.organisations), np.int16)
        self.involved_since: NDArray[np.int16] = np.full(len(self.organisations), -1, np.int16)
        self.in_crisis: NDArray[np.intp] = np.empty(0, np.intp)
        self.written: NDArray[np.bool_] = np.zeros(n, np.bool_)
        self.written_practice = 0.0
        self.time_share: NDArray[np.float32] = np.ones(n, np.float32)
        self.openness: NDArray[np.float32] = population.grown_up.astype(np.float32)
        self.proposals: list[NDArray[np.uint64]] = []
        self.states: dict[str, State] = {}
        self.remembered_states: dict[str, dict[str, Any]] = {}
        self._ego_networks: EgoNetworks | None = None
        self._worked_out: dict[str, Any] = {}
        self._met_everyone = False

    # -- Mesa: citizens become agents when somebody asks for agents --

    def _meet_everyone(self) -> None:
        if not self._met_everyone:
            self._met_everyone = True
            for number in range(len(self.population)):
                Citizen(self, number)

    @property
    def agents(self) -> Any:
        """All agents; the first time, this makes a view of every citizen."""
        self._meet_everyone()
        return super().agents

    @property
    def agents_by_type(self) -> Any:
        """Agents by class; the first time, this makes a view of every citizen."""
        self._meet_everyone()
        return super().agents_by_type

    @property
    def agent_types(self) -> Any:
        """Classes of agents; the first time, this makes a view of every citizen."""
        self._meet_everyone()
        return super().agent_types

    # -- what several mechanisms do --

    def once(self, name: str, work: Callable[[], T]) -> T:
        """Work out something that never changes during a run, once."""
        if name not in self._worked_out:
            self._worked_out[name] = work()
        result: T = self._worked_out[name]
        return result

    def state(self, kind: type[S]) -> S:
        """What a mechanism remembers, of a class of its own."""
        name = kind.__name__
        if name not in self.states:
            memory = self.remembered_states.get(name)
            self.states[name] = kind.at_the_start(self) if memory is None else kind.recall(memory)
        found: S = self.states[name]  # type: ignore[assignment]
        return found

    def spend(self, item: str, euro: float) -> None:
        """Count money that is paid out, under an item of the cost book (`PAID_OUT`)."""
        self.ledger.count(f"euro_{item}", euro)
        self.ledger.count("cost_euro", euro)

    def count_needs_met(self, number: int, by: Layer) -> None:
        """Count needs that were met: by paid people and bodies, by citizens among themselves, or by both together."""
        self.ledger.count("needs_met", number)
        self.ledger.count(f"needs_met_{by.name.lower()}", number)

    @property
    def rows(self) -> tuple[NDArray[Any], ...]:
        """The ties' compressed rows in the order in which kernels take them."""
        t = self.ties
        return t.up, t.second, t.down, t.down_edge, t.first, t.strength

    def ego_networks(self) -> EgoNetworks:
        """Everybody's company, as the ties stand since they were last woven."""
        if self._ego_networks is None:
            self._ego_networks = ego_networks(self.ties, self.traits, GROWN_UP)
        return self._ego_networks

    @property
    def traits(self) -> NDArray[np.uint32]:
        """Everybody's municipality, origin and age, packed."""
        p = self.population
        return self.once("traits", lambda: packed_traits(p.municipality, p.origin, p.age))

    def ties_changed(self) -> None:
        """Say that the ties were woven anew."""
        self._ego_networks = None

    def residents(self, municipality: int) -> slice:
        """The numbers of a municipality's residents."""
        bounds = self.once("municipality bounds", self._municipality_bounds)
        return slice(int(bounds[municipality]), int(bounds[municipality + 1]))

    def _municipality_bounds(self) -> NDArray[np.int64]:
        count = len(self.population.municipalities)
        return np.searchsorted(self.population.municipality, np.arange(count + 1))

    def posts(self) -> list[Post]:
        """The posts that are funded this month, for the people who are simulated."""
        return scaled(self.levers.posts, self.population.scale)

    def placements(self, posts: Sequence[Post]) -> list[tuple[int, tuple[int, ...]]]:
        """The home of each post and the municipalities that it looks after (indices)."""
        p = self.population
        people = self.once("residents", lambda: np.bincount(p.municipality, minlength=len(p.municipalities)).tolist())
        return placements(posts, p.municipalities, people, self.once("distances", p.distances.tolist))

    def organisations_of(self, municipalities: tuple[int, ...]) -> NDArray[np.intp]:
        """The numbers of the organisations of some municipalities, ascending."""
        return self.once(
            f"organisations of {municipalities}",
            lambda: np.flatnonzero(self.among(municipalities)[self.population.organisations.municipality]),
        )

    def among(self, municipalities: tuple[int, ...]) -> NDArray[np.bool_]:
        """Which municipalities are among some: bool, by index."""
        count = len(self.population.municipalities)
        return self.once(f"among {municipalities}", lambda: np.isin(np.arange(count), municipalities))

    def reach(self, people: NDArray[Any], how: Source, by: NDArray[Any] | int) -> None:
        """Count contacts, and make first ones known: who comes into contact with the project stands at least at
        reached.
        """
        c, reached, vulnerable = self.citizens, 0, 0
        if len(people):
            reached, vulnerable = first_contacts(
                people.astype(np.int64, copy=False),
                np.full(len(people), by, np.int32) if isinstance(by, int) else by.astype(np.int32, copy=False),
                (c.stage, c.reached_how, c.reached_by, c.reached_month),
                (np.uint8(how), np.int16(self.month)),
                self.population.vulnerable,
            )
        self.ledger.count("contacts", len(people))
        self.ledger.count("citizens_reached", reached)
        self.ledger.count("vulnerable_reached", vulnerable)

    def members(self, group: int) -> NDArray[np.intp]:
        """The members of the group at this position, ascending."""
        return np.flatnonzero(self.group_of == group)

    def join_groups(self, people: NDArray[Any], groups: NDArray[Any] | int) -> None:
        """Let people who are in no group join those at these positions (-1 for none)."""
        if not len(people):
            return
        free = self.group_of[people] < 0
        self.group_of[people[free]] = groups if isinstance(groups, int) else groups[free]
        for position in self.group_of[people[free]].tolist():
            if position >= 0:
                self.groups[position].size += 1

    def leave_groups(self, people: NDArray[Any]) -> None:
        """Let people leave the group they are in."""
        positions = [position for position in self.group_of[people].tolist() if position >= 0]
        large = sum(self.groups[position].large for position in positions)
        self.ledger.count("left_large_groups", large)
        self.ledger.count("left_small_groups", len(positions) - large)
        for position in positions:
            self.groups[position].size -= 1
        self.group_of[people] = -1

    def found_group(self, group: Group, members: NDArray[Any], beginning: Initiative) -> None:
        """Let a group begin with these members, and write down what it came from."""
        group.initiative = self.lineage.found(beginning)
        self.groups.append(group)
        self.join_groups(members, len(self.groups) - 1)
        self.ledger.count("groups_started", 1)

    def close_groups(self, closing: NDArray[np.bool_]) -> None:
        """Let groups end: bool, by position."""
        if not closing.any():
            return
        for group, ends in zip(self.groups, closing, strict=True):
            if ends:
                self.lineage.end(group.initiative, self.month)
        moved = np.append(np.where(closing, -1, np.cumsum(~closing) - 1), -1).astype(np.int32)
        self.groups = [group for group, ends in zip(self.groups, closing, strict=True) if not ends]
        self.group_of = moved[self.group_of]

    def look_for_crises(self) -> None:
        """Note who is in crisis, ascending, before facilitators begin; those whom one helps stay on the list."""
        self.in_crisis = np.flatnonzero(self.citizens.crisis != NO_CRISIS)

    def end_crises(self, people: NDArray[Any]) -> None:
        """Let crises end, and with each the need that it made; a standing need stays."""
        if not len(people):
            return
        c = self.citizens
        suffering = people[c.crisis[people] != NO_CRISIS]
        made = np.left_shift(1, c.crisis[suffering]).astype(np.uint8) & ~self.population.needs[suffering]
        c.needs[suffering] &= ~made
        c.crisis[suffering] = NO_CRISIS
        c.crisis_since[suffering] = -1

    def forget(self, people: NDArray[Any]) -> None:
        """Lose sight of people who moved away: in every map and every group."""
        for facilitator in self.facilitators:
            facilitator.lose(people)
        self.written[people] = False
        self.links.drop(people)
        self.leave_groups(people)

    # -- what comes out --

    def series(self) -> dict[str, NDArray[Any]]:
        """A column a measure (see ``outcomes.MEASURES``), an entry a month lived; ``month`` is YYYY-MM."""
        return self.ledger.series()

    def outcomes(self) -> dict[str, float]:
        """The measures at the end of the last month lived; empty before the first."""
        return dict(self.ledger.rows[-1]) if self.ledger.rows else {}

    def costs(self) -> dict[str, float]:
        """Euro by item of the cost book since the start."""
        return {
            name.removeprefix("euro_"): euro for name, euro in self.ledger.totals.items() if name.startswith("euro_")
        }

    def to_networkx(self) -> networkx.Graph:
        """The ties as a NetworkX graph, with citizens' attributes on nodes and the ties' on edges."""
        from simcomunita.network.exchange import to_networkx

        p, c = self.population, self.citizens
        names = np.array(p.municipalities)
        return to_networkx(
            self.ties,
            {
                "municipality": names[p.municipality],
                "neighbourhood": p.neighbourhood,
                "age": p.age,
                "origin": p.origin,
                "vulnerable": p.vulnerable,
                "stage": c.stage,
                "competence": c.competence,
                "taken_on": c.taken_on >= 0,
            },
        )


@kernel
def first_contacts(people, by, columns, what, vulnerable):  # type: ignore[no-untyped-def]
    """Write down who is reached for the first time, how, by whom and when; how many these are, and how many of them
    are vulnerable.
    """
    stage, reached_how, reached_by, reached_month = columns
    how, month = what
    reached = 0
    weak = 0
    for k in range(len(people)):
        i = people[k]
        if stage[i] == _NOT_REACHED:
            stage[i] = _REACHED
            reached_how[i] = how
            reached_by[i] = by[k]
            reached_month[i] = month
            reached += 1
            weak += vulnerable[i]
    return reached, weak
