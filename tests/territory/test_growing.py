from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from simcomunita.network import FormedBy, Memberships, TieKind, Ties, measures
from simcomunita.territory import GROWN_UP, Population, Territory, grow, read_territory
from simcomunita.territory.growing.apportionment import apportioned
from simcomunita.territory.growing.households import households_by_size
from simcomunita.territory.rows import ADULT


def arrays(population: Population) -> Iterator[tuple[str, NDArray[np.generic]]]:
    for holder in (population, population.organisations, population.school, population.work,
                   population.association, population.ties):  # fmt: skip
        for field in fields(holder):
            value = getattr(holder, field.name)
            if isinstance(value, np.ndarray):
                yield f"{type(holder).__name__}.{field.name}", value


def test_the_same_seed_grows_the_same_people_bit_for_bit(real: Territory) -> None:
    one, two = grow(real, 7, 0.05), grow(real, 7, 0.05)
    for (name, a), (_, b) in zip(arrays(one), arrays(two), strict=True):
        assert a.dtype == b.dtype, name
        assert a.tobytes() == b.tobytes(), name


def test_another_seed_grows_other_ties(real: Territory) -> None:
    assert grow(real, 1, 0.02).ties.second.tobytes() != grow(real, 2, 0.02).ties.second.tobytes()


def test_residents_age_bands_and_origins_are_exact_by_municipality(real: Territory, everybody: Population) -> None:
    for m in range(len(real.names)):
        of = everybody.municipality == m
        assert of.sum() == real.population[m]
        for shares, column in ((real.age_shares, everybody.band), (real.origin_shares, everybody.origin)):
            asked = apportioned(shares[m], int(real.population[m]))
            assert np.array_equal(np.bincount(column[of], minlength=len(asked)), asked)


def test_ages_lie_in_their_bands(real: Territory, everybody: Population) -> None:
    low = np.array([b[1] for b in real.bands])[everybody.band]
    high = np.array([b[2] for b in real.bands])[everybody.band]
    assert ((everybody.age >= low) & (everybody.age <= high)).all()


def test_households_by_size_are_within_one_in_a_hundred(real: Territory, everybody: Population) -> None:
    grown = households_by_size(everybody.household_start)
    mean = real.household_shares @ np.arange(1, 7)
    asked = (real.household_shares * (real.population / mean)[:, None]).sum(0)
    assert np.abs(grown / asked - 1).max() < 0.01


def test_the_vulnerable_and_the_volunteers_are_exact_by_municipality(real: Territory, everybody: Population) -> None:
    for m in range(len(real.names)):
        of = everybody.municipality == m
        assert everybody.vulnerable[of].sum() == round(real.vulnerable_shares[m] * of.sum())
        adults = of & (everybody.age >= ADULT)
        assert everybody.volunteer[adults].sum() == round(real.volunteer_shares[m] * adults.sum())
    assert not everybody.volunteer[everybody.age < ADULT].any()


def test_every_household_has_an_adult(everybody: Population) -> None:
    adults = np.add.reduceat((everybody.age >= ADULT).astype(int), everybody.household_start[:-1])
    assert adults.min() >= 1


def test_residents_are_numbered_by_municipality_neighbourhood_and_household(everybody: Population) -> None:
    for column in (everybody.municipality, everybody.neighbourhood, everybody.household):
        assert (np.diff(column.astype(np.int64)) >= 0).all()
    homes, hoods = everybody.household_start, everybody.neighbourhood_start
    assert homes[0] == hoods[0] == 0
    assert homes[-1] == hoods[-1] == len(everybody)
    # Households lie in one neighbourhood, neighbourhoods in one municipality.
    assert np.isin(hoods, homes).all()
    assert np.isin(np.flatnonzero(np.diff(everybody.municipality)) + 1, hoods).all()


def test_neighbourhoods_have_400_to_600_residents(everybody: Population) -> None:
    size = np.diff(everybody.neighbourhood_start)
    assert size.min() >= 400
    assert size.max() <= 600


def test_children_are_raised_by_people_at_least_15_years_older(everybody: Population) -> None:
    eldest = np.maximum.reduceat(everybody.age, everybody.household_start[:-1]).astype(int)
    minors = everybody.age < ADULT
    assert (eldest[everybody.household[minors]] - everybody.age[minors] >= 15).mean() > 0.999


def test_ties_hold_their_invariants_and_begin_before_the_first_month(everybody: Population) -> None:
    everybody.ties.check()
    assert everybody.ties.since.max() <= 24193
    assert everybody.ties.since.dtype == np.int16
    assert (everybody.ties.strength > 0).all()
    strong = everybody.ties.strength >= 0.6
    assert everybody.ties.since[strong].mean() < everybody.ties.since[~strong].mean()


def test_personal_networks_have_the_sizes_asked_for(real: Territory, everybody: Population) -> None:
    ties = everybody.ties
    assert measures.mean_support_ties(ties) == pytest.approx(real.targets.support.value, abs=0.01)
    assert measures.mean_sympathy_ties(ties) == pytest.approx(real.targets.sympathy.value, abs=0.05)
    assert measures.isolated_share(ties, everybody.grown_up) == pytest.approx(0.19, abs=0.002)
    foci = (everybody.school, everybody.work, everybody.association)
    assert 30 <= measures.wider_contacts(ties, foci).mean() <= 50
    assert 0.2 <= measures.mean_clustering(ties) <= 0.45
    assert 13 <= ties.degree().mean() <= 14


def test_like_is_tied_to_like(everybody: Population) -> None:
    for group, factor in (
        (everybody.origin, 1.15),
        (everybody.vulnerable.astype(int), 1.05),
        (everybody.band, 2),
    ):
        by_chance = measures.same_group_by_chance(group)
        assert measures.same_group_share(everybody.ties, group) > factor * by_chance


def test_children_have_only_household_kin_and_class_ties(everybody: Population) -> None:
    child = everybody.age < GROWN_UP
    ties = everybody.ties
    formed = ties.formed_by[child[ties.first] | child[ties.second]]
    assert set(np.unique(formed)) <= {FormedBy.HOUSEHOLD, FormedBy.KINSHIP, FormedBy.SCHOOL}
    for focus in (everybody.work, everybody.association):
        assert not child[focus.person].any()


def test_everybody_in_a_household_is_kin_and_knows_each_other(everybody: Population) -> None:
    ties, size = everybody.ties, np.diff(everybody.household_start).astype(np.int64)
    inside = everybody.household[ties.first] == everybody.household[ties.second]
    assert inside.sum() == (size * (size - 1) // 2).sum()
    assert (ties.kind[inside] == TieKind.KIN).all()


def test_ties_by_a_focus_join_people_who_share_it(everybody: Population) -> None:
    for focus, formed in ((everybody.work, FormedBy.WORK), (everybody.association, FormedBy.ASSOCIATION)):
        for e in np.flatnonzero(everybody.ties.formed_by == formed)[:300]:
            a, b = everybody.ties.first[e], everybody.ties.second[e]
            assert np.intersect1d(focus.foci(a), focus.foci(b)).size > 0


def test_foci_have_plausible_sizes(real: Territory, everybody: Population) -> None:
    teams = np.diff(everybody.work.by_focus)
    assert teams.max() <= real.assumptions.team_at_most.value
    assert (everybody.age[everybody.work.person] >= 18).all()
    assert (everybody.age[everybody.work.person] <= 64).all()
    pupils = np.bincount(
        everybody.school.focus[everybody.age[everybody.school.person] <= 18],
        minlength=everybody.school.n_foci,
    )
    assert 18 <= pupils.mean() <= 25
    assert everybody.association.n_foci == len(everybody.organisations)


def test_members_belong_to_organisations_that_have_members(real: Territory, everybody: Population) -> None:
    kinds = {r.kind for r in real.organisation_rows if r.members}
    joined = np.flatnonzero(np.diff(everybody.association.by_focus))
    assert {everybody.organisations.kinds[k] for k in everybody.organisations.kind[joined]} <= kinds
    volunteers = np.flatnonzero(everybody.volunteer)
    assert (np.diff(everybody.association.by_person)[volunteers] >= 1).all()


def test_sociability_has_mean_one_and_is_skewed(everybody: Population) -> None:
    assert everybody.sociability.mean() == pytest.approx(1, abs=1e-3)
    assert np.median(everybody.sociability) < 0.95


@pytest.mark.parametrize("scale", [0.0003, 0.001, 0.01, 0.1])
def test_a_small_scale_grows_too(scale: float, real: Territory) -> None:
    population = grow(real, 3, scale)
    population.ties.check()
    assert len(population) == round(real.residents * scale)
    adults = np.add.reduceat((population.age >= ADULT).astype(int), population.household_start[:-1])
    assert adults.min() >= 1


def test_copies_of_a_territory_have_no_ties_or_shared_foci_between_them(valley: Path) -> None:
    territory = read_territory(valley)
    population = grow(territory, 1, 2.5)
    assert len(population) == 10_500
    assert len(population.municipalities) == 9
    copy = population.municipality // 3
    ties = population.ties
    assert (copy[ties.first] == copy[ties.second]).all()
    for focus in (population.school, population.work, population.association):
        lowest = np.full(focus.n_foci, 9)
        highest = np.full(focus.n_foci, -1)
        np.minimum.at(lowest, focus.focus, copy[focus.person])
        np.maximum.at(highest, focus.focus, copy[focus.person])
        used = highest >= 0
        assert (lowest[used] == highest[used]).all()
    pairs = population.organisations.municipality[population.organisations.partnerships] // 3
    assert (pairs[:, 0] == pairs[:, 1]).all()
    assert np.isinf(population.distances[0, 3])
    assert population.distances[3, 4] == population.distances[0, 1]


@pytest.mark.parametrize("scale", [0, -1, 1e9, float("nan")])
def test_an_impossible_scale_is_refused(scale: float, real: Territory) -> None:
    with pytest.raises(ValueError, match="a scale is a number"):
        grow(real, 1, scale)


def test_changing_volunteering_leaves_ages_and_households_alone(valley: Path) -> None:
    before = grow(read_territory(valley), 1)
    path = valley / "volunteers.csv"
    path.write_text(path.read_text().replace("0.12,", "0.14,"))
    after = grow(read_territory(valley), 1)
    for name in ("age", "origin", "household", "vulnerability", "needs", "trust"):
        assert getattr(before, name).tobytes() == getattr(after, name).tobytes()
    assert after.volunteer.sum() > before.volunteer.sum()


def test_whole_numbers_from_shares_miss_none_by_more_than_one() -> None:
    counts = apportioned([0.333, 0.333, 0.334], 100)
    assert counts.sum() == 100
    assert np.abs(counts - np.array([33.3, 33.3, 33.4])).max() < 1
    assert apportioned([1, 1, 1], 1).tolist() == [1, 0, 0]


def test_memberships_and_ties_are_what_the_model_expects(everybody: Population) -> None:
    assert isinstance(everybody.ties, Ties)
    for focus in (everybody.school, everybody.work, everybody.association):
        assert isinstance(focus, Memberships)
        assert focus.n_people == len(everybody)


def test_more_than_255_municipalities_are_told_apart(valley: Path) -> None:
    population = grow(read_territory(valley), 1, 86)
    assert population.municipality.dtype == np.uint16
    assert len(np.unique(population.municipality)) == 258


@pytest.mark.parametrize("name", ["organisations.csv", "firms.csv", "needs.csv", "distances.csv"])
def test_a_territory_without_organisations_firms_needs_or_distances_grows(name: str, valley: Path) -> None:
    path = valley / name
    head = next(line for line in path.read_text().splitlines() if not line.startswith("#"))
    path.write_text(head + "\n")
    population = grow(read_territory(valley), 1, 0.3)
    population.ties.check()
    assert measures.mean_support_ties(population.ties) == pytest.approx(4.5, abs=0.01)
