"""Answers under other assumptions: other histories and futures, shared by who asks the same, mixed with no others."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Any

import fake_workshop as fake
import numpy as np
import pytest
from fake_community import FakeModel, FakeStudy, Past
from fake_workshop import FIRST, WHOLE, Bench, ask, asked

from simcomunita.app.asking import Question
from simcomunita.app.assumptions import AS_USUAL, Assumed
from simcomunita.app.living import Basis, Task, Worker
from simcomunita.configuration import Parameters

LATER, SOONER = Assumed.of({"commitment.stopping": 0.04}), Assumed.of({"commitment.stopping": 0.12})
DEARER = Assumed.of({"costs.facilitator": 42_000})


class Commitment(Parameters):
    stopping: float = 0.08
    rest: float = 0.1


class Values(Parameters):
    commitment: Commitment = Commitment()


USUAL = Values()


@dataclass(frozen=True)
class TiringPast(Past):
    parameters: Values = USUAL


@dataclass(frozen=True)
class TiringStudy(FakeStudy):
    history: TiringPast = TiringPast()


class Tiring(FakeModel):
    """The sooner people stop, the fewer there are from the start."""

    def __init__(self, past: TiringPast, seed: int, scale: float) -> None:
        super().__init__(past, seed, scale)
        self.active = 10.0 / past.parameters.commitment.stopping


def answers(bench: Bench, **more: Any) -> Any:
    return fake.answers(study=TiringStudy(), make_model=Tiring, make_lane=bench.lane, **more)


def under(assumed: Assumed, number: int = 8) -> Question:
    return replace(asked(number), assumed=assumed)


def test_another_assumption_gives_another_answer_in_past_and_future_alike() -> None:
    bench = Bench(at_once=True)
    with answers(bench) as server:
        usual, later, sooner = (ask(server, under(one))[-1] for one in (AS_USUAL, LATER, SOONER))
    ends = [one.by_measure["active_now"].current.middle for one in (later, usual, sooner)]
    assert (ends[0] > ends[1]).all()
    assert (ends[1] > ends[2]).all()
    assert len(bench.begun) == len(set(bench.begun)) == 3 * 2 * FIRST.pairs


def test_who_asks_under_the_same_assumption_shares_the_work_and_the_answer_to_the_last_bit() -> None:
    bench = Bench()

    async def both(server: Any) -> tuple[Any, Any]:
        mine = asyncio.create_task(fake.gathered(server, under(LATER), session="a"))
        yours = asyncio.create_task(
            fake.gathered(server, under(Assumed.of({"commitment.stopping": 0.04})), session="b")
        )
        for _ in range(2 * FIRST.pairs):
            await asyncio.to_thread(bench.finish)
        return await mine, await yours

    with answers(bench) as server:
        mine, yours = asyncio.run(asyncio.wait_for(both(server), 60))
    assert len(bench.begun) == 2 * FIRST.pairs
    one, other = (found[-1].by_measure["active_now"].current.middle for found in (mine, yours))
    assert one.tobytes() == other.tobytes()


def test_answers_come_out_the_same_whatever_was_assumed_before() -> None:
    kept, fresh = Bench(at_once=True), Bench(at_once=True)
    with answers(kept) as server:
        for assumed in (LATER, SOONER):
            ask(server, under(assumed))
        mixed = ask(server, under(AS_USUAL))[-1]
    with answers(fresh) as server:
        alone = ask(server, under(AS_USUAL))[-1]
    assert repr(mixed.by_measure["active_now"].difference) == repr(alone.by_measure["active_now"].difference)


def test_the_whole_territory_is_lived_under_the_assumption_too() -> None:
    bench = Bench(at_once=True)
    with answers(bench) as server:
        last = ask(server, replace(under(LATER), size=WHOLE))[-1]
    assert last.whole
    assert {task.assumed for task in bench.begun} == {(("commitment.stopping", 0.04),)}


def test_an_assumed_value_takes_the_place_of_every_drawn_one_and_leaves_the_others() -> None:
    seen: list[tuple[int, float, float]] = []

    def noted(past: TiringPast, seed: int, scale: float) -> FakeModel:
        values = past.parameters.commitment
        seen.append((seed, values.stopping, values.rest))
        return Tiring(past, seed, scale)

    draws = tuple({"commitment.stopping": 0.05 * k, "commitment.rest": 0.1 * k} for k in (1, 2))
    worker = Worker(Basis(TiringStudy(), ("active_now",), draws, noted), 1e9)
    for pair in (0, 1):
        for assumed in ((), LATER.parameters):
            worker.live(Task("n", pair, 1.0, assumed), ())
    assert seen == [(1, 0.05, 0.1), (1, 0.04, 0.1), (2, 0.1, 0.2), (2, 0.04, 0.2)]


def test_another_price_changes_what_is_spent_at_once_and_runs_nothing_again() -> None:
    bench = Bench(at_once=True)

    def reprice(funds: tuple[Any, ...], assumed: Assumed, study: Any) -> Any:
        assert assumed.prices == (("facilitator", 42_000.0),)
        return np.full(40, 1_000.0) if funds else np.zeros(40)

    with answers(bench, reprice=reprice) as server:
        usual = ask(server, under(AS_USUAL))[-1]
        begun = len(bench.begun)
        dearer = ask(server, under(DEARER))
    assert len(bench.begun) == begun
    assert len(dearer) == 1, "all of it is there at once"
    assert dearer[0].cost.difference.mean == pytest.approx(usual.cost.difference.mean + 1_000.0)
    assert dearer[0].cost.baseline.middle.tolist() == usual.cost.baseline.middle.tolist()
    one, other = (found.by_measure["active_now"] for found in (usual, dearer[0]))
    assert other.difference == one.difference
    assert other.price.each > one.price.each


def test_histories_under_assumptions_that_nobody_asks_for_any_more_make_room_first() -> None:
    made: list[tuple[int, float]] = []

    def counted(past: TiringPast, seed: int, scale: float) -> FakeModel:
        made.append((seed, past.parameters.commitment.stopping))
        return Tiring(past, seed, scale)

    study = TiringStudy()
    worker = Worker(Basis(study, ("active_now",), (None,), counted), 3.5 * study.history.territory.residents)
    for pair, assumed in (
        (0, AS_USUAL),
        (1, AS_USUAL),
        (0, LATER),
        (0, SOONER),
        (0, AS_USUAL),
        (1, AS_USUAL),
        (0, SOONER),
    ):
        worker.live(Task("n", pair, 1.0, assumed.parameters), ())
    assert made == [(1, 0.08), (2, 0.08), (1, 0.04), (1, 0.12)]
    worker.live(Task("n", 0, 1.0, LATER.parameters), ())
    assert made[4:] == [(1, 0.04)]
