from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from experiments.speed import commands, measuring, parallel, residents, three_mechanisms, whole_run
from experiments.speed.arrays import ArrayCommunity
from experiments.speed.measuring import Effort, Task, Time
from experiments.speed.objects import ObjectCommunity
from experiments.speed.phases import phases
from experiments.speed.tables import table
from experiments.speed.workload import Rules, Start
from simcomunita import CommunityModel, grow, load_scenario
from simcomunita.scenario import Scenario
from simcomunita.territory import Population

TINY = Effort(
    repetitions=1,
    run_turns=1,
    run_scale=0.01,
    scales=(0.01, 0.02),
    warm_up_months=1,
    months=1,
    object_months=((0.01, 2),),
    answers=1,
    thorough=False,
)
PARTS = {
    part.__name__.rpartition(".")[2]: part for part in (whole_run, residents, three_mechanisms, commands, parallel)
}
STILL = Rules(wear=0.0, joining=0.0, noise=0.0, tries=0.0)
"""Nothing happens."""

Community = ArrayCommunity | ObjectCommunity
Make = Callable[[Start, Rules, int], Any]


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load_scenario(whole_run.SCENARIO)


@pytest.fixture(scope="module")
def population(scenario: Scenario) -> Population:
    return grow(scenario.territory, seed=1, scale=0.015)


@pytest.fixture(params=[ArrayCommunity, ObjectCommunity])
def make(request: pytest.FixtureRequest) -> Make:
    made: Make = request.param
    return made


def start(n: int, ties: dict[tuple[int, int], float], active: tuple[int, ...] = ()) -> Start:
    pairs = sorted(ties)
    first, second = (np.array([pair[end] for pair in pairs], np.int32) for end in (0, 1))
    strength = np.array([ties[pair] for pair in pairs], np.float32)
    return Start(n, first, second, strength, np.isin(np.arange(n), active))


def ties_of(community: Community) -> dict[tuple[int, int], float]:
    if isinstance(community, ArrayCommunity):
        columns = community.first.tolist(), community.second.tolist(), community.strength.tolist()
        return {(a, b): s for a, b, s in zip(*columns, strict=True)}
    number = {resident: k for k, resident in enumerate(community.graph)}
    return {
        (min(number[a], number[b]), max(number[a], number[b])): s for a, b, s in community.graph.edges(data="strength")
    }


def takes_part(community: Community) -> list[bool]:
    if isinstance(community, ArrayCommunity):
        return list(community.active.tolist())
    return [resident.active for resident in community.graph]


# -- what the two prototypes do ------------------------------------------------------------------------------------


def test_nothing_happens_where_all_rates_are_zero(make: Make) -> None:
    ties = {(0, 1): 0.5, (1, 2): 0.75}
    community = make(start(3, ties, (0,)), STILL, 1)
    community.step()
    assert ties_of(community) == ties
    assert takes_part(community) == [True, False, False]


def test_every_tie_wears_down_once_a_month(make: Make) -> None:
    community = make(start(4, {(0, 1): 0.9, (0, 2): 0.5, (2, 3): 0.8}), replace(STILL, wear=0.1), 1)
    community.step()
    assert ties_of(community) == pytest.approx({(0, 1): 0.81, (0, 2): 0.45, (2, 3): 0.72})


def test_only_weak_ties_dissolve(make: Make) -> None:
    community = make(start(3, {(0, 1): 0.9, (1, 2): 0.21}), replace(STILL, wear=0.1), 1)
    community.step()
    assert list(ties_of(community)) == [(0, 1)]
    assert community.ties == 1


def test_people_join_in_only_with_enough_company(make: Make) -> None:
    # Person 0 has two tied people who take part, person 1 has one.
    begin = start(5, {(0, 2): 0.8, (0, 3): 0.8, (1, 4): 1.0}, (2, 3, 4))
    community = make(begin, replace(STILL, joining=1.0), 1)
    community.step()
    assert takes_part(community) == [True, False, True, True, True]
    assert community.taking_part == 4


def test_friends_of_friends_meet_and_nobody_else(make: Make) -> None:
    # A path of three, and a pair apart: only 0 and 2 have a friend in common.
    community = make(start(5, {(0, 1): 1.0, (1, 2): 1.0, (3, 4): 1.0}), replace(STILL, tries=1.0, again=0.0), 1)
    for _ in range(20):
        community.step()
    assert ties_of(community) == {(0, 1): 1.0, (0, 2): 0.25, (1, 2): 1.0, (3, 4): 1.0}


def test_a_further_occasion_strengthens_a_tie(make: Make) -> None:
    community = make(start(3, {(0, 1): 0.9, (0, 2): 0.9, (1, 2): 0.9}), replace(STILL, tries=1.0, again=0.5), 1)
    for _ in range(10):
        community.step()
    strengths = ties_of(community)
    assert len(strengths) == 3
    assert min(strengths.values()) > 0.9
    assert max(strengths.values()) <= 1


def test_arrays_keep_their_ties_sorted_and_single(population: Population) -> None:
    community = ArrayCommunity(Start.of(population), Rules(), 1)
    for _ in range(6):
        community.step()
    pair = community.first.astype(np.int64) * community.n + community.second
    assert (np.diff(pair) > 0).all()
    assert (community.first < community.second).all()


def test_arrays_and_objects_come_to_like_numbers(population: Population) -> None:
    begin = Start.of(population)
    both = [made(begin, Rules(joining=0.05), 1) for made in (ArrayCommunity, ObjectCommunity)]
    for _ in range(24):
        for community in both:
            community.step()
    arrays, objects = both
    assert arrays.ties != len(begin.first)
    assert arrays.ties == pytest.approx(objects.ties, rel=0.02)
    assert min(arrays.taking_part, objects.taking_part) > 1.5 * begin.active.sum()
    assert arrays.taking_part == pytest.approx(objects.taking_part, rel=0.1)


def test_a_prototype_leaves_the_first_ties_as_they_were(make: Make, population: Population) -> None:
    before = population.ties.strength.copy(), population.volunteer.copy()
    make(Start.of(population), Rules(), 1).step()
    assert np.array_equal(population.ties.strength, before[0])
    assert np.array_equal(population.volunteer, before[1])


def test_the_product_does_the_three_mechanisms_and_no_other(scenario: Scenario, population: Population) -> None:
    model = three_mechanisms.product(three_mechanisms.only_three(scenario), population)
    with phases() as spent:
        for _ in range(6):
            model.step()
    beside = {"relational time", "weaving", "measures"}
    assert {phase for phase, time in spent.items() if time} - beside <= set(three_mechanisms.THREE)
    outcomes = model.outcomes()
    assert outcomes["cost_euro"] == outcomes["shocks"] == 0
    assert outcomes["participants_now"] > population.volunteer.sum()
    assert not np.array_equal(model.ties.strength[:100], population.ties.strength[:100])
    assert model.ties.since.max() == model.month


# -- how it is measured --------------------------------------------------------------------------------------------


def test_tasks_take_turns_and_only_their_work_is_timed() -> None:
    log: list[str] = []

    def task(name: str) -> Task:
        def prepare() -> str:
            time.sleep(0.02)
            return f"{name} ready"

        return Task(prepare, log.append, lambda _: time.sleep(0.02))

    times = measuring.in_turns({"one": task("one"), "two": task("two")}, 2)
    assert log == ["one ready", "two ready", "two ready", "one ready"]
    assert max(t.wall for t in times["one"] + times["two"]) < 0.02
    assert len(times[measuring.NOISE]) == 4


def test_the_phases_of_a_month_add_up_and_are_taken_off_again(scenario: Scenario, population: Population) -> None:
    from simcomunita import model as product

    month, weave = dict(product.MONTH), product.weave
    model = CommunityModel(scenario, 1, 0.015, population)
    whole: list[Time] = []
    with phases() as spent, measuring.timed(whole):
        model.step()
    assert set(month) < set(spent)
    assert 0 < sum(spent.values()) <= whole[0].cpu
    assert month == product.MONTH
    assert product.weave is weave


def test_watching_phases_changes_no_result(scenario: Scenario, population: Population) -> None:
    plain = CommunityModel(scenario, 1, 0.015, population).advance_to(scenario.start + 2).outcomes()
    with phases():
        watched = CommunityModel(scenario, 1, 0.015, population).advance_to(scenario.start + 2).outcomes()
    assert watched == plain


@pytest.mark.parametrize("power", [1.0, 1.15, 2.0])
def test_the_exponent_is_that_of_a_power_law(power: float) -> None:
    sizes = [7_000.0, 66_737.0, 1_000_000.0]
    assert residents.exponent(sizes, [3e-6 * size**power for size in sizes]) == pytest.approx(power)


def test_ratios_are_formed_turn_by_turn() -> None:
    assert measuring.ratios([2.0, 9.0], [1.0, 3.0]) == [2.0, 3.0]
    assert measuring.spread([3.0, 1.0, 2.0], 1) == "2.0 (1.0–3.0)"


def test_a_table_sets_columns_apart() -> None:
    assert table(["what", "s"], [["a", "1.0"], ["longer", "10.0"]]).splitlines() == [
        "what       s",
        "------  ----",
        "a        1.0",
        "longer  10.0",
    ]


# -- every part runs -----------------------------------------------------------------------------------------------


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measure here instead of in fresh processes, which takes seconds each."""

    def here(finder: str, effort: Effort, **environment: str) -> Any:
        module, function = finder.split(".")
        return json.loads(json.dumps(getattr(PARTS[module], function)(effort)))

    for part in (whole_run, residents, three_mechanisms, parallel):
        monkeypatch.setattr(part, "apart", here)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("whole_run", ["everything on / prototype", "those alone / prototype", "peak memory", "erosion", "Noise"]),
        ("residents", ["Exponent of all sizes", "Nanoseconds of a month a resident", "Noise"]),
        ("three_mechanisms", ["Mesa + NetworkX", "times faster", "tries a month", "Noise"]),
        ("commands", ["--help", "left out"]),
        ("parallel", ["efficiency", "two / one", "while the last task runs alone", "Noise"]),
    ],
)
@pytest.mark.usefixtures("in_this_process")
def test_a_part_tells_what_it_measured(part: str, told: list[str]) -> None:
    text = PARTS[part].report(TINY)
    assert [words for words in told if words not in text] == []


@pytest.mark.usefixtures("in_this_process")
def test_a_thorough_run_compiles_from_nothing_too() -> None:
    assert "compiling everything from nothing" in whole_run.report(replace(TINY, thorough=True))


def test_a_fresh_process_finds_the_same_residents(population: Population) -> None:
    found = measuring.apart("whole_run.find", replace(TINY, run_scale=0.015))
    assert found["residents"] == len(population)
    assert found["ties"][0] == len(population.ties)
    assert 20 < found["peak_megabytes"] < 1_000


def test_a_comparison_runs_from_one_command() -> None:
    assert commands.comparison(["--seeds", "2", "--scale", "0.01", "--workers", "1"]) > 0
