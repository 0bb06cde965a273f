"""Decay, contagion and closure alone: Mesa agents on a NetworkX graph, bare NumPy, and the product."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from experiments.speed import measuring
from experiments.speed.measuring import Effort, Task, Time, apart, in_turns, ratios, seconds, spread
from experiments.speed.tables import table
from experiments.speed.whole_run import SCENARIO, SEED

if TYPE_CHECKING:
    from simcomunita.model import CommunityModel
    from simcomunita.scenario import Scenario
    from simcomunita.territory import Population

THREE = ("erosion", "spreading", "closure")
"""The product's mechanisms that correspond to decay, contagion and closure."""
PRODUCT, ARRAYS, OBJECTS = "simcomunita", "bare NumPy", "Mesa + NetworkX"
FIRST = "at first"
TAKES_PART = 2
"""The product's stage of a participant."""


class Stepping(Protocol):
    """What lives a month at a time."""

    def step(self) -> None: ...


def only_three(scenario: Scenario) -> Scenario:
    """The scenario without policies, with all mechanisms but three switched off.

    Everybody comes upon a friend of a friend as often as their openness allows, which is more than in the shipped
    configuration, so that there is as much of closure to be done as in the other versions.
    """
    from simcomunita.mechanisms import MONTH

    parameters = scenario.parameters
    switched = {name: getattr(parameters, name).model_copy(update={"on": name in THREE}) for name in MONTH}
    switched["closure"] = switched["closure"].model_copy(update={"rate": 1.0})
    return replace(scenario, policies=(), parameters=parameters.model_copy(update=switched))


def product(scenario: Scenario, population: Population) -> CommunityModel:
    """The product's model with the standing volunteers taking part at first."""
    from simcomunita import CommunityModel

    model = CommunityModel(scenario, population.seed, population.scale, population)
    model.citizens.stage[population.volunteer] = TAKES_PART
    return model


def tries_of(model: CommunityModel) -> float:
    """Share of the product's people who come upon a friend of a friend in the model's next month."""
    from simcomunita.mechanisms.relational_time import take_stock

    parameters = model.setting.parameters
    take_stock(model, parameters)
    return float(model.openness.mean()) * parameters.closure.rate


def find(effort: Effort) -> list[dict[str, Any]]:
    """A size after the other, each with the three versions in turns, in this fresh process."""
    from experiments.speed.arrays import ArrayCommunity
    from experiments.speed.objects import ObjectCommunity
    from experiments.speed.workload import Rules, Start
    from simcomunita import grow, load_scenario

    scenario = only_three(load_scenario(SCENARIO))
    found = []
    for scale, months in effort.object_months:
        population = grow(scenario.territory, SEED, scale)
        start = Start.of(population)
        rules = Rules(tries=tries_of(product(scenario, population)))

        makers: dict[str, Callable[[], Stepping]] = {
            PRODUCT: partial(product, scenario, population),
            ARRAYS: partial(ArrayCommunity, start, rules, SEED),
            OBJECTS: partial(ObjectCommunity, start, rules, SEED),
        }
        states: dict[str, tuple[int, int]] = {}
        tasks = {name: _living(name, make, months, states) for name, make in makers.items()}
        times = in_turns(tasks, effort.repetitions)
        found.append(
            {
                "residents": len(population),
                "months": months,
                "tries": rules.tries,
                "states": {FIRST: (len(start.first), int(start.active.sum())), **states},
                "times": {name: [asdict(time) for time in these] for name, these in times.items()},
            }
        )
    return found


def _living(name: str, make: Callable[[], Stepping], months: int, states: dict[str, tuple[int, int]]) -> Task:
    """Live some months after a first one, and write down how many ties there are then and how many people take part."""

    def ready() -> Stepping:
        community = make()
        community.step()
        return community

    def live(community: Stepping) -> None:
        for _ in range(months):
            community.step()

    def look(community: Any) -> None:
        if name == PRODUCT:
            states[name] = len(community.ties), int((community.citizens.stage >= TAKES_PART).sum())
        else:
            states[name] = community.ties, community.taking_part

    return Task(ready, live, look)


def report(effort: Effort) -> str:
    """Measure in a process of its own, and tell."""
    found = apart("three_mechanisms.find", effort)
    speed, state, noise = [], [], []
    for one in found:
        times = {name: [Time(**time) for time in these] for name, these in one["times"].items()}
        noise += times[measuring.NOISE]
        spent = {name: seconds(times[name]) for name in (PRODUCT, ARRAYS, OBJECTS)}
        a_month = [f"{1000 * statistics.median(these) / one['months']:,.2f}" for these in spent.values()]
        times_faster = spread(ratios(spent[OBJECTS], spent[PRODUCT]), 0)
        same_rules = spread(ratios(spent[ARRAYS], spent[PRODUCT]), 1)
        speed.append([f"{one['residents']:,}", str(one["months"]), *a_month, times_faster, same_rules])
        states = [f"{one['states'][name][0]:,} / {one['states'][name][1]:,}" for name in (FIRST, *spent)]
        state.append([f"{one['residents']:,}", f"{one['tries']:.2f}", *states])
    head = ["residents", "months after the first", *(f"{name}, ms a month" for name in spent)]
    head += ["times faster than Mesa + NetworkX", "than bare NumPy"]
    title = f"Decay, contagion and closure alone, on the same first ties; {effort.repetitions} turns of CPU time"
    work = "That they did comparable work: ties / people taking part, at first and at the end"
    done = table(["residents", "tries a month", FIRST, *spent], state)
    return "\n\n".join([title, table(head, speed), work, done, measuring.noise(noise)])
