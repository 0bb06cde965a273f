"""What a worker does: keep shared histories, and live a future from where one of them ends.

A pair of runs is one draw of parameters and one seed, lived under two choices. Its number says which: so the first
pairs of any question are always the same ones, and their histories, once lived, serve every question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simcomunita.configuration import with_values
from simcomunita.experiment.branching import said
from simcomunita.experiment.plan import community_model
from simcomunita.months import month_name

if TYPE_CHECKING:
    from simcomunita.experiment.plan import MakeModel, Model
    from simcomunita.policy import Policy
    from simcomunita.scenario import Study

Draw = Mapping[str, float]
"""Values of some parameters by their full names; the others stay as configured."""


@dataclass(frozen=True)
class Basis:
    """What all answers stand on; sent to every worker once.

    Attributes
    ----------
    study
        Gives the history, the month in which futures part, the last month and the prices.
    measures
        The only ones that are kept.
    draws
        Draws of parameters that pairs take in turn; ``None`` are the parameters as configured.
    make_model
        What makes a model.
    """

    study: Study
    measures: tuple[str, ...]
    draws: tuple[Draw | None, ...] = (None,)
    make_model: MakeModel = community_model

    def draw_of(self, pair: int) -> int:
        """Position of a pair's draw among the draws."""
        return pair % len(self.draws)


def posterior_draws(study: Study, number: int) -> tuple[Draw, ...]:
    """Return so many draws of the posterior that a study draws from; none, if it draws from none.

    Pair k of a comparison has draw k and seed k, from 1 on, and so has the workshop's.
    """
    posterior = getattr(study, "drawn_from", None)
    return () if posterior is None else tuple(posterior.values(draw) for draw in range(1, number + 1))


@dataclass(frozen=True, slots=True)
class Task:
    """One run: a pair's history, then a future.

    Attributes
    ----------
    future
        What is funded in it, as short text that is equal for equal policies.
    pair
        Number of the pair, from 0.
    scale
        Share of the residents that is simulated.
    assumed
        (full name, value) of parameters that have this value instead of the drawn one, in history and future.
    """

    future: str
    pair: int
    scale: float
    assumed: tuple[tuple[str, float], ...] = ()


class _Past(NamedTuple):
    """Which history: a pair's, at a scale, under assumptions."""

    pair: int
    scale: float
    assumed: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Life:
    """What became of a run: months (YYYY-MM) since the history's start, and an array (months,) for each measure."""

    months: tuple[str, ...]
    values: Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Broken:
    """A run that did not end; whether it would break again, and how, in one line."""

    error: str
    lasting: bool = True


class Worker:
    """The histories that one process keeps.

    Parameters
    ----------
    most_residents
        How many simulated residents the histories that are kept may have together. Of too many those under
        assumptions that nobody asks for now go first, then those of the last pairs; the one that is needed is always
        kept.
    """

    def __init__(self, basis: Basis, most_residents: float) -> None:
        self.basis = basis
        self.most_residents = most_residents
        self._trunks: dict[_Past, Model] = {}

    def live(self, task: Task, policies: tuple[Policy, ...]) -> Life | Broken:
        """Live one run; whatever goes wrong in it is returned, not raised."""
        try:
            model = self._trunk(_Past(task.pair, task.scale, task.assumed)).branch(policies, name=task.future[:8])
            model.advance_to(month_name(self.basis.study.until))
            return self._kept(model)
        except Exception as error:  # noqa: BLE001 - the others' runs go on
            return Broken(said(error))

    def _trunk(self, past: _Past) -> Model:
        trunk = self._trunks.pop(past, None)
        if trunk is None:
            trunk = self.basis.make_model(self._history(past), past.pair + 1, past.scale)
            trunk.advance_to(month_name(self.basis.study.branch_at - 1))
        self._trunks[past] = trunk
        while len(self._trunks) > 1 and self._residents() > self.most_residents:
            del self._trunks[self._least_needed(past)]
        return trunk

    def _least_needed(self, now: _Past) -> _Past:
        others = [past for past in self._trunks if past != now]
        left = [past for past in others if past.assumed not in ((), now.assumed)]
        # Every question begins with the first pairs: were the oldest dropped, it would always be the next one needed.
        return left[0] if left else max(others)

    def _residents(self) -> float:
        return self.basis.study.history.territory.residents * sum(past.scale for past in self._trunks)

    def _history(self, past: _Past) -> Any:
        history = self.basis.study.history
        values = {**(self.basis.draws[self.basis.draw_of(past.pair)] or {}), **dict(past.assumed)}
        return replace(history, parameters=with_values(history.parameters, values)) if values else history

    def _kept(self, model: Model) -> Life:
        series = model.series()
        values = {name: np.asarray(series[name], np.float64) for name in self.basis.measures if name in series}
        return Life(tuple(str(month) for month in series["month"]), values)
