from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simcomunita.claims import reading
from simcomunita.claims.reading import known_claims, load_claim, load_claims, load_ledger
from simcomunita.configuration import ConfigurationError
from simcomunita.experiment.draws import Design
from simcomunita.months import parse_month

Write = Callable[..., Path]


def said(file: Path) -> list[str]:
    """What is wrong with a claim, each as ``line key: message``."""
    with pytest.raises(ConfigurationError) as caught:
        load_claim(file)
    return [f"{problem.line} {problem.key}: {problem.message}" for problem in caught.value.problems]


def test_all_shipped_claims_can_be_read_and_say_where_the_project_makes_them():
    claims = load_claims()
    assert [claim.name for claim in claims] == known_claims(), "a claim has the name of its file"
    assert len(claims) >= 8
    for claim in claims:
        assert claim.source.startswith("Genera_azioni slides, p. "), claim.name
        assert claim.title.en, claim.name


def test_the_ledger_can_be_read():
    assert load_ledger().draws >= 8


def test_arms_begin_with_the_scenario_and_are_funded_as_long_as_they_are_lived(write: Write):
    claim = load_claim(write())
    (project,) = claim.arms["helped"].policies
    assert (project.start, project.until) == (parse_month("2016-02"), parse_month("2016-05"))
    assert claim.arms["alone"].policies == ()
    assert claim.history.policies == ()


def test_a_policy_like_another_differs_in_what_is_written_only(write: Write):
    like = "[{like: project, from: 2016-04, paperwork: 0.9, facilitators: {hours: {map: 0, hook: 0.3}}}]"
    (changed,) = load_claim(write(("[project]", like))).arms["helped"].policies
    (project,) = load_claim(write()).arms["helped"].policies
    assert (changed.start, changed.paperwork) == (parse_month("2016-04"), 0.9)
    assert changed.facilitators is not None
    assert project.facilitators is not None
    assert (changed.facilitators.hours.map, changed.facilitators.hours.hook) == (0.0, 0.3)
    assert changed.facilitators.hours.casework == project.facilitators.hours.casework
    assert (changed.places, changed.housing) == (project.places, project.housing)


def test_calls_for_ideas_are_those_that_fall_into_the_months_lived(write: Write):
    claim = load_claim(write(("until: 2016-05\narms", "until: 2017-12\narms")))
    assert [call.month for call in claim.arms["helped"].policies[0].calls] == [parse_month("2017-10")]
    assert load_claim(write()).arms["helped"].policies[0].calls == ()


def test_arms_that_part_later_share_the_past_with_what_was_funded_then(write: Write):
    claim = load_claim(write(("until: 2016-05\narms", "branch_at: 2016-04\nuntil: 2016-05\narms")))
    (trunk,) = claim.trunks(Design(1), 0)
    assert [(p.name, p.start, p.until) for p in trunk.history.policies] == [
        ("project", parse_month("2016-02"), parse_month("2016-03"))
    ]
    assert {name: [p.start for p in policies] for name, policies in trunk.branches.items()} == {
        "helped": [parse_month("2016-04")],
        "alone": [],
    }


def test_arms_that_hold_parameters_or_switches_live_their_own_lives_whatever_is_drawn(write: Write):
    held = "alone: {parameters: {erosion: {wear_friend: 0.111}}, mechanisms: {closure: off}}"
    claim = load_claim(write(("alone: {}", held)))
    helped, alone = claim.trunks(Design(1), 3)
    assert (list(helped.branches), list(alone.branches)) == (["helped"], ["alone"])
    assert alone.history.parameters.erosion.wear_friend == 0.111
    assert not alone.history.parameters.closure.on
    assert helped.history.parameters.closure.on
    assert alone.history.parameters.meetings == helped.history.parameters.meetings, "all else is drawn alike"


def test_all_that_is_wrong_is_told_at_once_with_its_line_and_the_nearest_name(write: Write):
    file = write(
        ("name: short", "name: my claim"),
        ("source: a test", "sorce: a test"),
        ("helped: {policies: [project]}", "helped: {policies: [projct]}"),
        ("alone: {}", "alone: {mechanisms: {closur: off}, parameters: {erosion: {wear_frend: 0.1}}}"),
        ("measure: citizens_reached", "measure: [citizens_reachd, contacts]"),
        ("over: 2016-05", "over: {from: 2016-05, until: 2019-05}"),
        ("    measure: active_now", "    measure: active_now\n    per: conacts"),
        ("expect: higher", "expect: up"),
    )
    assert [problem.split(": ", 1)[0] for problem in said(file)] == [
        "1 name",
        "1 source",
        "4 sorce",
        "8 arms.helped.policies[0]",
        "9 arms.alone.mechanisms.closur",
        "9 arms.alone.parameters.erosion.wear_frend",
        "14 contrasts[0].measure[0]",
        "16 contrasts[0].expect",
        "21 contrasts[1].per",
        "22 contrasts[1].over",
        "23 contrasts[1].expect",
    ]
    together = "\n".join(said(file))
    for meant in ("source", "project", "closure", "wear_friend", "citizens_reached", "contacts"):
        assert f'Did you mean "{meant}"?' in together


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("arms: [helped, alone]", "arms: [helped]", '"difference" takes 2'),
        ("arms: [helped, alone]", "arms: [helped, alnoe]", 'Did you mean "alone"'),
        ("kind: difference", "kind: diference", 'Did you mean "difference"'),
        ("kind: difference", "kind: widening", '"since" is missing; "widening" needs it'),
        ("expect: higher", "expect: higher\n    number: 3", '"difference" does not use it'),
        ("expect: higher", "expect: higher\n    matters: 0", "above 0"),
        ("until: 2016-05\narms", "until: 2015-05\narms", "before the arms begin"),
        ("until: 2016-05\narms", "until: 2916-05\narms", "no month"),
        ("until: 2016-05\narms", "until: 2096-05\narms", "expected at most 600"),
        ("until: 2016-05\narms", "branch_at: 2015-01\nuntil: 2016-05\narms", "the history begins in 2016-02"),
        ("until: 2016-05\narms", "history: projct\nuntil: 2016-05\narms", 'Did you mean "project"'),
        ("until: 2016-05\narms", "history: 7\nuntil: 2016-05\narms", "name of a scenario"),
        ("[project]", "[{like: project, facilitators: {hours: {map: 0.9}}}]", "the shares add up to 1.8"),
        ("[project]", "[{name: other, places: {Milano: 1}}]", "no municipality of this territory"),
        ("[project]", "[7]", "expected the name of a policy"),
        ("[project]", "project", "expected a list of policies"),
        ("[project]", "[../../../../etc/passwd]", "no"),
    ],
)
def test_each_way_of_being_wrong_is_told(write: Write, old: str, new: str, message: str):
    assert message in "\n".join(said(write((old, new))))


def test_a_claim_without_parts_is_refused(write: Write):
    file = write()
    file.write_text(file.read_text().split("contrasts:")[0] + "contrasts: []\n")
    assert "expected one at least" in "\n".join(said(file))


def test_an_unknown_name_is_told_with_the_nearest():
    with pytest.raises(ConfigurationError, match='Did you mean "hook"'):
        load_claims(["hok"])


def test_an_installed_package_has_its_claims_beside_its_configurations(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(reading, "__file__", str(tmp_path / "simcomunita" / "claims" / "reading.py"))
    shipped = tmp_path / "simcomunita" / "configs" / "claims"
    shipped.mkdir(parents=True)
    assert reading.home() == shipped.resolve()
