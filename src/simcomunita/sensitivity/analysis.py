"""The analysis: all parameters are screened, then those that stood out are looked at more closely.

Both stages are ensembles like any other: kept as they come, taken up again, and the same whatever the workers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

import simcomunita
from simcomunita.configuration import did_you_mean, shown
from simcomunita.experiment.branching import Failure, Part
from simcomunita.experiment.parts import PartStore, claim
from simcomunita.experiment.plan import (
    MOST_RUNS,
    ExperimentError,
    Identity,
    MakeModel,
    checked_scale,
    code_fingerprint,
    community_model,
)
from simcomunita.experiment.running import Progress, run_plan
from simcomunita.scenario.scenario import Study, fingerprint
from simcomunita.sensitivity.effects import Effects, effects, strongest
from simcomunita.sensitivity.factors import DUMMY, Factors
from simcomunita.sensitivity.indices import FEWEST, Indices, given_data, sobol
from simcomunita.sensitivity.library import library
from simcomunita.sensitivity.living import PointsPlan, outcomes, tasks
from simcomunita.sensitivity.points import DESIGNS
from simcomunita.sensitivity.targets import Target, targets

if TYPE_CHECKING:
    from simcomunita.scenario import Study

METHODS = ("sobol", "rbd_fast")
POINTS = {"sobol": 64, "rbd_fast": 256}
"""How many points, if nobody says: of Sobol's method before they are crossed."""

MOST_TRAJECTORIES, MOST_POINTS = 1000, 16_384
DESIGN = 1
"""Seed of the points; the same for everybody, so that what one has run another can take up."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large the analysis is.

    Attributes
    ----------
    trajectories
        Walks through the parameters when they are screened.
    points
        Points of the closer look, a power of two.
    seeds
        Courses of chance at every point, the same at all.
    scale
        Share of the residents.
    keep
        Parameters that are looked at more closely; with 0 there is no closer look.
    method
        ``sobol`` or ``rbd_fast``.
    """

    trajectories: int = 4
    points: int | None = None
    seeds: int = 2
    scale: float = 0.05
    keep: int = 8
    method: str = "sobol"
    workers: int = 1

    @property
    def many(self) -> int:
        """Points of the closer look, as asked or as usual."""
        return POINTS[self.method] if self.points is None else self.points


@dataclass(frozen=True)
class Stage:
    """What came out at the points of one stage.

    Attributes
    ----------
    parts, failures
        Together every task.
    """

    plan: PointsPlan
    seeds: int
    parts: tuple[Part, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True)
class Findings:
    """What the analysis says.

    Attributes
    ----------
    screening
        Effects of all factors on every target.
    kept
        The parameters that were looked at more closely, the strongest first.
    indices
        Their shares of variance, of every target; empty if nothing was kept.
    tasks
        How many there were: a point and a seed in all scenarios each.
    """

    analysis: Analysis
    screening: Mapping[Target, Effects]
    kept: tuple[str, ...]
    indices: Mapping[Target, Indices]
    tasks: int = 0
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True)
class Analysis:
    """What is asked: of which study, over which parameters, for which measures."""

    study: Study
    factors: Factors
    measures: tuple[str, ...]
    size: Size
    out: Path | None = None
    make: MakeModel = community_model

    @classmethod
    def of(
        cls,
        study: Study,
        size: Size,
        parameters: Sequence[str] = (),
        measures: Sequence[str] = (),
        out: Path | None = None,
        make: MakeModel = community_model,
    ) -> Analysis:
        """Plan an analysis.

        Raises
        ------
        ExperimentError
            If something asked for is not there, too small or too large; or if SALib is not installed.
        """
        library("SALib")
        if isinstance(study, Study):  # parameters are moved here, around what is configured; no posterior enters
            study = replace(study, parameters="point")
        factors = Factors.of(study.history.parameters, parameters)
        checked = _checked(size, len(factors), len(study.scenarios), study.history.territory.residents)
        return cls(study, factors, _measures(study, measures), checked, out, make)

    @property
    def targets(self) -> tuple[Target, ...]:
        """What is looked at."""
        return targets(self.study, self.measures)

    @cached_property
    def identity(self) -> Identity:
        """What the whole folder holds results of: larger numbers of the same go on in it."""
        return Identity(
            f"sensitivity of {self.study.name}",
            fingerprint([self.study.configuration_hash, DESIGN, self.factors.as_list()]),
            self.size.scale,
            simcomunita.__version__,
            code_fingerprint(),
        )

    def occupy(self) -> None:
        """Make the folder ready, or refuse it where it holds something else.

        Raises
        ------
        ExperimentError
            If it cannot be written to, or holds results of something else.
        """
        if self.out is not None:
            claim(self.out, self.identity)

    def screening_plan(self) -> PointsPlan:
        """Plan the screening of all parameters."""
        return self._plan(self.factors, "morris", self.size.trajectories)

    def indices_plan(self, kept: Sequence[str]) -> PointsPlan:
        """Plan the closer look at some of them."""
        return self._plan(self.factors.only(kept), self.size.method, self.size.many)

    def _plan(self, factors: Factors, design: str, number: int) -> PointsPlan:
        points = DESIGNS[design](factors.names, number, DESIGN)
        todo = tasks(len(points), self.size.seeds)
        return PointsPlan(self.study, factors, (design, DESIGN), points, todo, self.size.scale, self.make)

    def store(self, plan: PointsPlan) -> PartStore | None:
        """Where a stage's runs are kept: another choice of parameters has another folder of its own."""
        if self.out is None:
            return None
        name, identity = plan.design[0], plan.identity
        place = "screening" if name == "morris" else f"indices/{name}-{identity.configuration_hash[:8]}"
        return PartStore.open(self.out / place, identity)

    def seconds(self, plan: PointsPlan) -> float:
        """Processor time that one task takes, by what was kept or by trying the first two points.

        The first run of a process grows its residents, so that the second tells more.
        """
        store = self.store(plan)
        first = tuple(task for task in plan.tasks if task.seed == 1)[:2]
        ensemble = run_plan(replace(plan, tasks=first), 1, store)
        return ensemble.parts[-1].seconds if ensemble.parts else float("nan")

    def missing(self, plan: PointsPlan) -> int:
        """Return how many tasks of a stage are not kept yet."""
        store = self.store(plan)
        return len(plan.tasks) - (sum(store.path(task).is_file() for task in plan.tasks) if store else 0)

    def run(self, plan: PointsPlan, progress: Callable[[Progress], None] = lambda _: None) -> Stage:
        """Run what was not run before."""
        ensemble = run_plan(plan, self.size.workers, self.store(plan), progress)
        return Stage(plan, self.size.seeds, ensemble.parts, ensemble.failures)

    def screened(self, stage: Stage) -> dict[Target, Effects]:
        """Return the effects of all factors on every target."""
        names, points = stage.plan.factors.names, stage.plan.points
        return {target: effects(names, points, values) for target, values in self._values(stage).items()}

    def kept(self, screening: Mapping[Target, Effects]) -> tuple[str, ...]:
        """Return the parameters that move the differences between policies most."""
        return strongest([one for target, one in screening.items() if target.less], self.size.keep, DUMMY)

    def indices(self, stage: Stage) -> dict[Target, Indices]:
        """Return the shares of variance of every target."""
        names, points = stage.plan.factors.names, stage.plan.points
        if self.size.method == "sobol":
            return {target: sobol(names, values, DESIGN) for target, values in self._values(stage).items()}
        return {target: given_data(names, points, values, DESIGN) for target, values in self._values(stage).items()}

    def _values(self, stage: Stage) -> dict[Target, NDArray[np.float64]]:
        scenarios = tuple(self.study.scenarios)
        count = len(stage.plan.points)
        told = {measure: outcomes(stage.parts, count, stage.seeds, scenarios, measure) for measure in self.measures}
        return {target: target.values(told[target.measure], scenarios) for target in self.targets}


def _measures(study: Study, asked: Sequence[str]) -> tuple[str, ...]:
    from simcomunita.experiment.comparison import USUAL_HEADLINE
    from simcomunita.scenario.studies import measures

    known = measures()
    for name in asked:
        if name not in known:
            raise ExperimentError(f"--measure {shown(name)}: is no measure. {did_you_mean(name, known)}")
    return tuple(dict.fromkeys(asked or study.headline or USUAL_HEADLINE))


def _checked(size: Size, factors: int, scenarios: int, residents: int) -> Size:
    scale = checked_scale(size.scale, residents)
    if not 2 <= size.trajectories <= MOST_TRAJECTORIES:
        raise ExperimentError(
            f"--trajectories is {size.trajectories}; expected 2 to {MOST_TRAJECTORIES:,} (an interval needs 2)."
        )
    if size.method not in METHODS:
        raise ExperimentError(f"--method {shown(size.method)}: expected one of {' and '.join(METHODS)}.")
    least = 8 if size.method == "sobol" else FEWEST
    if not least <= size.many <= MOST_POINTS or size.many & (size.many - 1):
        near = min(max(1 << max(size.many - 1, 1).bit_length(), least), MOST_POINTS)
        raise ExperimentError(
            f"--points is {size.many}; {size.method} needs a power of two from {least} to {MOST_POINTS:,}, so that "
            f"they fill the space evenly. Try {near}."
        )
    if size.seeds < 1 or size.keep < 0:
        raise ExperimentError(
            f"--seeds is {size.seeds} and --keep is {size.keep}; expected at least 1 seed, and 0 or more to keep."
        )
    kept = min(size.keep, factors - 1)
    crossed = 0 if not kept else size.many * (kept + 3) if size.method == "sobol" else size.many
    for what, points in (("screening", size.trajectories * (factors + 1)), ("the closer look", crossed)):
        runs = points * size.seeds * scenarios
        if runs > MOST_RUNS:
            raise ExperimentError(
                f"{what} would take {points:,} points, {size.seeds} seeds and {scenarios} scenarios: {runs:,} runs; "
                f"expected at most {MOST_RUNS:,}. Ask for fewer trajectories, points, seeds or parameters."
            )
    return replace(size, scale=scale, keep=kept)
