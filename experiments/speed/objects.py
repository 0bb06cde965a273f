"""Decay, contagion and closure as a good tutorial would have them: Mesa agents that step, on a NetworkX graph."""

from __future__ import annotations

import mesa
import networkx as nx

from experiments.speed.workload import Rules, Start


class Resident(mesa.Agent):  # type: ignore[misc]
    """Somebody who has ties and takes part or does not."""

    def __init__(self, model: ObjectCommunity, active: bool) -> None:
        super().__init__(model)
        self.active = active

    def step(self) -> None:
        """Live a month."""
        self.lose_touch()
        self.join_in()
        self.meet_through_a_friend()

    def lose_touch(self) -> None:
        """Let one's ties wear down, and dissolve where they are weak."""
        rules, graph = self.model.rules, self.model.graph
        for other, tie in list(graph[self].items()):
            # Each tie wears down once a month, at the turn of the one who was made first.
            if self.unique_id < other.unique_id:
                tie["strength"] *= 1 - rules.wear
                if tie["strength"] < rules.forgotten:
                    graph.remove_edge(self, other)

    def join_in(self) -> None:
        """Take part, likelier in company."""
        if self.active:
            return
        ties = self.model.graph[self].items()
        company = sum(tie["strength"] for other, tie in ties if other.active)
        if self.random.random() < self.model.rules.chance(company):
            self.active = True

    def meet_through_a_friend(self) -> None:
        """Come upon a friend of a friend."""
        rules, graph = self.model.rules, self.model.graph
        friends = list(graph.neighbors(self))
        if not friends or self.random.random() >= rules.tries:
            return
        between = self.random.choice(friends)
        other = self.random.choice(list(graph.neighbors(between)))
        closeness = min(graph[self][between]["strength"], graph[between][other]["strength"])
        if other is self or self.random.random() >= closeness:
            return
        if graph.has_edge(self, other):
            tie = graph[self][other]
            tie["strength"] += rules.again * (1 - tie["strength"])
        else:
            graph.add_edge(self, other, strength=rules.opening)


class ObjectCommunity(mesa.Model):  # type: ignore[misc]
    """Residents, and the graph of their ties."""

    def __init__(self, start: Start, rules: Rules, seed: int) -> None:
        super().__init__(rng=seed)
        self.rules = rules
        self.graph = nx.Graph()
        residents = [Resident(self, active) for active in start.active.tolist()]
        self.graph.add_nodes_from(residents)
        columns = start.first.tolist(), start.second.tolist(), start.strength.tolist()
        self.graph.add_edges_from(
            (residents[a], residents[b], {"strength": strength}) for a, b, strength in zip(*columns, strict=True)
        )

    @property
    def ties(self) -> int:
        """How many ties there are."""
        return int(self.graph.number_of_edges())

    @property
    def taking_part(self) -> int:
        """How many people take part."""
        return sum(resident.active for resident in self.agents)

    def step(self) -> None:
        """Live a month."""
        self.agents.shuffle_do("step")
