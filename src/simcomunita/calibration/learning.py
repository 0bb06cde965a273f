"""Learned summaries: what the reports say of each parameter, as small neural networks have learned it from the bank.

The best single summary for a parameter is its posterior mean (Fearnhead & Prangle 2012, J. R. Statist. Soc. B
74:419-474, "semi-automatic" ABC). Networks are trained to predict the parameters from the reports, and their
predictions are the summaries of the regression adjustment. A network predicts too well what it was trained on, so the
bank is divided into folds and every run is summarised by networks that have not seen it (cross-fitting, Chernozhukov et
al. 2018, Econometrics Journal 21:C1-C68); what was observed, by all.

With a seed the result is the same bit for bit, whatever the number of threads, with the same versions of scikit-learn
and NumPy on the same kind of processor; not across these, since their sums are added in other orders.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simcomunita.calibration.adjusting import adjusted, scaled
from simcomunita.calibration.inference import Floats, Posterior, logit, one_thread

LOGISTIC_SD = np.pi / np.sqrt(3.0)
"""Standard deviation of the log-odds of what is even between 0 and 1."""


@dataclass(frozen=True)
class Learned:
    """Regression adjustment on learned summaries.

    Attributes
    ----------
    share
        Share of the runs that is kept.
    folds, networks
        Into how many folds the bank is divided; networks a fold, whose mean is taken.
    hidden
        Units of the hidden layers.
    """

    share: float = 0.2
    folds: int = 5
    networks: int = 2
    hidden: tuple[int, ...] = (64, 64)

    def fit(self, cube: Floats, summaries: Floats, seed: int) -> LearnedFit:
        """Train the networks on a bank."""
        inputs, mean, sd = scaled(summaries)
        odds = logit(cube)
        targets = odds / LOGISTIC_SD
        fold = np.random.default_rng(seed).permutation(len(cube)) % min(self.folds, len(cube))
        learned = np.empty_like(odds)
        trained: list[list[Any]] = []
        with one_thread():
            for k in range(int(fold.max()) + 1):
                own = [
                    _trained(inputs[fold != k], targets[fold != k], self.hidden, (seed * 1000 + k * 10 + i) % 2**31)
                    for i in range(self.networks)
                ]
                learned[fold == k] = _predicted(own, inputs[fold == k])
                trained.append(own)
        return LearnedFit(odds, inputs, learned, fold, tuple(map(tuple, trained)), mean, sd, self.share)


def _trained(inputs: Floats, targets: Floats, hidden: tuple[int, ...], seed: int) -> Any:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPRegressor

    network = MLPRegressor(
        hidden_layer_sizes=hidden,
        activation="tanh",
        alpha=1e-3,
        batch_size=min(64, max(len(inputs) // 10, 8)),
        learning_rate_init=2e-3,
        max_iter=300,
        early_stopping=True,
        validation_fraction=0.1,
        n_iter_no_change=15,
        random_state=seed,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # what is learned by then is what is used
        network.fit(inputs, targets if targets.shape[1] > 1 else targets[:, 0])
    return network


def _predicted(networks: tuple[Any, ...] | list[Any], inputs: Floats) -> Floats:
    every = [np.asarray(one.predict(inputs), np.float64).reshape(len(inputs), -1) for one in networks]
    predicted: Floats = np.mean(every, axis=0)
    return predicted


@dataclass(frozen=True)
class LearnedFit:
    """Trained networks, and what they say of every run by those that have not seen it."""

    odds: Floats
    inputs: Floats
    learned: Floats
    fold: NDArray[np.int64]
    networks: tuple[tuple[Any, ...], ...]
    mean: Floats
    sd: Floats
    share: float

    def posterior(self, observed: Floats, without: int | None = None) -> Posterior:
        """Infer from what was observed (s).

        Without a run, what was observed is summarised by the networks that have not seen that run.
        """
        inputs = ((observed - self.mean) / self.sd)[None, :]
        with one_thread():
            used = self.networks if without is None else (self.networks[int(self.fold[without])],)
            summary = np.mean([_predicted(own, inputs)[0] for own in used], axis=0)
            return adjusted(self.odds, self.learned, summary, self.share, without)

    def explained(self) -> Floats:
        """Share of each parameter's variance that the networks tell of runs that they have not seen: (p)."""
        targets = self.odds / LOGISTIC_SD
        left = np.square(targets - self.learned).sum(axis=0)
        share: Floats = 1.0 - left / np.square(targets - targets.mean(axis=0)).sum(axis=0)
        return share
