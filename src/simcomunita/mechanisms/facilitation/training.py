"""Training: organisations that are in send some of their people to learn community work.

Whoever comes back trained opens the organisation that sent them to others: boundary spanners bring outside knowledge
in and are whom outsiders turn to (Tushman & Scanlan 1981, Academy of Management Journal 24:289-305). The organisation
closes again as people move on, unless others follow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcomunita.agents.organisation import OrganisationsState

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters


def train_professionals(community: Community, parameters: ModelParameters) -> None:
    """Give the places of the month to organisations, firms aside, the open ones first; one each a month."""
    month, chance = community.month, community.chance
    places = community.levers.professionals / 12 * community.population.scale
    number = chance.whole("facilitation.training_places", month, places, 0)
    if not number:
        return
    openness = community.state(OrganisationsState).openness
    sends = np.flatnonzero((community.involved_since >= 0) & ~community.population.organisations.firm)
    chosen = chance.exactly(number, "facilitation.trained", month, sends, openness[sends])
    openness[chosen] += parameters.facilitation.trained_open * (1 - openness[chosen])
    community.spend("professionals", len(chosen) * community.prices.professional.value)
    community.ledger.count("professionals_trained", len(chosen))
