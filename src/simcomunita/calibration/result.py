"""A calibration as it was done: from a bank to a posterior, with what it predicts and how far it can be trusted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simcomunita.calibration.bank import Bank, BankPlan
from simcomunita.calibration.calibration import Calibration
from simcomunita.calibration.checks import LEVELS, Checks, check, contraction, correlations
from simcomunita.calibration.inference import BEST, Fitted, Floats, Inference, Posterior, methods
from simcomunita.calibration.outcomes import observed, summaries
from simcomunita.calibration.predicting import Prediction, predictions
from simcomunita.calibration.weighing import NAME as EXACT
from simcomunita.calibration.weighing import Weighed
from simcomunita.experiment.plan import ExperimentError, Task
from simcomunita.experiment.running import run_plan
from simcomunita.scenario.drawing import WEIGHT

if TYPE_CHECKING:
    from simcomunita.calibration.curve import Size
    from simcomunita.calibration.discrepancy import Rarity
    from simcomunita.calibration.mechanisms import Mechanisms
    from simcomunita.calibration.variants import Read

FEWEST_RUNS = 40
"""Runs that a fit needs at least."""
TOLD_APART = 0.5
"""Two parameters whose correlation is larger cannot be told apart well."""
CHECKED_BESIDE = 60
"""Truths that methods other than the chosen one are checked with at most."""

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Result:
    """What came out.

    Attributes
    ----------
    posteriors, checks
        By method, the chosen one first.
    predictions
        Of every outcome, by the chosen method.
    method
        The chosen one: as the calibration says, or that with the best score.
    variants, curve, mechanisms, rarity
        What else was asked, if it was: other readings, error against the size of the bank, which mechanisms the
        figures need, how rare they are together.
    """

    calibration: Calibration
    bank: Bank
    posteriors: Mapping[str, Posterior]
    checks: Mapping[str, Checks]
    predictions: tuple[Prediction, ...]
    method: str
    variants: tuple[Read, ...] = ()
    curve: tuple[Size, ...] = ()
    mechanisms: Mechanisms | None = None
    rarity: Rarity | None = None

    @property
    def posterior(self) -> Posterior:
        """That of the chosen method."""
        return self.posteriors[self.method]

    @property
    def checked(self) -> Checks:
        """Those of the chosen method."""
        return self.checks[self.method]

    def predicted_again(self, again: Bank) -> Result:
        """Return the same with what draws of the posterior gave when they were run again."""
        told = predictions(self.calibration.outcomes, self.bank, self.posterior, self.calibration.fit_seed, again)
        return replace(self, predictions=tuple(told))

    def parameters(self) -> pd.DataFrame:
        """A row a parameter: prior, posterior (5, 50 and 95 %), contraction, and how well its truth is found again."""
        priors, posterior, checks = self.calibration.priors, self.posterior, self.checked
        ends = [priors.values(posterior.quantile(q)[None, :])[0] for q in (0.05, 0.5, 0.95)]
        table = {
            "parameter": list(priors.keys),
            "unit": [prior.unit for prior in priors],
            "configured": [prior.median for prior in priors],
            "prior": [prior.shape for prior in priors],
            "prior_low": [prior.low for prior in priors],
            "prior_high": [prior.high for prior in priors],
            "low": ends[0],
            "median": ends[1],
            "high": ends[2],
            "contraction": contraction(posterior),
            "error_of_truths": checks.error(),
            **{f"coverage_{round(100 * level)}": checks.coverage(level) for level in LEVELS},
            "ranks_outside_band": checks.outside().astype(int),
        }
        for name, other in self.posteriors.items():
            if name != self.method:
                table[f"median_{name}"] = priors.values(other.quantile(0.5)[None, :])[0]
        return pd.DataFrame(table)

    def outcomes(self) -> pd.DataFrame:
        """A row a published figure: what was published, and the 90 % intervals of what is predicted of it."""
        rows = []
        for one in self.predictions:
            row: dict[str, object] = {
                "outcome": one.outcome.name,
                "measure": one.outcome.measure,
                "use": one.outcome.use,
                "bound": one.outcome.bound,
                "published": one.outcome.published,
            }
            for name in ("prior", "posterior", "nearest", "rerun"):
                low, middle, high = getattr(one, name) or (np.nan, np.nan, np.nan)
                row |= {f"{name}_low": low, f"{name}_median": middle, f"{name}_high": high}
            row |= {
                "prior_below": one.below,
                "posterior_below": one.placed,
                "posterior_p": one.as_far,
                "explained": one.explained,
                "outside_prior": int(one.outside),
                "held": int(one.held),
            }
            rows.append(row)
        return pd.DataFrame(rows)

    def pairs(self) -> list[tuple[str, str, float]]:
        """Parameters that cannot be told apart well, and their correlation; the strongest first."""
        together, keys = correlations(self.posterior), self.calibration.priors.keys
        found = [
            (keys[i], keys[j], float(together[i, j]))
            for i in range(len(keys))
            for j in range(i + 1, len(keys))
            if abs(together[i, j]) >= TOLD_APART
        ]
        return sorted(found, key=lambda pair: -abs(pair[2]))

    def ranks(self) -> pd.DataFrame:
        """A row a truth: the share of its posterior below it, a column a parameter."""
        return pd.DataFrame(self.checked.ranks, columns=list(self.calibration.priors.keys))

    def farthest(self, method: str) -> float:
        """How far some parameter's middle lies from that of the chosen method, in widths of its 90 % interval."""
        low, middle, high = (self.posterior.quantile(share) for share in (0.05, 0.5, 0.95))
        away = np.abs(self.posteriors[method].quantile(0.5) - middle) / np.maximum(high - low, 1e-12)
        return float(away.max())

    def methods(self) -> pd.DataFrame:
        """A row a method: error of the posterior mean over all truths and parameters, and coverage."""
        return pd.DataFrame(
            {
                "method": list(self.checks),
                "truths": [len(one.ranks) for one in self.checks.values()],
                "error": [one.overall() for one in self.checks.values()],
                "score": [one.score() for one in self.checks.values()],
                **{
                    f"coverage_{round(100 * level)}": [
                        float(one.coverage(level).mean()) for one in self.checks.values()
                    ]
                    for level in LEVELS
                },
                "ranks_outside_band": [int(one.outside().sum()) for one in self.checks.values()],
                "effective": [self.posteriors[name].trusted for name in self.checks],
                "farthest_middle": [self.farthest(name) for name in self.checks],
                "chosen": [int(name == self.method) for name in self.checks],
            }
        )

    def sample(self) -> pd.DataFrame:
        """The posterior as a sample that studies read: a column a parameter, and a weight."""
        posterior, priors = self.posterior, self.calibration.priors
        cube, weights = posterior.cube, posterior.weights
        if len(cube) > self.calibration.draws:  # the heaviest say nearly all; systematic draws say it without bias
            cube = posterior.equally_weighted(self.calibration.draws, self.calibration.fit_seed)
            weights = np.full(len(cube), 1.0 / len(cube))
        table = pd.DataFrame(priors.values(cube), columns=list(priors.keys))
        table[WEIGHT] = weights
        return table


def infer(calibration: Calibration, bank: Bank, tell: Tell = lambda *_: None) -> Result:
    """Fit, check and predict.

    Raises
    ------
    ExperimentError
        If the bank has too few runs, or does not hold what is fitted.
    """
    if len(bank) < FEWEST_RUNS:
        raise ExperimentError(f"the bank has {len(bank)} runs; a fit needs at least {FEWEST_RUNS}.")
    fitted = calibration.fitted
    counted = bank.counted(fitted)
    told = summaries(fitted, counted, bank.scale, calibration.fit_seed)
    published = observed(fitted, bank.scale)
    contenders = {name: make() for name, make in methods().items()}
    best = calibration.method == BEST
    order = list(contenders) if best else [calibration.method, *(n for n in contenders if n != calibration.method)]
    beside: dict[str, Inference] = {EXACT: Weighed(fitted, counted, bank.scale)}
    fits: dict[str, Fitted] = {}
    checks: dict[str, Checks] = {}
    for name, method in {**{name: contenders[name] for name in order}, **beside}.items():
        fits[name] = method.fit(bank.cube, told, calibration.fit_seed)
        whole = name == calibration.method or (best and name in contenders)
        number = calibration.truths if whole else min(calibration.truths, CHECKED_BESIDE)
        checks[name] = check(fits[name], bank.cube, told, number, tell if whole else lambda *_: None)
    chosen = min(order, key=lambda name: checks[name].score()) if best else calibration.method
    names = [chosen, *(name for name in fits if name != chosen)]
    posteriors = {name: fits[name].posterior(published) for name in names}
    predicted = predictions(calibration.outcomes, bank, posteriors[chosen], calibration.fit_seed)
    return Result(calibration, bank, posteriors, {name: checks[name] for name in names}, tuple(predicted), chosen)


def run_again(plan: BankPlan, posterior: Posterior, number: int, workers: int = 1) -> Bank:
    """Run draws of the posterior again, with seeds that the bank does not have.

    Raises
    ------
    ExperimentError
        If every run failed.
    """
    cube = posterior.equally_weighted(number, plan.calibration.fit_seed)
    first = len(plan.cube) + 1
    tasks = tuple(Task(draw, draw) for draw in range(first, first + number))
    extended = _Extended(plan.calibration, tasks, plan.scale, plan.make_model, tuple(map(tuple, cube.tolist())))
    ensemble = run_plan(extended, workers)
    if not ensemble.parts:
        raise ExperimentError(f"every run failed, the first one so: {ensemble.failures[0].error}")
    return Bank.of(extended, ensemble.parts)


@dataclass(frozen=True)
class _Extended(BankPlan):
    """A bank's plan whose points go on with given ones."""

    more: tuple[tuple[float, ...], ...] = ()

    @property
    def cube(self) -> Floats:
        laid = BankPlan(self.calibration, (), self.scale)
        return np.vstack([laid.cube, np.array(self.more)])
