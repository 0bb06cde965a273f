"""Mapping: getting to know who is there.

People are met through people already known (snowball sampling; Goodman 1961, Annals of Mathematical Statistics
32:148-170), through organisations, and where outreach happens: in everyday settings anybody may be met, in an
office only who comes. As the map fills, more of those met are known already, so that mapping from a desk slows down
by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simcomunita.network.kernels import one_neighbour

if TYPE_CHECKING:
    from simcomunita.agents.facilitator import Facilitator
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters


def map_resources(facilitator: Facilitator, hours: float, community: Community, parameters: ModelParameters) -> None:
    """Meet people and put them on the map."""
    p, month, chance = parameters.facilitation, community.month, community.chance
    expected = community.levers.event.contact * hours * p.contacts_an_hour
    contacts = chance.whole("facilitation.contacts", month, expected, facilitator.number)
    address = facilitator.addresses(contacts)
    route = chance.uniform("facilitation.route", month, address)
    through_people = route < p.through_people
    through_organisations = ~through_people & (route < p.through_people + 0.2)
    met = np.concatenate(
        [
            _through_people(facilitator, community, address[through_people]),
            _through_organisations(facilitator, community, address[through_organisations]),
            where_outreach_happens(
                facilitator, community, address[~through_people & ~through_organisations], "facilitation.met"
            ),
        ]
    )
    new = facilitator.meet(met[community.population.grown_up[met]])
    facilitator.note("map", hours, new * p.worth_of_contact)
    community.ledger.count("newly_mapped", new)


def _through_people(facilitator: Facilitator, community: Community, address: NDArray[np.int64]) -> NDArray[np.intp]:
    """Neighbours in the network of people on the map."""
    known = facilitator.acquaintances
    if not len(known) or not len(address):
        return np.empty(0, np.intp)
    month, chance = community.month, community.chance
    via = known[(chance.uniform("facilitation.via", month, address) * len(known)).astype(np.intp)]
    luck = chance.uniform("facilitation.friend", month, address)
    met = one_neighbour(via, luck, community.rows)
    return np.asarray(met[met >= 0])


def _through_organisations(
    facilitator: Facilitator, community: Community, address: NDArray[np.int64]
) -> NDArray[np.intp]:
    """Members of organisations of the catchment; of involved ones where there are any."""
    if not len(address):
        return np.empty(0, np.intp)
    here = community.organisations_of(facilitator.catchment)
    here = here[~community.population.organisations.firm[here]]
    inside = here[community.involved_since[here] >= 0]
    chosen = inside if len(inside) else here
    if not len(chosen):
        return np.empty(0, np.intp)
    month, chance = community.month, community.chance
    which = chosen[(chance.uniform("facilitation.organisation", month, address) * len(chosen)).astype(np.intp)]
    luck = chance.uniform("facilitation.member", month, address)
    first, end = community.association.by_focus[which], community.association.by_focus[which + 1]
    inhabited = end > first
    turn = first + (luck * (end - first)).astype(np.intp)
    return community.association.person[turn[inhabited]].astype(np.intp)


def where_outreach_happens(
    facilitator: Facilitator, community: Community, address: NDArray[np.int64], purpose: str
) -> NDArray[np.intp]:
    """Residents met in everyday settings (anybody), or in an office (those who ask for help, of those in need)."""
    if not len(address):
        return np.empty(0, np.intp)
    residents = community.once(
        f"residents of {facilitator.catchment}",
        lambda: np.concatenate([community.everyone[community.residents(m)] for m in facilitator.catchment]),
    )
    luck = community.chance.uniform(purpose, community.month, address)
    people = residents[(luck * len(residents)).astype(np.intp)]
    if community.levers.outreach == "everyday":
        return np.asarray(people)
    comes = community.population.asks_for_help[people] & (community.citizens.needs[people] != 0)
    return np.asarray(people[comes])
