"""Answers that cost nothing: lines whose ends are functions of the levers, and the workshop served with them."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import AsyncIterator, Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np

from simcomunita.app import desk, filming
from simcomunita.app.asking import COST, FINE, MEASURES, QUICK, Answer, Band, Outcome, Question, Size
from simcomunita.app.assumptions import AS_USUAL, Assumed, assumptions
from simcomunita.app.choices import Choice
from simcomunita.app.gathering import DOORS
from simcomunita.experiment.intervals import paired_difference, price
from simcomunita.months import month_name, parse_month
from tests.app.invented import late

START, BRANCH, END = parse_month("2016-02"), parse_month("2020-01"), parse_month("2024-12")
MONTHS = tuple(month_name(month) for month in range(START, END + 1))
LEVEL = {"isolated_share": 0.12, COST: 1_700_000.0}
GAIN = {"isolated_share": -0.001, COST: 41_000.0}


def tilt(assumed: Assumed, measure: str) -> float:
    """By how much assumptions multiply a measure: prices the money, parameters everything else."""
    share = 1.0
    for key, value in assumed.given:
        one = assumptions()[key]
        if one.is_price == (measure == COST):
            share *= 1.0 + 0.5 * (value - one.usual[1]) / (one.values[-1] - one.values[0])
    return share


def runs(choice: Choice, measure: str, pairs: int, assumed: Assumed = AS_USUAL) -> np.ndarray:
    """A measure in each run over the months, (pairs, months); the same chance in every choice."""
    return tilt(assumed, measure) * _runs(choice, measure, pairs)


def _runs(choice: Choice, measure: str, pairs: int) -> np.ndarray:
    level, gain = LEVEL.get(measure, 400.0), GAIN.get(measure, 60.0)
    past = np.arange(BRANCH - START)
    months = np.array([parse_month(name) for name in MONTHS[len(past) :]])
    funded = (months >= parse_month(str(choice["from"]))) & (months <= parse_month(str(choice["until"])))
    people = int(choice["facilitators"]) * np.cumsum(funded) / len(months)
    wobble = np.random.default_rng(7).normal(0, 0.03, (100, len(MONTHS))).cumsum(axis=1)[:pairs]
    mean = np.concatenate([level * past / (len(past) - 1), level + gain * people * 5])
    return np.maximum(mean + level * wobble * 0.3 * (measure != COST), 0.0)


def outcome(question: Question, measure: str, pairs: int) -> Outcome:
    """What became of a measure."""
    own, other = (runs(choice, measure, pairs, question.assumed) for choice in (question.choice, question.baseline))
    difference = paired_difference(other[:, -1], own[:, -1] * (1 + 0.001 * np.arange(pairs)))
    better = float(np.mean(own[:, -1] > other[:, -1]))
    paid = [runs(choice, COST, pairs, question.assumed)[:, -1] for choice in (question.choice, question.baseline)]
    each = price(paid[0] - paid[1], own[:, -1] * (1 + 0.001 * np.arange(pairs)) - other[:, -1])
    return Outcome(measure, _band(other), _band(own), difference, better, each)


def _band(values: np.ndarray) -> Band:
    low, high = np.percentile(values, (5, 95), axis=0)
    return Band(low, values.mean(axis=0), high)


@lru_cache(maxsize=256)
def answer(question: Question, size: Size, pairs: int) -> Answer:
    """An answer that stands on so many pairs."""
    people = round(66_737 * size.scale)
    outcomes = {measure: outcome(question, measure, pairs) for measure in (*MEASURES, COST)}
    return Answer(question, size, MONTHS, BRANCH - START, pairs, size.pairs, 0, people, 66_737, 1, True, outcomes)


class StandIn:
    """Answers at once, and better soon; 13 facilitators break it."""

    def __init__(self) -> None:
        self.asked: list[Question] = []

    async def ask(
        self, question: Question, cancel: threading.Event, *, session: str | None = None
    ) -> AsyncIterator[Answer]:
        """Answer in three steps."""
        self.asked.append(question)
        if question.choice["facilitators"] == 14:
            await self._endless(cancel)
            return
        for size, pairs in ((QUICK, 4), (QUICK, QUICK.pairs), (FINE, FINE.pairs)):
            await asyncio.sleep(0.05)
            if question.choice["facilitators"] == 13:
                raise ZeroDivisionError("thirteen")
            yield answer(question, size, pairs)

    async def _endless(self, cancel: threading.Event) -> None:
        """Work until nobody waits any more, and keep a journal of it."""
        _journal("begun")
        try:
            while not cancel.is_set():
                await asyncio.sleep(0.1)
        finally:
            _journal("ended")

    def leave(self, session: str) -> None:
        """Nothing is kept."""

    def place(self, session: str) -> int:
        """Nobody waits."""
        return 0

    def warm(self, questions: Iterable[Question]) -> None:
        """Nothing needs to be prepared."""

    def close(self) -> None:
        """Nothing runs."""


def _journal(text: str) -> None:
    if "JOURNAL" in os.environ:
        with Path(os.environ["JOURNAL"]).open("a", encoding="utf-8") as journal:
            journal.write(f"{text}\n")


def main() -> None:
    """Serve the workshop on the port that is named."""
    from simcomunita.app.serving import SETTINGS, serve
    from simcomunita.app.widgets.parts import Frame

    desk.DESK = desk.Desk(StandIn)
    filming.FILMS = filming.Films(film=late)
    if "ROOM_TOKEN" in os.environ:
        DOORS.open(f"http://127.0.0.1:{sys.argv[1]}").token = os.environ["ROOM_TOKEN"]
    Frame.beat.default_value = 700
    SETTINGS["SOLARA_KERNEL_CULL_TIMEOUT"] = os.environ.get("CULL", SETTINGS["SOLARA_KERNEL_CULL_TIMEOUT"])
    serve("127.0.0.1", int(sys.argv[1]), None)


if __name__ == "__main__":
    main()
