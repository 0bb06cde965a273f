"""The genealogy of a run: who brought whom, and which initiative came from which, as a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx

from simcomunita.agents.citizens import Source
from simcomunita.months import month_name
from simcomunita.outcomes.generativity import parents
from simcomunita.outcomes.lineage import Kind, Layer, Lineage, Relation
from simcomunita.territory.population import Area

if TYPE_CHECKING:
    from collections.abc import Sequence


def genealogy(lineage: Lineage, municipalities: Sequence[str]) -> networkx.DiGraph:
    """The graph of a lineage.

    Nodes are activations (``a0``, ``a1`` … in the order in which they happened) and initiatives (``i0`` …); an arrow
    goes from what was there before to what came of it, and its ``relation`` is ``brought``, ``grew from``, ``copied``,
    or ``took part`` (from an initiative to somebody activated in it).
    """
    graph = networkx.DiGraph()
    for number, one in enumerate(lineage.initiatives):
        graph.add_node(
            f"i{number}",
            node="initiative",
            kind=_words(Kind(one.kind)),
            area=_words(Area(one.area)),
            layer=_words(Layer(one.layer)),
            how=_words(Source(one.how)),
            municipality=municipalities[one.municipality],
            month=month_name(one.founded),
            ended=month_name(one.ended) if one.ended >= 0 else "",
        )
        if one.parent >= 0:
            relation = "copied" if one.relation == Relation.COPIED else "grew from"
            graph.add_edge(f"i{one.parent}", f"i{number}", relation=relation)
    for position, (month, person, how, _, initiative) in enumerate(lineage.activations):
        graph.add_node(
            f"a{position}", node="activation", person=person, how=_words(Source(how)), month=month_name(month)
        )
        if initiative >= 0:
            graph.add_edge(f"i{initiative}", f"a{position}", relation="took part")
    for position, parent in enumerate(parents(lineage).tolist()):
        if parent >= 0:
            graph.add_edge(f"a{parent}", f"a{position}", relation="brought")
    return graph


def _words(one: Area | Kind | Layer | Source) -> str:
    return one.name.lower().replace("_", " ")
