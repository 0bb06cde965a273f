"""What is to be run: a study, its seeds, its scale, and the function that makes a model."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

import simcomunita
from simcomunita.experiment.draws import drawing
from simcomunita.experiment.precision import Stopping

if TYPE_CHECKING:
    from simcomunita.policy import Policy
    from simcomunita.scenario import Scenario, Study
    from simcomunita.scenario.scenario import Precision

MOST_RUNS = 20_000
"""Seeds times scenarios that one experiment may have."""

SEEDS_A_DRAW = 2
"""Seeds of each draw of a posterior, where draws are asked for and seeds are not: the fewest that tell chance apart."""

LARGEST_SEED = 2**63 - 1

# What stands above the model changes how results are asked for and shown, never what they are.
_ABOVE_THE_MODEL = frozenset({"cli", "commands", "experiment", "claims", "sensitivity", "report", "app", "calibration"})


class ExperimentError(ValueError):
    """An experiment cannot be run as it was asked for; the message says what to change."""


class LostError(ExperimentError):
    """Those that tasks were given to cannot do them, or cannot any more; what they had finished is kept."""


class Model(Protocol):
    """What an experiment needs of a model; `CommunityModel` is one."""

    def advance_to(self, month: str) -> object:
        """Live on through that month, inclusive."""

    def branch(self, policies: tuple[Policy, ...], name: str) -> Self:
        """Return a copy with the same past and its own future."""

    def series(self) -> Mapping[str, NDArray[Any]]:
        """Return ``month`` (YYYY-MM) and a float64 column a measure, an entry a month since the start."""

    def outcomes(self) -> Mapping[str, float]:
        """Return the last month's values."""


MakeModel = Callable[["Scenario", int, float], Model]
"""From (scenario, seed, scale) to a model; importable by name, so that other processes can find it."""


def community_model(scenario: Scenario, seed: int, scale: float) -> Model:
    """Make the community's own model, on a population that is grown once for all draws and histories of a seed."""
    from simcomunita.experiment.ground import shared_ground
    from simcomunita.model import CommunityModel

    model: Model = CommunityModel(scenario, seed, scale, shared_ground(scenario.territory, seed, scale))
    return model


@dataclass(frozen=True, order=True, slots=True)
class Task:
    """One shared history and all its branches: what one worker does at a time.

    ``draw`` numbers the draw of parameters; 0 are the study's own.
    """

    draw: int
    seed: int

    def __str__(self) -> str:
        return f"seed {self.seed}" if self.draw == 0 else f"seed {self.seed}, draw {self.draw}"


@dataclass(frozen=True)
class Trunk:
    """A shared history, and the futures that branch off it.

    Attributes
    ----------
    history
        What is lived until the month before `branch_at`; nothing, if that is its first month.
    branch_at, until
        First month in which the futures differ, and last month, as month numbers.
    branches
        The policies of each future, by name.
    kept
        The only measures that are kept; all, if empty.
    """

    history: Scenario
    branch_at: int
    until: int
    branches: Mapping[str, tuple[Policy, ...]]
    kept: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Identity:
    """What results are results of. Equal identities give equal bits."""

    study: str
    configuration_hash: str
    scale: float
    version: str
    code: str
    """Fingerprint of the code that results depend on; code changes more often than versions."""

    def same_question(self, other: Identity) -> bool:
        """Whether both are of the same study at the same scale, whatever the code."""
        return (self.study, self.configuration_hash, self.scale) == (
            other.study,
            other.configuration_hash,
            other.scale,
        )

    def as_dict(self) -> dict[str, Any]:
        """Return it for a file."""
        return asdict(self)


class Planned(Protocol):
    """What can be run task by task; `Plan` is one."""

    @property
    def identity(self) -> Identity:
        """What the results will be results of, worked out anew wherever it was unpacked."""

    @property
    def tasks(self) -> tuple[Task, ...]:
        """In ascending order, without doubles."""

    @property
    def scale(self) -> float:
        """Share of the residents that is simulated."""

    @property
    def make_model(self) -> MakeModel:
        """What makes a model."""

    def trunks(self, draw: int) -> tuple[Trunk, ...]:
        """Return all that one task lives, for a draw of parameters."""

    def bare(self) -> Self:
        """Return the same without tasks, to be sent to other processes."""


@dataclass(frozen=True)
class Plan:
    """An experiment before it is run.

    Attributes
    ----------
    study
        The shared history and the scenarios that branch from it.
    tasks
        In ascending order, without doubles.
    scale
        Share of the residents that is simulated; 1 is one agent a resident.
    make_model
        What makes a model.
    """

    study: Study
    tasks: tuple[Task, ...]
    scale: float = 1.0
    make_model: MakeModel = community_model
    precision: Precision | None = None
    """What is asked for; the first tasks are then run that are enough for it."""

    @classmethod
    def of(
        cls,
        study: Study,
        seeds: int | Sequence[int] | None = None,
        scale: float = 1.0,
        make_model: MakeModel = community_model,
    ) -> Plan:
        """Plan a study over some seeds.

        Parameters
        ----------
        study
            As `load_study` returns it.
        seeds
            How many (1, 2, 3, ...), which, or ``None`` for as many as the study says, or its precision needs. Where
            parameters are drawn from a posterior, pair k has seed k and draw k; where a number of its draws was asked
            for (`with_parameters`), these are the seeds of each, two if not given.
        scale
            Share of the residents, above 0.
        make_model
            What makes a model.

        Raises
        ------
        ExperimentError
            With fewer than two seeds, more than 20,000 runs, a seed out of range, or a scale that is no
            positive number or leaves too few residents.
        """
        if study.drawn_from is not None:
            tasks, precision = _of_posterior(study, seeds)
        else:
            precision = study.precision if seeds is None else None
            asked = study.seeds if precision is None else precision.at_most
            drawn = range(1, study.draws.number + 1) if study.draws else (0,)
            numbers = _seeds(asked if seeds is None else seeds, least=2 if len(drawn) == 1 else 1)
            _check_runs(len(numbers), len(drawn), len(study.scenarios), several=study.draws is not None)
            tasks = tuple(Task(draw, seed_of(draw, seed)) for draw in drawn for seed in numbers)
        scale = checked_scale(scale, study.history.territory.residents)
        return cls(study, tasks, scale, make_model, precision)

    @property
    def identity(self) -> Identity:
        """What the results will be results of."""
        study = self.study
        return Identity(study.name, study.configuration_hash, self.scale, simcomunita.__version__, code_fingerprint())

    @property
    def stopping(self) -> Stopping | None:
        """What says how many tasks are enough, if a precision is asked for."""
        if self.precision is None:
            return None
        policies = tuple(name for name in self.study.scenarios if name != self.study.baseline)
        return Stopping(self.precision, self.study.baseline, policies)

    def trunks(self, draw: int) -> tuple[Trunk, ...]:
        """Return the one history that all scenarios share."""
        study = self.study
        futures = {name: scenario.policies for name, scenario in study.scenarios.items()}
        history = study.history
        if draw:
            drawn = study.drawn_from or drawing(study.draws)
            history = replace(history, parameters=drawn.parameters(history.parameters, draw))
        return (Trunk(history, study.branch_at, study.until, futures, study.kept),)

    def bare(self) -> Self:
        """Return the same without tasks."""
        return replace(self, tasks=())

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds, ascending."""
        return tuple(sorted({task.seed for task in self.tasks}))


def checked_scale(scale: float, residents: int) -> float:
    """Return a scale as a number.

    Raises
    ------
    ExperimentError
        If it is not above zero and finite, leaves fewer than 100 of a territory's residents or makes more than
        2,000,000 of them.
    """
    from simcomunita.scenario.forms import MOST_RESIDENTS
    from simcomunita.territory.scaling import check_enough

    if not (math.isfinite(scale) and scale > 0.0):
        raise ExperimentError(f"scale is {scale:g}; expected a number above 0, 1 for one agent a resident.")
    if scale * residents > MOST_RESIDENTS:
        raise ExperimentError(
            f"scale is {scale:g}: {scale * residents:,.0f} residents instead of {residents:,}; "
            f"expected at most {MOST_RESIDENTS:,}."
        )
    try:
        check_enough(scale, residents)
    except ValueError as error:
        raise ExperimentError(str(error)) from None
    return float(scale)


def checked_seed(seed: int) -> int:
    """Return a seed.

    Raises
    ------
    ExperimentError
        If it is negative or does not fit into 63 bits.
    """
    if not 0 <= seed <= LARGEST_SEED:
        raise ExperimentError(f"seed is {seed}; expected a whole number from 0 to {LARGEST_SEED}.")
    return int(seed)


def seed_of(draw: int, seed: int) -> int:
    """Return the seed that a draw has of its own for the study's first, second, ... seed.

    Were the same few seeds run in every draw, their luck would be in all draws alike, and no interval over draws would
    hold it. A seed's draws and a draw's seeds stay the same when more of either are asked for.

    Raises
    ------
    ExperimentError
        If there is none of so large a number.
    """
    return seed if draw == 0 else checked_seed(seed * MOST_RUNS + draw - 1)


def _of_posterior(study: Study, seeds: int | Sequence[int] | None) -> tuple[tuple[Task, ...], Precision | None]:
    """Return the tasks of a study whose parameters are drawn from a posterior, and the precision they are to reach.

    Pair k has draw k and seed k, so that the first pairs stay what they are when there are more of them, and have the
    chance that they have with parameters as configured. Where each draw has several seeds, its first is that one too.
    """
    draws, scenarios = study.draws_of_posterior, len(study.scenarios)
    if draws is None:
        precision = study.precision if seeds is None else None
        asked = study.seeds if precision is None else precision.at_most
        numbers = _seeds(asked if seeds is None else seeds)
        wrong = [number for number in numbers if not 1 <= number <= MOST_RUNS]
        if wrong:
            raise ExperimentError(
                f"seed is {wrong[0]}; expected 1 to {MOST_RUNS:,}, as pair k has draw k of the posterior and seed k."
            )
        _check_runs(len(numbers), 1, scenarios, several=False)
        return tuple(Task(number, number) for number in numbers), precision
    numbers = _seeds(SEEDS_A_DRAW if seeds is None else seeds, least=1)
    _check_runs(len(numbers), draws, scenarios, several=True)
    drawn = range(1, draws + 1)
    return tuple(sorted(Task(draw, draw if n == 1 else seed_of(draw, n)) for draw in drawn for n in numbers)), None


def _check_runs(seeds: int, draws: int, scenarios: int, *, several: bool) -> None:
    runs = seeds * draws * scenarios
    if runs > MOST_RUNS:
        with_draws = f" with {draws:,} draws" if several else ""
        raise ExperimentError(
            f"{seeds:,} seeds{with_draws} of {scenarios} scenarios are {runs:,} runs; expected at most {MOST_RUNS:,}."
        )


def _seeds(seeds: int | Sequence[int], least: int = 2) -> list[int]:
    if isinstance(seeds, int | np.integer):
        if seeds > MOST_RUNS:
            raise ExperimentError(f"{seeds:,} seeds; expected at most {MOST_RUNS:,} runs.")
        numbers = list(range(1, int(seeds) + 1))
    else:
        numbers = sorted(checked_seed(seed) for seed in seeds)
        if len(set(numbers)) < len(numbers):
            raise ExperimentError("a seed is named twice; expected different seeds.")
    if len(numbers) < least:
        raise ExperimentError(f"seeds are {len(numbers)}; an interval needs at least 2 pairs of runs.")
    return numbers


@lru_cache(maxsize=1)
def code_fingerprint() -> str:
    """Fingerprint of the code that results depend on: everything up to the model and the scenarios."""
    root = Path(simcomunita.__file__).parent
    found = hashlib.sha256()
    for file in sorted(root.rglob("*.py"), key=lambda path: path.relative_to(root).as_posix()):
        name = file.relative_to(root)
        if name.parts[0] not in _ABOVE_THE_MODEL:
            found.update(name.as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()[:16]
