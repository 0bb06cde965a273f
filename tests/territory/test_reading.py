from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from simcomunita.configuration import ConfigurationError
from simcomunita.territory import Territory, read_territory

REAL = Path(__file__).parents[2] / "configs" / "territories" / "bassa_bresciana_orientale"


def test_the_real_territory_has_its_published_population(real: Territory) -> None:
    assert real.residents == 66_737
    assert dict(zip(real.names, real.population.tolist(), strict=True)) == {
        "Acquafredda": 1521,
        "Calcinato": 12908,
        "Calvisano": 8473,
        "Carpenedolo": 12947,
        "Montichiari": 25569,
        "Remedello": 3352,
        "Visano": 1967,
    }


def test_the_real_territory_has_the_fourteen_published_outcomes(real: Territory) -> None:
    published = {o.outcome: o.published for o in real.outcomes}
    assert len(published) == 14
    assert published["citizens_reached"] == 5932
    assert published["vulnerable_participation_share"] == 0.49


def test_the_real_non_profits_are_between_320_and_390(real: Territory) -> None:
    public_or_informal = {"firm", "municipality", "ambito_office", "health_service", "library", "care_home",
                          "comprehensive_school", "upper_secondary_school", "informal_group",
                          "bank_or_credit_cooperative"}  # fmt: skip
    assert 320 <= sum(r.number for r in real.organisation_rows if r.kind not in public_or_informal) <= 390


def test_firms_of_ten_employees_and_more_are_the_organisations_that_are_firms(real: Territory) -> None:
    assert sum(r.number for r in real.firm_rows) == 5600
    large = sum(r.number for r in real.firm_rows if r.from_employees >= 10)
    assert sum(r.number for r in real.organisation_rows if r.firm) == large


def test_distances_are_symmetric_and_longer_than_the_straight_line(real: Territory) -> None:
    from simcomunita.territory.description import great_circle

    assert np.array_equal(real.distances, real.distances.T)
    assert (np.diag(real.distances) == 0).all()
    assert (real.distances >= great_circle(real.municipalities) - 0.1).all()


def test_the_hash_changes_with_any_file(valley: Path) -> None:
    before = read_territory(valley).content_hash
    assert read_territory(valley).content_hash == before
    with (valley / "needs.csv").open("a") as file:
        file.write("# a comment\n")
    assert read_territory(valley).content_hash != before


def test_a_territory_is_read_from_its_folder_or_its_file(valley: Path) -> None:
    assert read_territory(valley).content_hash == read_territory(valley / "territory.yaml").content_hash


def test_names_of_organisations_are_the_same_at_every_scale(real: Territory) -> None:
    whole = {plan.name for plan in real.organisation_plan}
    assert len(whole) == len(real.organisation_plan)
    assert {plan.name for plan in real.plan_organisations(0.1)} < whole


def change(old: str, new: str) -> Callable[[str], str]:
    def changed(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return changed


# file, change, line, words that the message must hold
# ruff: noqa: E501 (a line a case)

BROKEN = {
    "a share that is text": ("vulnerability.csv", change("0.2,0.16", "many,0.16"), 3, "expected a number"),
    "a decimal comma": ("vulnerability.csv", change("0.2,0.16", '"0,2",0.16'), 3, "0.2"),
    "a share above one": ("vulnerability.csv", change("0.2,0.16,0.24", "1.2,0.16,1.24"), 3, "from 0 to 1"),
    "a value outside its range": ("volunteers.csv", change("0.12,0.1", "0.3,0.1"), 3, "outside its range"),
    "no source": ("jobs.csv", change(",invented", ","), 3, "source"),
    "shares that do not add up": ("households.csv", change("0.28,0.238", "0.25,0.238"), 8, "add up to 0.97"),
    "an unknown municipality": ("jobs.csv", change("Borgo", "Borga"), 4, 'Did you mean "Borgo"?'),
    "a municipality left out": ("jobs.csv", change("Borgo,0.3,0.24,0.36,invented\n", ""), None, "Borgo"),
    "a municipality twice": ("jobs.csv", change("Borgo", "Pieve"), 4, "given twice"),
    "a column left out": ("age_bands.csv", change("from_age", "start"), 3, "this column is missing"),
    "a column too many": ("needs.csv", change("area,", "area,colour,"), 2, "unknown column"),
    "a gap between age bands": ("age_bands.csv", change("6-13,6,13", "6-13,7,13"), None, "starts at 7"),
    "an unknown area": ("needs.csv", change("housing,0", "houses,0"), 3, "housing"),
    "ages the wrong way round": ("needs.csv", change("0,17", "17,0"), 3, "before from_age"),
    "members that do not add up": ("household_types.csv", change("2,2,0,0", "2,2,1,0"), 4, "add up to the size"),
    "a negative number": ("firms.csv", change("1,1,170,140", "1,1,-4,-5"), 3, "from 0"),
    "a huge number": ("firms.csv", change("1,1,170,140,200", "1,1,1e30,140,1e31"), 3, "number"),
    "a name for several": ("organisations.csv", change("Pieve,1,1,1,1,0.5", "Pieve,2,1,2,1,0.5"), 10, "number must be 1"),
    "no people": ("municipalities.csv", change(",2400,", ",0,"), 4, "from 1 to 2,000,000"),
    "too many people": ("municipalities.csv", change(",2400,", ",2000001,"), 4, "from 1 to 2,000,000"),
    "a latitude beyond the pole": ("municipalities.csv", change("45.4,", "95.4,"), 4, "from -90 to 90"),
    "a year without population": ("territory.yaml", change("year: 2019", "year: 2018"), None, "population_2018"),
    "an unknown key": ("territory.yaml", change("  class_size:", "  clas_size:"), None, '"class_size"'),
    "a target out of range": ("territory.yaml", change("support: {value: 4.5", "support: {value: 7.5"), None, "outside its range"),
    "a file outside": ("territory.yaml", change("needs: needs.csv", "needs: ../needs.csv"), None, "outside the territory"),
    "a file that is not there": ("territory.yaml", change("needs: needs.csv", "needs: need.csv"), None, 'Did you mean "needs.csv"?'),
    "a profile that lacks a band": ("age_profiles.csv", change("employed,18-24", "employed,25-34"), None, "employed, 18-24 is missing"),
    "an attitude left out": ("attitudes.csv", change("trust,no,no,", "trust,no,yes,"), None, "trust, no, no is missing"),
    "more households than adults": (
        "age_bands.csv",
        lambda text: text.replace("0-5,0,5,0.05,", "0-5,0,5,0.75,").replace("0.045,0.055", "0.045,0.8"),
        None,
        "add up",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_territory_is_refused_with_place_and_reason(case: str, valley: Path) -> None:
    name, changed, line, words = BROKEN[case]
    path = valley / name
    path.write_text(changed(path.read_text()))
    with pytest.raises(ConfigurationError) as caught:
        read_territory(valley)
    problems = [p for p in caught.value.problems if words in p.message or words in p.key]
    assert problems, str(caught.value)
    if line is not None:
        assert line in {p.line for p in problems}, str(caught.value)
    assert "Traceback" not in str(caught.value)


def test_a_place_with_more_households_than_adults_is_refused(valley: Path) -> None:
    path = valley / "households.csv"
    kept = [line for line in path.read_text().splitlines() if not line.startswith("Pieve")]
    kept += [f"Pieve,{size},{share},0,1,invented" for size, share in enumerate([1, 0, 0, 0, 0, 0], 1)]
    path.write_text("\n".join(kept))
    with pytest.raises(ConfigurationError, match="every household needs an adult"):
        read_territory(valley)


def test_problems_of_several_files_come_together(valley: Path) -> None:
    for name, old, new in (
        ("jobs.csv", "Borgo", "Borga"),
        ("needs.csv", "housing,0", "houses,0"),
        ("territory.yaml", "value: 4.5", "value: none"),
    ):
        path = valley / name
        path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(ConfigurationError) as caught:
        read_territory(valley)
    assert {Path(p.file).name for p in caught.value.problems} >= {"jobs.csv", "needs.csv", "territory.yaml"}


def observe(valley: Path, name: str, text: str) -> None:
    (valley / name).write_text(text)
    top = valley / "territory.yaml"
    top.write_text(top.read_text().replace("organisation_ties: ~", f"organisation_ties: {name}"))


GRAPHML = """<?xml version="1.0"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="node" attr.name="label" attr.type="string"/>
<graph edgedefault="undirected">
<node id="a"><data key="d0">Comune di Pieve</data></node>
<node id="b"><data key="d0">Biblioteca di Pieve</data></node>
<node id="Comune di Borgo"/>
<edge source="a" target="b"/><edge source="b" target="a"/><edge source="a" target="Comune di Borgo"/>
</graph></graphml>
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("seen.csv", "from,to\nComune di Pieve,Biblioteca di Pieve\nComune di Borgo,Comune di Pieve\n"),
        ("seen.graphml", GRAPHML),
    ],
)
def test_an_observed_network_replaces_the_grown_one(name: str, text: str, valley: Path) -> None:
    from simcomunita.territory import grow

    observe(valley, name, text)
    organisations = grow(read_territory(valley), 1).organisations
    pairs = {frozenset((organisations.names[a], organisations.names[b])) for a, b in organisations.partnerships}
    assert pairs == {
        frozenset(("Comune di Pieve", "Biblioteca di Pieve")),
        frozenset(("Comune di Pieve", "Comune di Borgo")),
    }
    assert (organisations.partnerships[:, 0] < organisations.partnerships[:, 1]).all()


def test_an_unknown_organisation_is_refused_with_the_nearest_name(valley: Path) -> None:
    observe(valley, "seen.csv", "from,to\nComune di Pieve,Biblioteca di Pive\n")
    with pytest.raises(ConfigurationError, match='Did you mean "Biblioteca di Pieve"') as caught:
        read_territory(valley)
    assert caught.value.problems[0].line == 2


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE g [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><graphml><graph/></graphml>',
        '<!DOCTYPE g SYSTEM "file:///etc/passwd"><graphml><graph/></graphml>',
        "<graphml><graph></graphml>",
        "<svg/>",
        "",
        "<graphml>" + "<graph>" * 100,
        '<graphml><graph><edge source="a"/></graph></graphml>',
    ],
)
def test_dangerous_or_broken_graphml_is_refused(text: str, valley: Path) -> None:
    observe(valley, "seen.graphml", text)
    with pytest.raises(ConfigurationError) as caught:
        read_territory(valley)
    assert len(caught.value.problems) == 1
