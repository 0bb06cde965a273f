"""The bodies that can take part, and who of them already works with whom."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from simcomunita.network import Memberships
from simcomunita.randomness import Chance
from simcomunita.territory.description import OrganisationPlan, Territory
from simcomunita.territory.growing.places import Places
from simcomunita.territory.population import Organisations

HUBS = ("public", "education", "religious")
"""Sectors that others turn to: municipalities, schools and parishes are in most local partnerships
(assumption).
"""


def found(territory: Territory, places: Places, chance: Chance) -> Organisations:
    """Grow the organisations of every copy of the territory."""
    plans: list[OrganisationPlan] = []
    names: list[str] = []
    municipality: list[int] = []
    for copy, scale in enumerate(places.copy_scales):
        for plan in territory.plan_organisations(scale):
            plans.append(plan)
            names.append(plan.name if copy == 0 else f"{plan.name} ({copy + 1})")
            municipality.append(copy * len(territory.names) + plan.municipality)
    kinds, sectors = territory.kinds, territory.sectors
    who = np.arange(len(plans))
    kind_number = {name: i for i, name in enumerate(kinds)}
    sector_number = {name: i for i, name in enumerate(sectors)}

    def column(field: str) -> NDArray[np.float64]:
        return np.array([getattr(p.row, field) for p in plans], np.float64)

    def u(purpose: str) -> NDArray[np.float64]:
        return chance.uniform(f"growing.organisations.{purpose}", 0, who)

    openness = column("openness") + column("openness_spread") * (u("openness") + u("openness_too") - 1) * 1.5
    # Sizes are skewed: half below the median, a few ten times as large (Pareto-like, as firms and clubs are).
    size = np.maximum(1, column("median_size") * (0.25 + 0.5625 * u("size") / (1.25 - u("size")) * 2.0))
    organisations = Organisations(
        names=tuple(names),
        kinds=kinds,
        sectors=sectors,
        kind=np.array([kind_number[p.row.kind] for p in plans], np.uint8),
        sector=np.array([sector_number[p.row.sector] for p in plans], np.uint8),
        municipality=np.array(municipality, places.index_type),
        formal=u("formal") < column("formal_share"),
        firm=column("firm") > 0,
        openness=np.clip(openness, 0, 1).astype(np.float32),
        size=np.rint(size).astype(np.int32),
        partnerships=np.empty((0, 2), np.int32),
    )
    if territory.organisation_ties is not None:
        partners = _observed(territory.organisation_ties, names, len(places.copy_scales))
    else:
        partners = _grown(territory, organisations, places, chance)
    return replace(organisations, partnerships=partners)


def sized(organisations: Organisations, association: Memberships) -> Organisations:
    """Organisations that residents belong to have as many members as were grown."""
    members = np.diff(association.by_focus).astype(np.int32)
    return replace(organisations, size=np.where(members > 0, members, organisations.size).astype(np.int32))


def _observed(pairs: tuple[tuple[str, str], ...], names: list[str], copies: int) -> NDArray[np.int32]:
    """The observed pairs, in every copy; those of organisations that a small scale lacks are left out."""
    number = {name: i for i, name in enumerate(names)}
    seen = set()
    for copy in range(copies):
        for pair in pairs:
            one, other = (number.get(name if copy == 0 else f"{name} ({copy + 1})") for name in pair)
            if one is not None and other is not None and one != other:
                seen.add((min(one, other), max(one, other)))
    return np.array(sorted(seen), np.int32).reshape(-1, 2)


def _grown(territory: Territory, organisations: Organisations, places: Places, chance: Chance) -> NDArray[np.int32]:
    """Partnerships at the start: near, of one's own sector or with a hub, and seldom across the firm's gate.

    Each pair of a copy has a weight and the heaviest draws win (Gulati & Gargiulo 1999: proximity and
    similarity first).
    """
    found_pairs = []
    copy_of = organisations.municipality.astype(np.int64) // len(territory.names)
    hub = np.isin(organisations.sector, [i for i, s in enumerate(organisations.sectors) if s in HUBS])
    half = territory.assumptions.commuting_distance.value
    for copy in range(len(places.copy_scales)):
        who = np.flatnonzero(copy_of == copy)
        if len(who) < 2:
            continue
        a, b = np.triu_indices(len(who), 1)
        one, other = who[a], who[b]
        km = places.distances[organisations.municipality[one], organisations.municipality[other]]
        weight = 1 / (1 + (km / half) ** 2)
        weight = weight * np.where(organisations.sector[one] == organisations.sector[other], 4.0, 1.0)
        weight = weight * np.where(hub[one] | hub[other], 4.0, 1.0)
        firms = organisations.firm[one].astype(np.int64) + organisations.firm[other]
        weight = weight * np.array([1.0, 0.15, 0.25])[firms]
        weight = weight * np.where(organisations.formal[one] & organisations.formal[other], 1.0, 0.5)
        civic = int((~organisations.firm[who]).sum())
        wanted = min(len(one), round(territory.assumptions.partnerships.value * civic / 2))
        rank = chance.uniform("growing.organisations.partnership", 0, one, other) / weight
        best = np.argpartition(rank, wanted)[:wanted] if wanted < len(rank) else np.arange(len(rank))
        found_pairs.append(np.stack([one[best], other[best]], 1))
    if not found_pairs:
        return np.empty((0, 2), np.int32)
    pairs = np.concatenate(found_pairs).astype(np.int32)
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
