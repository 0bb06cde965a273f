"""How runs are given out: one process's lanes, that do a run when they are told to."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import fake_workshop as fake
import pytest
from fake_workshop import FIRST, WHOLE, Bench, BenchLane, DeadLane, ask, asked

from simcomunita.app.answering import Answers
from simcomunita.app.asking import Answer, Size, usual_questions
from simcomunita.app.choices import PRESETS, Choice
from simcomunita.app.living import Basis, Task, Worker
from simcomunita.app.tickets import ENOUGH, signature
from simcomunita.app.unanswered import AnswerError, BusyError


def _equal(one: Answer, other: Answer) -> bool:
    def bits(answer: Answer) -> list[bytes]:
        found = []
        for outcome in answer.by_measure.values():
            for band in (outcome.baseline, outcome.current):
                found += [band.low.tobytes(), band.middle.tobytes(), band.high.tobytes()]
            found.append(repr(outcome.difference).encode())
        return found

    return (one.runs, one.size) == (other.runs, other.size) and bits(one) == bits(other)


def _runs(tasks: list[Task], number: int) -> list[Task]:
    """Those of a number of facilitators."""
    return [task for task in tasks if task.future == signature(fake.fund(Choice.of(facilitators=number)))]


def test_answers_come_from_one_pair_on_and_grow_to_all() -> None:
    bench = Bench(at_once=True)
    with fake.answers(make_lane=bench.lane) as answers:
        found = ask(answers, asked(8))
    assert [answer.runs for answer in found] == sorted({answer.runs for answer in found})
    assert found[-1].complete
    assert found[-1].runs == FIRST.pairs
    assert not found[-1].whole
    assert found[-1].by_measure["active_now"].better == 1.0
    assert len(bench.begun) == 2 * FIRST.pairs


def test_answers_on_the_way_wait_for_each_other_but_neither_the_first_nor_the_last() -> None:
    bench = Bench()

    async def paced(answers: Answers) -> list[Answer]:
        told = answers.ask(asked(8))
        first = asyncio.ensure_future(anext(told))
        for _ in range(2):
            await asyncio.to_thread(bench.finish)
        found = [await first]
        rest = asyncio.ensure_future(anext(told))
        for _ in range(2 * FIRST.pairs - 2):
            assert not rest.done()
            await asyncio.to_thread(bench.finish)
        return [*found, await rest, *[answer async for answer in told]]

    with fake.answers(make_lane=bench.lane, pace=3600.0) as answers:
        found = asyncio.run(asyncio.wait_for(paced(answers), 60))
    assert [answer.runs for answer in found] == [1, FIRST.pairs]


def test_the_whole_territory_follows_in_a_lane_of_its_own() -> None:
    bench = Bench(at_once=True)
    with fake.answers(make_lane=bench.lane) as answers:
        found = ask(answers, asked(8, WHOLE))
    assert [answer.whole for answer in found] == sorted(answer.whole for answer in found)
    assert found[-1].whole
    assert (found[-1].runs, found[-1].people) == (WHOLE.pairs, 1234)
    scales = [task.scale for task in bench.begun]
    assert scales == sorted(scales)


def test_what_is_asked_twice_is_run_once() -> None:
    bench = Bench(at_once=True)
    with fake.answers(make_lane=bench.lane) as answers:
        first, again = ask(answers, asked(8)), ask(answers, asked(8))
        assert len(bench.begun) == 2 * FIRST.pairs
        assert [answer.runs for answer in again] == [FIRST.pairs]
        assert _equal(first[-1], again[-1])
        ask(answers, asked(5))
    assert len(bench.begun) == 3 * FIRST.pairs  # the baseline is kept


def test_two_who_ask_the_same_at_once_share_its_runs() -> None:
    bench = Bench()

    async def both(answers: Answers) -> tuple[list[Answer], list[Answer]]:
        mine = asyncio.create_task(fake.gathered(answers, asked(8), session="a"))
        yours = asyncio.create_task(fake.gathered(answers, asked(8), session="b"))
        for _ in range(2 * FIRST.pairs):
            await asyncio.to_thread(bench.finish)
        return await mine, await yours

    with fake.answers(make_lane=bench.lane) as answers:
        mine, yours = asyncio.run(both(answers))
    assert len(bench.begun) == 2 * FIRST.pairs
    assert _equal(mine[-1], yours[-1])


def test_runs_that_are_no_more_wanted_are_dropped_and_one_that_was_begun_is_kept() -> None:
    bench = Bench()

    async def moved(answers: Answers) -> list[Answer]:
        older = asyncio.create_task(fake.gathered(answers, asked(4), session="a"))
        await asyncio.to_thread(bench.until_begun, 1)
        newer = asyncio.create_task(fake.gathered(answers, asked(8), session="a"))
        assert await older == []
        for _ in range(1 + 2 * FIRST.pairs):
            await asyncio.to_thread(bench.finish)
        await newer
        return await fake.gathered(answers, asked(4, Size("quick", FIRST.scale, 1)), session="a")

    with fake.answers(make_lane=bench.lane) as answers:
        again = asyncio.run(moved(answers))
    assert len(_runs(bench.begun, 4)) == 1
    assert len(_runs(bench.begun, 8)) == FIRST.pairs
    assert [answer.runs for answer in again] == [1]  # of the run that was begun, and the baseline's


@pytest.mark.parametrize("way", ["cancel", "leave", "close"])
def test_nothing_is_run_for_those_who_have_gone(way: str) -> None:
    bench, cancel = Bench(), threading.Event()

    async def gone(answers: Answers) -> None:
        asking = asyncio.create_task(fake.gathered(answers, asked(8, WHOLE), cancel=cancel, session="a"))
        await asyncio.to_thread(bench.until_begun, 1)
        if way == "cancel":
            cancel.set()
        elif way == "leave":
            answers.leave("a")
        else:
            asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        while not answers.idle():
            if bench.waiting:
                await asyncio.to_thread(bench.finish)
            await asyncio.sleep(0.01)

    with fake.answers(make_lane=bench.lane) as answers:
        asyncio.run(asyncio.wait_for(gone(answers), 60))
    assert len(bench.begun) <= 2  # one in each lane


def test_an_older_question_gives_no_answer_once_its_session_asks_another() -> None:
    bench = Bench()

    async def moved(answers: Answers) -> tuple[list[Answer], list[Answer]]:
        older, found = answers.ask(asked(4), session="a"), []
        first = asyncio.ensure_future(anext(older))
        for _ in range(2):
            await asyncio.to_thread(bench.finish)
        found.append(await first)
        newer = asyncio.create_task(fake.gathered(answers, asked(8), session="a"))
        while not newer.done():
            if bench.waiting:
                await asyncio.to_thread(bench.finish)
            await asyncio.sleep(0.01)
        found += [answer async for answer in older]
        return found, await newer

    with fake.answers(make_lane=bench.lane) as answers:
        older, newer = asyncio.run(asyncio.wait_for(moved(answers), 60))
    assert [answer.runs for answer in older] == [1]
    assert newer[-1].complete


def test_a_refined_answer_is_shown_only_when_it_stands_on_enough_runs() -> None:
    bench = Bench()

    async def stepped(answers: Answers) -> list[Answer]:
        asking = asyncio.create_task(fake.gathered(answers, asked(8, Size("fine", 1.0, ENOUGH + 2))))
        while not asking.done():
            if bench.waiting:
                await asyncio.to_thread(bench.finish)
            await asyncio.sleep(0.02)
        return await asking

    with fake.answers(make_lane=bench.lane) as answers:
        found = asyncio.run(asyncio.wait_for(stepped(answers), 60))
    assert len(found) > 3, "answers were seen as they came"
    assert min(answer.runs for answer in found if answer.whole) >= ENOUGH
    assert found[-1].runs == ENOUGH + 2


def test_what_is_prepared_keeps_nobody_who_asks_waiting_but_for_the_histories() -> None:
    bench = Bench()
    with fake.answers(make_lane=bench.lane) as answers:
        answers.warm([asked(4), asked(12)])
        bench.until_begun(2)
        quick, patient = (lane.busy for lane in answers._lanes)
        assert quick in _runs([quick], 4)
        assert patient in _runs([patient], 12)


def test_everybody_has_a_first_answer_before_anybody_has_a_second_run() -> None:
    bench = Bench()

    async def three(answers: Answers) -> None:
        asking = []
        for name, number in (("a", 2), ("b", 5), ("c", 7)):
            asking.append(asyncio.create_task(fake.gathered(answers, asked(number), session=name)))
            await asyncio.to_thread(bench.until_begun, 2)
        while sum(answers.place(name) for name in "abc") < 3:
            await asyncio.sleep(0.01)
        assert [answers.place(name) for name in "abc"] == [2, 0, 1]  # a is being served, and then comes last
        for _ in range(4 * FIRST.pairs):
            await asyncio.to_thread(bench.finish)
        await asyncio.gather(*asking)
        assert [answers.place(name) for name in "abc"] == [0, 0, 0]

    with fake.answers(make_lane=bench.lane) as answers:
        asyncio.run(asyncio.wait_for(three(answers), 60))
    pairs = [task.pair for task in bench.begun]
    assert pairs == sorted(pairs)
    assert len(pairs) == 4 * FIRST.pairs


def test_the_patient_lane_helps_out_where_somebody_waits_for_a_first_answer() -> None:
    bench = Bench()

    async def two(answers: Answers) -> None:
        asking = [asyncio.create_task(fake.gathered(answers, asked(n, WHOLE), session=str(n))) for n in (2, 5)]
        first = await asyncio.to_thread(bench.until_begun, 2)
        assert {(task.pair, task.scale) for task in first} == {(0, FIRST.scale)}
        for one in asking:
            one.cancel()
        await asyncio.gather(*asking, return_exceptions=True)

    with fake.answers(make_lane=bench.lane) as answers:
        asyncio.run(asyncio.wait_for(two(answers), 60))


def test_nobody_waits_for_what_only_warms() -> None:
    bench = Bench()

    async def waited(answers: Answers) -> None:
        answers.warm([asked(16)])
        await asyncio.to_thread(bench.until_begun, 1)
        asking = asyncio.create_task(fake.gathered(answers, asked(8), session="a"))
        await asyncio.sleep(0.05)
        for _ in range(1 + 2 * FIRST.pairs):
            await asyncio.to_thread(bench.finish)
        await asking

    with fake.answers(make_lane=bench.lane) as answers:
        asyncio.run(asyncio.wait_for(waited(answers), 60))
        warmed = _runs(bench.begun[: 1 + 2 * FIRST.pairs], 16)
    assert len(warmed) == 1


def test_what_people_ask_most_is_there_before_they_ask() -> None:
    bench = Bench(at_once=True)
    usual = usual_questions()
    assert len({question.choice for question in usual}) == len(usual)
    assert {preset.choice for preset in PRESETS.values()} <= {question.choice for question in usual}

    async def warmed(answers: Answers) -> None:
        answers.warm(usual)
        while not answers.idle():
            await asyncio.sleep(0.01)

    with fake.answers(make_lane=bench.lane) as answers:
        asyncio.run(asyncio.wait_for(warmed(answers), 60))
        begun = len(bench.begun)
        found = ask(answers, replace(usual[0], size=FIRST))
    assert len(set(bench.begun)) == len(bench.begun) == begun
    assert [answer.runs for answer in found] == [FIRST.pairs]


def test_too_many_questions_at_once_are_refused_in_both_languages() -> None:
    bench = Bench()

    async def crowd(answers: Answers) -> None:
        asking = [asyncio.create_task(fake.gathered(answers, asked(n), session=str(n))) for n in (1, 2)]
        await asyncio.sleep(0.05)
        with pytest.raises(BusyError) as refused:
            await fake.gathered(answers, asked(3), session="3")
        assert set(refused.value.texts) == {"en", "it"}
        again = asyncio.create_task(fake.gathered(answers, asked(4), session="2"))  # in the place of its own
        await asyncio.sleep(0.05)
        assert not again.done()
        for one in (*asking, again):
            one.cancel()
        await asyncio.gather(*asking, again, return_exceptions=True)

    with fake.answers(make_lane=bench.lane, most_open=2) as answers:
        asyncio.run(asyncio.wait_for(crowd(answers), 60))


@pytest.mark.parametrize("size", [Size("fine", 1.0, 101), Size("fine", 90.0, 4), Size("fine", 0.01, 4)])
def test_what_is_too_much_or_too_little_is_refused(size: Size) -> None:
    with fake.answers(make_lane=Bench().lane) as answers, pytest.raises(ValueError, match=r"expected|fewer"):
        ask(answers, asked(8, size))


def test_a_pair_that_breaks_down_is_left_out_and_counted() -> None:
    bench = Bench(at_once=True)
    with fake.answers(make_lane=bench.lane, make_model=fake.fragile_model) as answers:
        last = ask(answers, asked(8))[-1]
    assert (last.runs, last.failed, last.complete) == (FIRST.pairs - 1, 1, True)


def test_where_every_run_breaks_down_it_is_said_why() -> None:
    bench = Bench(at_once=True)
    with (
        fake.answers(make_lane=bench.lane, make_model=fake.hopeless_model) as answers,
        pytest.raises(AnswerError, match="too many people"),
    ):
        ask(answers, asked(8))


def test_a_run_whose_process_dies_again_and_again_is_given_up() -> None:
    bench, lanes = Bench(), []

    def lane(basis: Basis, most_residents: float, *, patient: bool) -> BenchLane:
        lanes.append(DeadLane(bench, Worker(basis, most_residents), patient))
        return lanes[-1]

    with fake.answers(make_lane=lane) as answers, pytest.raises(AnswerError):
        ask(answers, asked(8))
    assert len(bench.begun) == sum(lane.replaced for lane in lanes) == 2 * 2 * FIRST.pairs


def test_few_runs_are_kept_and_answers_are_the_same() -> None:
    kept, lost = Bench(at_once=True), Bench(at_once=True)
    with fake.answers(make_lane=kept.lane) as answers:
        expected = [ask(answers, asked(number))[-1] for number in (3, 8, 3)]
    with fake.answers(make_lane=lost.lane, most_kept=3) as answers:
        found = [ask(answers, asked(number))[-1] for number in (3, 8, 3)]
    assert all(map(_equal, expected, found))
    assert len(lost.begun) > len(kept.begun)


@pytest.mark.parametrize("workers", [2, 3])
def test_answers_are_the_same_whatever_the_number_of_lanes_and_the_order(workers: int) -> None:
    one, several = Bench(at_once=True), Bench()

    async def backwards(answers: Answers) -> Answer:
        asking = asyncio.create_task(fake.gathered(answers, asked(8, replace(FIRST, pairs=6))))
        begun = 0
        while not asking.done():
            with several.changed:
                several.waiting.reverse()
                ready = bool(several.waiting)
            if ready:
                await asyncio.to_thread(several.finish)
                begun += 1
            await asyncio.sleep(0.002)
        assert begun == 12
        return (await asking)[-1]

    with fake.answers(make_lane=one.lane) as answers:
        expected = ask(answers, asked(8, replace(FIRST, pairs=6)))[-1]
    with fake.answers(make_lane=several.lane, workers=workers) as answers:
        assert _equal(expected, asyncio.run(asyncio.wait_for(backwards(answers), 60)))


def test_pairs_have_the_draws_of_the_posterior_that_the_study_draws_from() -> None:
    with fake.answers(study=fake.Doubted(), make_lane=Bench().lane) as answers:
        drawn = answers.basis.draws
    assert drawn[:3] == ({"known": 1.0}, {"known": 2.0}, {"known": 3.0})
    with fake.answers(study=fake.Doubted(), make_lane=Bench().lane, draws=[None]) as answers:
        assert answers.basis.draws == (None,)


# -- with processes --


@pytest.fixture
def dying(tmp_path: Path) -> Callable[..., Answers]:
    return partial(fake.answers, make_model=fake.DyingOnce(tmp_path / "died"))


def test_a_process_that_dies_is_replaced_and_its_run_tried_again(dying: Callable[..., Answers], tmp_path: Path) -> None:
    with fake.answers(make_lane=Bench(at_once=True).lane) as answers:
        expected = ask(answers, asked(8, WHOLE))[-1]
    with dying() as answers:
        found = ask(answers, asked(8, WHOLE))[-1]
    assert (tmp_path / "died").exists()
    assert _equal(expected, found)
    assert found.failed == 0


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a system that lists its processes as files")
def test_processes_end_with_a_server_that_is_killed(tmp_path: Path) -> None:
    server = subprocess.Popen([sys.executable, fake.__file__], env=fake.surroundings(tmp_path))
    try:
        _until(lambda: any(tmp_path.iterdir()) or server.poll() is not None)
        assert server.poll() is None
    finally:
        server.kill()
        server.wait()
    workers = [int(file.name) for file in tmp_path.iterdir()]
    assert server.pid not in workers
    _until(lambda: not any(Path("/proc", str(worker)).exists() for worker in workers))


def _until(true: Callable[[], bool]) -> None:
    """Wait, for ever so long on a slow machine but not for ever, until something is true."""
    tries = (time.sleep(0.05) or true() for _ in range(2_400))
    assert any(tries)
