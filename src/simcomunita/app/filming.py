"""Runs that are looked at, for the pages that show a community: made in a process of their own, and kept."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Future
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simcomunita.app.asking import QUICK
from simcomunita.app.funding import policies, standard_study
from simcomunita.app.lanes import Lane
from simcomunita.app.living import Basis
from simcomunita.app.watching import Watched, watch
from simcomunita.configuration import with_values

if TYPE_CHECKING:
    from simcomunita.app.choices import Choice
    from simcomunita.scenario import Study

SEED = 1
"""The seed of the run that is shown: that of the first pair of every answer."""

MOST_KEPT = 8
"""Films that are kept; each takes a few megabytes."""

_POLL = 0.2
"""Seconds after which it is asked again whether anybody still waits."""

Film = Callable[..., Watched]

Values = tuple[tuple[str, float], ...]
"""(full name, value) of parameters."""

_Wanted = tuple["Choice", Values]


class Films:
    """Films of choices; one for a whole server. What is asked for twice, or by two, is made once.

    Parameters
    ----------
    study
        Whose history and months; the workshop's own, if none is given.
    fund
        From a choice to policies.
    film
        Lives a run and looks at it, as `watch` does; called in another process.
    scale
        Share of the residents that is simulated.
    """

    def __init__(
        self,
        *,
        study: Study | None = None,
        fund: Callable[[Choice], tuple[Any, ...]] = policies,
        film: Film = watch,
        scale: float = QUICK.scale,
        most_kept: int = MOST_KEPT,
    ) -> None:
        self.scale, self.most_kept = scale, most_kept
        self._study, self._fund, self._film = study, fund, film
        self._lane: Lane | None = None
        self._lock = threading.Lock()
        self._made: OrderedDict[_Wanted, Future[Watched]] = OrderedDict()
        self._waiting: Counter[_Wanted] = Counter()

    def wait(self, choice: Choice, cancel: threading.Event, assumed: Values = ()) -> Watched | None:
        """Return the film of a choice as soon as it is there; ``None`` if it is not waited for any more.

        Work that has not begun, and that nobody waits for any more, is given up.

        Parameters
        ----------
        assumed
            (full name, value) of parameters that are not as configured.

        Raises
        ------
        Exception
            Whatever broke the run.
        """
        wanted = (choice, assumed)
        with self._lock:
            future = self._asked(wanted)
            self._waiting[wanted] += 1
        try:
            while not cancel.is_set():
                try:
                    return future.result(timeout=_POLL)
                except TimeoutError:
                    if future.done():
                        raise
            return None
        except (BrokenExecutor, CancelledError):
            self._forget(wanted, future, broken=True)
            raise
        except Exception:
            self._forget(wanted, future)
            raise
        finally:
            with self._lock:
                self._waiting[wanted] -= 1
                if not self._waiting[wanted]:
                    del self._waiting[wanted]
                    if future.cancel() and self._made.get(wanted) is future:
                        del self._made[wanted]

    def _asked(self, wanted: _Wanted) -> Future[Watched]:
        """The film of a choice, begun if it is not there; the lock is held."""
        if wanted not in self._made:
            if self._study is None:
                self._study = standard_study()
            if self._lane is None:
                self._lane = Lane(Basis(self._study, ()), 0, patient=True)
            choice, assumed = wanted
            study, funded = _assuming(self._study, assumed), self._fund(choice)
            with suppress(BrokenExecutor):
                self._made[wanted] = self._lane.work(self._film, study, funded, "film", SEED, self.scale)
            if wanted not in self._made:
                self._lane.replace()
                self._made[wanted] = self._lane.work(self._film, study, funded, "film", SEED, self.scale)
            idle = [one for one, future in self._made.items() if future.done() and not self._waiting[one]]
            for one in idle[: max(0, len(self._made) - self.most_kept)]:
                del self._made[one]
        self._made.move_to_end(wanted)
        return self._made[wanted]

    def _forget(self, wanted: _Wanted, future: Future[Watched], *, broken: bool = False) -> None:
        with self._lock:
            if self._made.get(wanted) is future:
                del self._made[wanted]
                if broken and self._lane is not None and not future.cancelled():
                    self._lane.replace()

    def close(self) -> None:
        """End all work, and the process."""
        with self._lock:
            self._made.clear()
            if self._lane is not None:
                self._lane.end()
                self._lane = None


def _assuming(study: Study, assumed: Values) -> Study:
    """Return the study under other parameters."""
    if not assumed:
        return study
    history = replace(study.history, parameters=with_values(study.history.parameters, dict(assumed)))
    return replace(study, history=history)


FILMS = Films()
"""The server's own. What a session looks at is not kept here."""
