"""If the figures mean something else: the same bank, fitted to other readings of what was published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from simcomunita.calibration.inference import Posterior, methods
from simcomunita.calibration.otherwise import Variant
from simcomunita.calibration.outcomes import observed, summaries
from simcomunita.calibration.predicting import Prediction, predictions
from simcomunita.calibration.result import Result

MAIN = "main"
"""What tables call the calibration's own reading."""
MOVED = 0.5
"""An interval has moved if one of its ends has, by more than so many times its width."""
ENDS = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Read:
    """What comes out if figures are read otherwise.

    Attributes
    ----------
    moved
        By parameter, how far its interval moved: the larger of what its two ends did, in widths of the old one.
    """

    variant: Variant
    posterior: Posterior
    predictions: tuple[Prediction, ...]
    moved: dict[str, float]

    @property
    def far(self) -> list[str]:
        """Parameters whose interval moved by more than half its width, the farthest first."""
        return sorted((key for key, by in self.moved.items() if by > MOVED), key=lambda key: -self.moved[key])

    def changed(self, before: tuple[Prediction, ...]) -> tuple[list[Prediction], list[Prediction]]:
        """Return the held-out figures that are now predicted and were not, and those that now are missed."""
        pairs = [(old, new) for old, new in zip(before, self.predictions, strict=True) if not new.outcome.fitted]
        return [new for old, new in pairs if new.held > old.held], [new for old, new in pairs if new.held < old.held]


def with_variants(result: Result, tell: Callable[[int, int], None] = lambda *_: None) -> Result:
    """Return the same result with every variant of its calibration fitted by the same method."""
    calibration = result.calibration
    found: list[Read] = []
    tell(0, len(calibration.variants))
    for variant in calibration.variants:
        found.append(_read(variant, result))
        tell(len(found), len(calibration.variants))
    return replace(result, variants=tuple(found))


def _read(variant: Variant, result: Result) -> Read:
    calibration, bank = result.calibration, result.bank
    seed, posterior = calibration.fit_seed, result.posterior
    if variant.fitted != calibration.fitted:
        told = summaries(variant.fitted, bank.counted(variant.fitted), bank.scale, seed)
        fit = methods()[result.method]().fit(bank.cube, told, seed)
        posterior = fit.posterior(observed(variant.fitted, bank.scale))
    predicted = predictions(variant.outcomes, bank, posterior, seed)
    old_low, old_high = result.posterior.quantile(ENDS[0]), result.posterior.quantile(ENDS[2])
    low, high = posterior.quantile(ENDS[0]), posterior.quantile(ENDS[2])
    by = np.maximum(np.abs(low - old_low), np.abs(high - old_high)) / np.maximum(old_high - old_low, 1e-12)
    return Read(variant, posterior, tuple(predicted), dict(zip(calibration.priors.keys, by.tolist(), strict=True)))


def variants_table(result: Result) -> pd.DataFrame:
    """A row a reading and parameter or figure: middle and 90 % interval, whether it moved, whether it is predicted."""
    rows: list[dict[str, object]] = []
    readings: list[tuple[str, Posterior, tuple[Prediction, ...], dict[str, float] | None]]
    readings = [(MAIN, result.posterior, result.predictions, None)]
    readings += [(one.variant.name, one.posterior, one.predictions, one.moved) for one in result.variants]
    priors = result.calibration.priors
    for name, posterior, predicted, moved in readings:
        ends = [priors.values(posterior.quantile(share)[None, :])[0] for share in ENDS]
        for k, prior in enumerate(priors):
            low, middle, high = (float(end[k]) for end in ends)
            by = 0.0 if moved is None else moved[prior.key]
            row = {"variant": name, "kind": "parameter", "name": prior.key, "measure": "", "use": "", "error": np.nan}
            rows.append({**row, "low": low, "median": middle, "high": high, "moved": by, "far": int(by > MOVED)})
        for one in predicted:
            low, middle, high = one.posterior
            told = one.outcome
            rows.append(
                {
                    "variant": name,
                    "kind": "outcome",
                    "name": told.outcome if told.last else told.name,
                    "measure": told.measure,
                    "use": told.use,
                    "error": told.error,
                    "low": low,
                    "median": middle,
                    "high": high,
                    "published": told.published,
                    "held": int(one.held),
                    "outside_prior": int(one.outside),
                }
            )
    return pd.DataFrame(rows)
