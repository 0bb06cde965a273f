"""A community of three numbers: quick, and importable by other processes."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from simcomunita.configuration import ConfigurationError
from simcomunita.months import month_name, parse_month
from simcomunita.scenario.scenario import Precision

START, BRANCH_AT, UNTIL = parse_month("2018-03"), parse_month("2020-01"), parse_month("2021-06")


@dataclass(frozen=True)
class Spending:
    """A policy: so many more people and euro a month, between two months."""

    name: str
    people: float
    euro: float
    start: int = BRANCH_AT
    until: int = UNTIL


@dataclass(frozen=True)
class Label:
    en: str
    it: str


@dataclass(frozen=True)
class Land:
    label: Label = Label("Plain Land", "Terra Piana")
    residents: int = 1234


@dataclass(frozen=True)
class Past:
    territory: Land = Land()
    start: int = START
    policies: tuple[Spending, ...] = (Spending("project", 1.0, 500.0, START, START + 8),)


@dataclass(frozen=True)
class Future:
    label: Label
    policies: tuple[Spending, ...] = ()


@dataclass(frozen=True)
class FakeStudy:
    name: str = "fake"
    configuration_hash: str = "f" * 64
    question: Label = Label("What do helpers change?", "Che cosa cambiano gli aiutanti?")
    history: Past = Past()
    branch_at: int = BRANCH_AT
    until: int = UNTIL
    baseline: str = "none"
    seeds: int = 5
    kept: frozenset[str] = frozenset()
    precision: Precision | None = None
    draws: None = None
    drawn_from: None = None
    headline: tuple[str, ...] = ("active_now", "citizens_reached", "isolated_share", "cost_euro")
    scenarios: dict[str, Future] = field(
        default_factory=lambda: {
            "helped": Future(Label("Helpers", "Aiutanti"), (Spending("helpers", 3.0, 1000.0),)),
            "none": Future(Label("None", "Nessuno")),
        }
    )


EQUAL = FakeStudy(scenarios={"same": Future(Label("Same", "Uguale")), "none": Future(Label("None", "Nessuno"))})


class FakeModel:
    """Random walks whose steps are a function of the seed and the month alone."""

    def __init__(self, past: Past, seed: int, scale: float) -> None:
        self.past, self.seed, self.scale = past, seed, scale
        self.month = past.start - 1
        self.name = ""
        self.policies = past.policies
        self.rows: list[tuple[int, float, float, float, float]] = []
        self.active, self.reached, self.spent = 10.0, 0.0, 0.0

    def advance_to(self, month: str) -> None:
        while self.month < parse_month(month):
            self.month += 1
            chance = np.random.default_rng([self.seed, self.month])
            funded = [p for p in self.policies if p.start <= self.month <= p.until]
            people = sum(p.people for p in funded)
            self.active = max(self.active + chance.normal() + people * chance.uniform(0.2, 1.0) - 0.05 * self.active, 0)
            self.reached += 2 * people + chance.poisson(3)
            self.spent += sum(p.euro for p in funded)
            isolated = 0.2 - 0.0005 * self.active
            self.rows.append((self.month, self.active, self.reached, isolated, self.spent))

    def branch(self, policies: tuple[Spending, ...], name: str) -> FakeModel:
        twin = type(self)(self.past, self.seed, self.scale)
        twin.__dict__.update(self.__dict__)
        twin.rows, twin.policies, twin.name = list(self.rows), self.policies + policies, name
        return twin

    def series(self) -> dict[str, np.ndarray]:
        month, *columns = zip(*self.rows, strict=True)
        names = ("active_now", "citizens_reached", "isolated_share", "cost_euro")
        series = {name: np.array(values) for name, values in zip(names, columns, strict=True)}
        return {"month": np.array([month_name(m) for m in month]), **series}

    def outcomes(self) -> dict[str, float]:
        return {name: float(values[-1]) for name, values in self.series().items() if name != "month"}


def fake_model(past: Past, seed: int, scale: float) -> FakeModel:
    return FakeModel(past, seed, scale)


def slow_model(past: Past, seed: int, scale: float) -> FakeModel:
    """A fifth of a second a seed; whoever does it signs the roll."""
    if "FAKE_ROLL" in os.environ:
        Path(os.environ["FAKE_ROLL"], str(os.getpid())).touch()
    time.sleep(0.2)
    return FakeModel(past, seed, scale)


_INSIDE: list[int] = []


def lonely() -> bool:
    """Whether no other call went on in this process meanwhile."""
    _INSIDE.append(1)
    time.sleep(0.05)
    alone = len(_INSIDE) == 1
    _INSIDE.pop()
    return alone


class Fragile(FakeModel):
    """Breaks down with seed 3, in the scenario that is helped."""

    def branch(self, policies: tuple[Spending, ...], name: str) -> FakeModel:
        if self.seed == 3 and name == "helped":
            raise ZeroDivisionError("no helper left")
        return super().branch(policies, name)


def fragile_model(past: Past, seed: int, scale: float) -> FakeModel:
    return Fragile(past, seed, scale)


def hopeless_model(past: Past, seed: int, scale: float) -> FakeModel:
    raise OverflowError("too many people")


def dying_model(past: Past, seed: int, scale: float) -> FakeModel:
    """Takes its whole process with it, with seed 2."""
    if seed == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return FakeModel(past, seed, scale)


@dataclass(frozen=True)
class DyingOnce:
    """Takes its whole process with it, with seed 2, but only the first time: a file says that it did."""

    sign: Path

    def __call__(self, past: Past, seed: int, scale: float) -> FakeModel:
        if seed == 2 and not self.sign.exists():
            self.sign.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return FakeModel(past, seed, scale)


def misconfigured_model(past: Past, seed: int, scale: float) -> FakeModel:
    raise ConfigurationError.of("fake.yaml", "a share is missing.", line=7, key="shares")


def interrupted_model(past: Past, seed: int, scale: float) -> FakeModel:
    """As if somebody pressed Ctrl-C during seed 4."""
    if seed == 4:
        raise KeyboardInterrupt
    return FakeModel(past, seed, scale)


def main() -> None:
    """Run ten slow seeds into the folder that is named, with two workers."""
    import sys

    from simcomunita.experiment import Comparison, PartStore, Plan, run_plan

    plan = Plan.of(FakeStudy(), 10, make_model=slow_model)
    store = PartStore.open(Path(sys.argv[1]), plan.identity)
    Comparison.of(run_plan(plan, 2, store)).save(sys.argv[1])


if __name__ == "__main__":
    main()
