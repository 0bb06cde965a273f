"""A community whose outcome is a known function of three parameters, and of luck."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from simcomunita.configuration import Parameters, quantity
from simcomunita.months import month_name, parse_month

START, BRANCH_AT, UNTIL = parse_month("2019-11"), parse_month("2020-01"), parse_month("2020-02")


class Push(Parameters):
    on: bool = True
    strong: float = quantity(0.5, low=0, high=1, unit="share", source="a test")
    """Moves everything a lot. Whatever else."""
    helping: float = quantity(0.5, low=0, high=1, unit="share", source="a test")
    """Moves only what helpers change."""
    idle: float = quantity(0.5, low=0, high=1, unit="share", source="a test")
    """Moves nothing."""
    whole: int = quantity(5, low=0, high=10, unit="people", source="a test")
    """Takes away a little."""


class ToyParameters(Parameters):
    push: Push = Push()


@dataclass(frozen=True)
class Label:
    en: str
    it: str


@dataclass(frozen=True)
class Land:
    residents: int = 1234


@dataclass(frozen=True)
class Past:
    parameters: ToyParameters = field(default_factory=ToyParameters)
    territory: Land = Land()
    start: int = START


@dataclass(frozen=True)
class Help:
    name: str = "help"


@dataclass(frozen=True)
class Future:
    label: Label
    policies: tuple[Help, ...] = ()


@dataclass(frozen=True)
class ToyStudy:
    name: str = "toy"
    configuration_hash: str = "a" * 64
    question: Label = Label("What do helpers change?", "Che cosa cambiano gli aiutanti?")
    history: Past = field(default_factory=Past)
    branch_at: int = BRANCH_AT
    until: int = UNTIL
    baseline: str = "none"
    headline: tuple[str, ...] = ("active_now", "isolated_share")
    outlasting: tuple[Help, ...] = ()
    scenarios: dict[str, Future] = field(
        default_factory=lambda: {
            "helped": Future(Label("Helpers", "Aiutanti"), (Help(),)),
            "none": Future(Label("None", "Nessuno")),
        }
    )


@dataclass
class ToyModel:
    past: Past
    seed: int
    scale: float
    helped: bool = False
    month: int = START - 1

    def advance_to(self, month: str) -> None:
        self.month = parse_month(month)

    def branch(self, policies: tuple[Help, ...], name: str) -> ToyModel:
        return replace(self, helped=bool(policies))

    def series(self) -> dict[str, np.ndarray]:
        months = np.array([month_name(m) for m in range(START, self.month + 1)])
        return {"month": months, "active_now": np.full(len(months), self.outcomes()["active_now"])}

    def outcomes(self) -> dict[str, float]:
        p = self.past.parameters.push
        luck = np.random.default_rng([self.seed, 7]).normal()
        active = 100.0 + 40.0 * p.strong - p.whole + luck + (20.0 * p.helping + 5.0 * p.strong) * self.helped
        return {"active_now": active, "isolated_share": 0.25}


def toy_model(past: Past, seed: int, scale: float) -> ToyModel:
    return ToyModel(past, seed, scale)


class Fragile(ToyModel):
    def outcomes(self) -> dict[str, float]:
        if self.seed == 2 and self.past.parameters.push.strong == 0.0:
            raise ZeroDivisionError("no push left")
        return super().outcomes()


def fragile_model(past: Past, seed: int, scale: float) -> ToyModel:
    return Fragile(past, seed, scale)


def hopeless_model(past: Past, seed: int, scale: float) -> ToyModel:
    raise OverflowError("too many people")
