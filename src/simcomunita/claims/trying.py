"""Trying the claims: plausible draws first, then every claim in every draw, kept as they come and taken up again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import simcomunita
from simcomunita.claims.claim import Claim, ClaimPlan
from simcomunita.claims.forms import LedgerForm
from simcomunita.claims.judging import Finding, Verdict, judged, weakest
from simcomunita.claims.screening import Screen, Screening, ScreenPlan
from simcomunita.experiment.branching import Failure, Part
from simcomunita.experiment.draws import Design
from simcomunita.experiment.parts import PartStore, claim
from simcomunita.experiment.plan import ExperimentError, Identity, Task, checked_scale, code_fingerprint
from simcomunita.experiment.running import Progress, run_plan
from simcomunita.scenario import load_scenario
from simcomunita.scenario.scenario import fingerprint

Tell = Callable[[int, int], None]
"""Called with (done, total)."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large the trial is.

    Attributes
    ----------
    draws
        Plausible draws of all parameters, beside the values as configured.
    seeds
        Courses of chance for each.
    scale
        Share of the residents.
    workers
        Processes, or an executor.
    """

    draws: int
    seeds: int
    scale: float
    workers: int | Executor


@dataclass(frozen=True)
class Result:
    """What came out of a claim.

    Attributes
    ----------
    draws
        Draw 0, the values as configured, then the plausible draws.
    pairs
        This and that of every part: (draws, seeds, parts, 2).
    effects
        Effect of every part by draw, of the means over seeds: (draws, parts), not signed.
    findings
        One a part, over the plausible draws without draw 0.
    scale
        Share of the residents.
    """

    claim: Claim
    draws: tuple[int, ...]
    pairs: NDArray[np.float64]
    effects: NDArray[np.float64]
    findings: tuple[Finding, ...]
    scale: float
    failures: tuple[Failure, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """That of the weakest part."""
        return weakest([finding.verdict for finding in self.findings])

    @classmethod
    def of(
        cls,
        claim: Claim,
        draws: Sequence[int],
        pairs: NDArray[np.float64],
        scale: float,
        failures: tuple[Failure, ...] = (),
    ) -> Result:
        """Judge a claim by the pairs of all its parts; runs that failed are NaN."""
        # A pair of which one is unknown is no pair.
        pairs = np.where(np.isfinite(pairs).all(axis=3, keepdims=True), pairs, np.nan)
        effects = _effects(claim, _mean(pairs, axis=1))
        by_seed = _effects(claim, pairs)
        findings = []
        for part, contrast in enumerate(claim.contrasts):
            plausible = np.asarray(draws) != 0
            noise = _noise(by_seed[plausible, :, part])
            findings.append(judged(contrast.sign * effects[plausible, part], noise, contrast.matters))
        return cls(claim, tuple(draws), pairs, effects, tuple(findings), scale, failures)


def _mean(values: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    """Mean of what is known; NaN where nothing is."""
    known = np.isfinite(values)
    count = known.sum(axis=axis)
    total = np.where(known, values, 0.0).sum(axis=axis)
    means: NDArray[np.float64] = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return means


def _effects(claim: Claim, pairs: NDArray[np.float64]) -> NDArray[np.float64]:
    """The effect of every pair, (..., parts) of (..., parts, 2)."""
    effects = np.empty(pairs.shape[:-1])
    for part, contrast in enumerate(claim.contrasts):
        own = [contrast.effect(this, that) for this, that in pairs[..., part, :].reshape(-1, 2).tolist()]
        effects[..., part] = np.reshape(own, pairs.shape[:-2])
    return effects


def _noise(by_seed: NDArray[np.float64]) -> float:
    """Variance that chance between seeds leaves in the effect of one draw, pooled over draws: (draws, seeds)."""
    whole, seeds = by_seed[np.isfinite(by_seed).all(axis=1)], int(by_seed.shape[1])
    if seeds < 2 or not len(whole):
        return float("nan")
    return float(whole.var(axis=1, ddof=1).mean()) / seeds


@dataclass(frozen=True)
class Trial:
    """The ledger as it is to be run."""

    ledger: LedgerForm
    size: Size
    out: Path | None = None

    @property
    def design(self) -> Design:
        """Which draws are drawn."""
        return Design(self.ledger.design)

    def identity(self) -> Identity:
        """What the whole folder holds results of."""
        return Identity(
            "claims", fingerprint(self.ledger.design), self.size.scale, simcomunita.__version__, code_fingerprint()
        )

    def occupy(self) -> None:
        """Make the folder ready, or refuse it where it holds something else.

        Raises
        ------
        ExperimentError
            If it cannot be written to, or holds results of something else.
        """
        if self.out is not None:
            claim(self.out, self.identity())

    def screen(self) -> Screen:
        """What makes a draw plausible."""
        form = self.ledger.screen
        scenario = load_scenario(f"scenarios/{form.scenario}")
        checked_scale(self.size.scale, scenario.territory.residents)
        published = {one.outcome: one.published for one in scenario.territory.outcomes if not one.date}
        return Screen(scenario, {name: published[name] for name in form.outcomes}, form.factor)

    def plausible(self, tell: Tell) -> Screening:
        """Try draws until enough of them are plausible.

        Raises
        ------
        ExperimentError
            If too few are, or if the project cannot be run.
        """
        screen, wanted = self.screen(), self.size.draws
        most = wanted * self.ledger.screen.tried
        parts: dict[int, Part] = {}
        for first in range(1, most + 1, wanted):
            tasks = tuple(Task(draw, 1) for draw in range(first, min(first + wanted, most + 1)))
            plan = ScreenPlan(screen, self.design, tasks, self.size.scale)
            store = self._store("draws", plan.identity)
            ensemble = run_plan(plan, self.size.workers, store, _shifted(tell, len(parts), len(parts) + len(tasks)))
            if ensemble.failures:
                failed = ensemble.failures[0]
                raise ExperimentError(f"the project fails with {failed.task}: {failed.error}")
            parts |= {part.task.draw: part for part in ensemble.parts}
            screening = Screening.of(screen, parts, self.size.scale, wanted)
            if len(screening.kept) == wanted:
                return screening
        raise ExperimentError(
            f"only {len(screening.kept)} of {len(parts)} draws are plausible, {wanted} are wanted; "
            "widen the screen, or ask for fewer draws."
        )

    def plans(self, claims: Sequence[Claim], draws: Sequence[int]) -> list[ClaimPlan]:
        """Plan every claim over the values as configured and the plausible draws."""
        tasks = tuple(Task(draw, seed) for draw in (0, *draws) for seed in range(1, self.size.seeds + 1))
        return [ClaimPlan(claim, self.design, tasks, self.scale_of(claim)) for claim in claims]

    def scale_of(self, claim: Claim) -> float:
        """The ledger's share of the residents, or the claim's own; but what was asked for goes before both."""
        own = claim.scale if self.size.scale == self.ledger.scale else None
        return self.size.scale if own is None else own

    def results(self, plans: Sequence[ClaimPlan], tell: Tell) -> list[Result]:
        """Run what was not run before, and judge."""
        stores = [self._store(plan.claim.name, plan.identity) for plan in plans]
        measured = [_Measured(plan) for plan in plans]
        for store, own in zip(stores, measured, strict=True):
            own.take(store.taken_up(own.plan.tasks) if store else {})
        total = sum(len(plan.tasks) for plan in plans)
        tell(sum(own.done for own in measured), total)
        for store, own in zip(stores, measured, strict=True):
            missing = own.missing()
            before = sum(other.done for other in measured)
            if missing.tasks:
                ensemble = run_plan(missing, self.size.workers, store, _shifted(tell, before, total))
                own.take({part.task: part for part in ensemble.parts})
                own.failures = ensemble.failures
        return [own.result() for own in measured]

    def _store(self, name: str, identity: Identity) -> PartStore | None:
        return PartStore.open(self.out / name, identity) if self.out is not None else None


def _shifted(tell: Tell, before: int, total: int) -> Callable[[Progress], None]:
    """Tell the progress of one plan as that of the whole."""
    return lambda progress: tell(before + progress.done, total)


class _Measured:
    """What was read off the runs of a claim; the runs themselves are let go."""

    def __init__(self, plan: ClaimPlan) -> None:
        self.plan = plan
        self.draws = sorted({task.draw for task in plan.tasks})
        self.seeds = sorted({task.seed for task in plan.tasks})
        self.pairs = np.full((len(self.draws), len(self.seeds), len(plan.claim.contrasts), 2), np.nan)
        self.failures: tuple[Failure, ...] = ()
        self._taken: set[Task] = set()

    @property
    def done(self) -> int:
        """How many tasks were read."""
        return len(self._taken)

    def take(self, parts: Mapping[Task, Part]) -> None:
        """Read off what the claim needs."""
        for task, part in parts.items():
            at = self.draws.index(task.draw), self.seeds.index(task.seed)
            for number, contrast in enumerate(self.plan.claim.contrasts):
                self.pairs[(*at, number)] = contrast.pair([part.runs[arm].series for arm in contrast.arms])
            self._taken.add(task)

    def missing(self) -> ClaimPlan:
        """Return the plan of what was not read yet."""
        plan = self.plan
        tasks = tuple(task for task in plan.tasks if task not in self._taken)
        return ClaimPlan(plan.claim, plan.design, tasks, plan.scale, plan.make_model)

    def result(self) -> Result:
        """Judge."""
        return Result.of(self.plan.claim, self.draws, self.pairs, self.plan.scale, self.failures)
