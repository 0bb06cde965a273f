"""Scenarios and studies are read from files, or by the name of those that come with the package."""

from __future__ import annotations

import os
import pickle
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from simcomunita.calibration.reading import load_calibration
from simcomunita.configuration import ConfigurationError
from simcomunita.months import month_name, parse_month
from simcomunita.policy import Policy
from simcomunita.scenario import check_file, load_scenario, load_study, shipped_root
from simcomunita.scenario.scenario import Precision

CONFIGS = shipped_root()

SCENARIO = """\
name: mine
territory: ../territories/bassa_bresciana_orientale
start: 2016-02
end: 2019-09
costs: ../costs/lombardy.yaml
"""


@pytest.fixture
def configs(tmp_path):
    return Path(shutil.copytree(CONFIGS, tmp_path / "configs"))


@pytest.fixture
def scenario(configs):
    def write(more, **files):
        (configs / "scenarios/mine.yaml").write_text(SCENARIO + more)
        for name, text in files.items():
            (configs / f"scenarios/{name}.yaml").write_text(text)
        return load_scenario(configs / "scenarios/mine.yaml")

    return write


def test_the_project_runs_for_44_months_on_seven_municipalities():
    project = load_scenario("project")
    assert (month_name(project.start), month_name(project.end), project.months) == ("2016-02", "2019-09", 44)
    assert len(project.territory.names) == 7
    assert [policy.name for policy in project.policies] == ["project"]


def test_the_project_keeps_eleven_places_open_one_at_least_in_every_municipality():
    project = load_scenario("project")
    places = project.policies[0].places
    assert sum(places.values()) == 11
    assert set(places) == set(project.territory.names)
    assert min(places.values()) == 1


def test_the_study_branches_into_eight_facilitators_and_none():
    study = load_study("facilitators_8_vs_0")
    assert (month_name(study.branch_at), month_name(study.until), study.baseline) == (
        "2020-01",
        "2024-12",
        "none",
    )
    kept, paid = study.scenarios["eight"].policies
    assert paid.facilitators.number == 8
    assert study.scenarios["none"].policies == (kept,), "the futures differ in more than the people who are paid"
    assert kept.facilitators is None
    assert study.scenarios["eight"].label.it == "Otto facilitatori"
    assert study.seeds == 20


def test_the_history_of_a_study_ends_the_month_before_it_branches():
    study = load_study("facilitators_8_vs_0")
    assert month_name(study.history.end) == "2019-12"
    assert month_name(study.history.policies[0].until) == "2019-09"
    assert study.months == parse_month("2024-12") - parse_month("2016-02") + 1


@pytest.mark.parametrize(
    "name",
    [
        "facilitators_8_vs_0",
        "facilitators_8_vs_0.yaml",
        "studies/facilitators_8_vs_0",
        "configs/studies/facilitators_8_vs_0.yaml",
    ],
)
def test_what_comes_with_the_package_is_found_by_name_from_anywhere(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load_study(name).name == "facilitators_8_vs_0"
    assert check_file(name) == "study"


def test_a_file_of_ones_own_comes_before_one_of_the_package(configs, monkeypatch):
    monkeypatch.chdir(configs / "scenarios")
    (configs / "scenarios/project").write_text(SCENARIO)
    assert load_scenario("project").name == "mine"


@pytest.mark.parametrize(
    "name",
    ["../configs/studies/facilitators_8_vs_0", "studies/../../pyproject.toml", "", "a\0b", "costs/lombardy"],
)
def test_a_name_that_is_none_of_the_package_is_not_found(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationError):
        load_study(name)


def test_a_misspelt_name_is_corrected():
    with pytest.raises(ConfigurationError, match='Did you mean "facilitators_8_vs_0"'):
        load_study("facilitators_8vs0")


@pytest.mark.parametrize(
    ("said", "within", "relative"), [('"5 %"', 0.05, True), ("2.5%", 0.025, True), ("10", 10.0, False)]
)
def test_a_precision_is_a_share_of_the_difference_or_a_number(tmp_path, said, within, relative):
    configs = tmp_path / "configs"
    shutil.copytree(shipped_root(), configs)
    file = configs / "studies/facilitators_8_vs_0.yaml"
    without_seeds = file.read_text("utf-8").replace("seeds: 20\n", "")
    asked = f"precision: {{measure: active_now, within: {said}, at_most: 90}}\n"
    file.write_text(without_seeds + asked, "utf-8")
    study = load_study(file)
    assert study.precision == Precision("active_now", within, relative, 90)
    assert study.configuration_hash == load_study("facilitators_8_vs_0").configuration_hash


def test_a_study_is_not_taken_for_a_scenario():
    with pytest.raises(ConfigurationError, match=r"this is a study .* expected a scenario"):
        load_scenario(CONFIGS / "studies/facilitators_8_vs_0.yaml")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("studies/facilitators_8_vs_0.yaml", "study"),
        ("scenarios/project.yaml", "scenario"),
        ("policies/project.yaml", "policy"),
        ("policies/eight_facilitators.yaml", "policy"),
        ("costs/lombardy.yaml", "cost book"),
        ("territories/bassa_bresciana_orientale", "territory"),
        ("territories/bassa_bresciana_orientale/territory.yaml", "territory"),
    ],
)
def test_every_kind_of_file_is_recognised(path, kind):
    assert check_file(CONFIGS / path) == kind


def test_a_file_of_parameters_is_recognised(tmp_path):
    (tmp_path / "mine.yaml").write_text("erosion:\n  wear_friend: 0.1\n")
    assert check_file(tmp_path / "mine.yaml") == "set of parameters"


def test_every_file_that_comes_with_the_package_is_sound():
    for file in sorted(CONFIGS.glob("*/*.yaml")):
        if file.parent.name == "calibrations":
            assert load_calibration(file).name == file.stem
        else:
            check_file(file)


def test_policies_may_be_files_or_written_out(scenario):
    mine = scenario(
        "policies:\n  - ../policies/project.yaml\n  - {name: p, from: 2016-03, until: 2016-04, paperwork: 0}\n"
    )
    assert [(policy.name, month_name(policy.start)) for policy in mine.policies] == [
        ("project", "2016-02"),
        ("p", "2016-03"),
    ]


def test_mechanisms_are_switched_off_by_name(scenario):
    mine = scenario("mechanisms: {closure: off, erosion: on}\n")
    assert not mine.parameters.closure.on
    assert mine.parameters.erosion.on


def test_of_parameters_given_several_times_the_last_wins(scenario):
    mine = scenario(
        "parameters:\n  - a.yaml\n  - {erosion: {wear_friend: 0.12}}\n",
        a="erosion: {wear_friend: 0.11, wear_kin: 0.02}\n",
    )
    assert mine.parameters.erosion.wear_friend == 0.12
    assert mine.parameters.erosion.wear_kin == 0.02


def test_the_switch_of_a_scenario_wins_over_its_parameters(scenario):
    mine = scenario("parameters: {closure: {on: on}}\nmechanisms: {closure: off}\n")
    assert not mine.parameters.closure.on


def test_an_included_file_is_read_first(scenario):
    mine = scenario(
        "include: other.yaml\nmechanisms: {closure: off}\npolicies: [{name: own, from: 2016-02, until: 2016-03}]\n",
        other="name: other\nmechanisms: {erosion: off}\npolicies: [../policies/project.yaml]\n",
    )
    assert mine.name == "mine"
    assert (mine.parameters.closure.on, mine.parameters.erosion.on) == (False, False)
    assert [policy.name for policy in mine.policies] == ["project", "own"]


def test_names_in_an_included_file_are_relative_to_that_file(scenario, configs):
    (configs / "shared").mkdir()
    (configs / "shared/all.yaml").write_text("policies: [mine.yaml]\n")
    (configs / "shared/mine.yaml").write_text("name: shared\nfrom: 2016-02\nuntil: 2016-03\n")
    assert scenario("include: ../shared/all.yaml\n").policies[0].name == "shared"


def test_a_problem_in_an_included_policy_is_told_where_it_stands(scenario, configs):
    policies = "policies:\n  - {name: a, from: 2016-02, until: 2016-03}\n  - {name: b, from: 2016-02, until: 1016-03}\n"
    with pytest.raises(ConfigurationError) as raised:
        scenario("include: other.yaml\npolicies: [{name: c, from: 2016-02, until: 2016-13}]\n", other=policies)
    assert [(Path(p.file).name, p.line, p.key) for p in raised.value.problems] == [
        ("mine.yaml", 7, "policies[0].until"),
        ("other.yaml", 3, "policies[1].until"),
    ]


def test_all_that_is_wrong_in_all_files_is_told_at_once(scenario, configs):
    (configs / "costs/lombardy.yaml").write_text("name: 3\n")
    (configs / "policies/project.yaml").write_text("name: p\nfrom: 2016-02\nuntil: 2016-01\nplace: {}\n")
    with pytest.raises(ConfigurationError) as raised:
        scenario("policies: [../policies/project.yaml]\nmechanisms: {erosoin: off}\nparameters: {erosion: {half: 1}}\n")
    files = {Path(p.file).name for p in raised.value.problems}
    assert files == {"lombardy.yaml", "project.yaml", "mine.yaml"}
    assert {p.key for p in raised.value.problems} >= {
        "until",
        "place",
        "mechanisms.erosoin",
        "parameters.erosion.half",
    }


def test_a_territory_of_more_people_than_a_run_can_hold_is_refused(scenario, monkeypatch):
    monkeypatch.setattr("simcomunita.scenario.parts.MOST_RESIDENTS", 60_000)
    with pytest.raises(ConfigurationError, match="66,737 residents; expected at most 60,000"):
        scenario("")


# One file anywhere, without a folder "configs"

ALONE = """\
name: alone
question: What changes?
history: project
branch_at: 2020-01
until: 2024-12
baseline: none
scenarios:
  eight: {policies: [places_kept, eight_facilitators]}
  none: {policies: [places_kept]}
"""


@pytest.fixture
def alone(tmp_path):
    """Write files side by side and read the study among them."""

    def read(study=ALONE, **beside):
        for name, text in {"study": study, **beside}.items():
            (tmp_path / f"{name}.yaml").write_text(text)
        return load_study(tmp_path / "study.yaml")

    return read


def test_a_study_anywhere_names_what_comes_with_the_package(alone):
    study, shipped_one = alone(), load_study("facilitators_8_vs_0")
    assert study.configuration_hash == shipped_one.configuration_hash


def test_a_scenario_anywhere_names_its_territory_its_costs_and_its_policies(tmp_path):
    text = SCENARIO.replace("../territories/", "").replace("../costs/lombardy.yaml", "lombardy")
    (tmp_path / "mine.yaml").write_text(text + "policies: [project]\n")
    assert load_scenario(tmp_path / "mine.yaml").configuration_hash == load_scenario("project").configuration_hash


def test_a_shipped_study_can_be_copied_and_changed_anywhere(tmp_path):
    copied = Path(shutil.copy(CONFIGS / "studies/facilitators_8_vs_0.yaml", tmp_path / "mine.yaml"))
    assert load_study(copied).configuration_hash == load_study("facilitators_8_vs_0").configuration_hash


def test_what_is_included_may_come_with_the_package(tmp_path):
    (tmp_path / "mine.yaml").write_text("include: scenarios/project\nname: mine\nmechanisms: {closure: off}\n")
    mine, project = load_scenario(tmp_path / "mine.yaml"), load_scenario("project")
    assert (mine.name, mine.parameters.closure.on) == ("mine", False)
    assert (mine.territory.content_hash, mine.policies) == (project.territory.content_hash, project.policies)


def test_ones_own_file_goes_by_its_path(alone):
    own = "name: own\nfrom: 2020-01\nuntil: 2020-12\npaperwork: 0.1\n"
    study = alone(ALONE.replace("places_kept", "places_kept.yaml"), places_kept=own)
    assert study.scenarios["none"].policies[0].name == "own"


def test_where_a_path_leads_somewhere_it_wins_over_a_name(alone, tmp_path):
    (tmp_path / "places_kept").write_text("name: own\nfrom: 2020-01\nuntil: 2020-12\n")
    assert alone().scenarios["none"].policies[0].name == "own"


def test_a_name_that_could_be_ones_own_file_or_the_packages_is_asked_about(alone):
    with pytest.raises(ConfigurationError, match=r'expected "places_kept\.yaml" or "policies/places_kept"'):
        alone(places_kept="name: own\nfrom: 2020-01\nuntil: 2020-12\n")


def test_names_are_looked_for_in_ones_own_configs_first(scenario, configs):
    (configs / "policies/project.yaml").write_text("name: own\nfrom: 2016-02\nuntil: 2016-12\n")
    assert scenario("policies: [project]\n").policies[0].name == "own"


def test_a_path_that_leads_outside_is_told_the_shipped_name(alone):
    with pytest.raises(ConfigurationError, match='comes with the package: write "project"'):
        alone(ALONE.replace("history: project", "history: ../scenarios/project.yaml"))


def test_the_packages_own_folder_is_reached_by_name_only(alone, tmp_path):
    outside = os.path.relpath(CONFIGS / "scenarios/project.yaml", tmp_path)
    with pytest.raises(ConfigurationError, match="leads outside"):
        alone(ALONE.replace("history: project", f"history: {outside}"))


def test_the_study_that_the_documentation_shows_first_can_be_run(tmp_path):
    page = (CONFIGS.parent / "docs/configuration.md").read_text(encoding="utf-8")
    for number, text in enumerate(re.findall(r"```yaml\n(.*?)```", page, flags=re.DOTALL)[:1]):
        (tmp_path / f"{number}.yaml").write_text(text)
        assert load_study(tmp_path / f"{number}.yaml").scenarios["four"].policies[1].facilitators.number == 4


# The configuration hash


def test_the_hash_is_the_same_for_the_same_content_in_other_files(configs):
    assert (
        load_scenario(configs / "scenarios/project.yaml").configuration_hash
        == load_scenario("project").configuration_hash
    )


def test_names_comments_and_sources_leave_the_hash_alone(scenario, configs):
    plain = scenario("").configuration_hash
    book = configs / "costs/lombardy.yaml"
    book.write_text(book.read_text().replace("source: Assumption.", "source: my accounts"))
    assert scenario("# a comment\n").configuration_hash == plain
    assert replace(scenario(""), name="other").configuration_hash == plain


@pytest.mark.parametrize(
    "more",
    [
        "mechanisms: {closure: off}\n",
        "parameters: {erosion: {wear_friend: 0.1001}}\n",
        "policies: [{name: p, from: 2016-02, until: 2016-03}]\n",
    ],
)
def test_what_decides_a_result_changes_the_hash(scenario, more):
    assert scenario(more).configuration_hash != scenario("").configuration_hash


def test_dates_prices_and_the_territory_change_the_hash(scenario, configs):
    hashes = [scenario("").configuration_hash]
    hashes.append(replace(scenario(""), end=parse_month("2019-10")).configuration_hash)
    book = configs / "costs/lombardy.yaml"
    book.write_text(book.read_text().replace("37_000", "38_000"))
    hashes.append(scenario("").configuration_hash)
    table = configs / "territories/bassa_bresciana_orientale/municipalities.csv"
    table.write_text(table.read_text().replace("1521", "1522"))
    hashes.append(scenario("").configuration_hash)
    assert len(set(hashes)) == 4


def test_the_order_of_policies_decides_and_their_names_do_not(scenario):
    a, b = (f"{{name: {n}, from: 2016-02, until: 2016-03, paperwork: {w}}}" for n, w in (("a", 0.1), ("b", 0.2)))
    ab, ba = scenario(f"policies: [{a}, {b}]\n"), scenario(f"policies: [{b}, {a}]\n")
    renamed = scenario(f"policies: [{a.replace('name: a', 'name: c')}, {b}]\n")
    assert ab.configuration_hash != ba.configuration_hash
    assert ab.configuration_hash == renamed.configuration_hash


def test_more_seeds_leave_the_hash_of_a_study_alone_and_another_policy_does_not():
    study = load_study("facilitators_8_vs_0")
    assert replace(study, seeds=99).configuration_hash == study.configuration_hash
    nothing = Policy(name="p", start="2020-01", until="2020-01")
    none = replace(study.scenarios["none"], policies=(nothing,))
    assert replace(study, scenarios={**study.scenarios, "none": none}).configuration_hash != study.configuration_hash


def test_a_study_can_travel_between_processes():
    study = load_study("facilitators_8_vs_0")
    again = pickle.loads(pickle.dumps(study))
    assert again.configuration_hash == study.configuration_hash
    assert again.scenarios == study.scenarios
