"""Runs that are looked at, for the pages that show a community: made in a process of their own, and kept."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from simcomunita.app.asking import QUICK
from simcomunita.app.funding import policies, standard_study
from simcomunita.app.lanes import Lane
from simcomunita.app.living import Basis
from simcomunita.app.watching import Watched, watch

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
        self._made: OrderedDict[Choice, Future[Watched]] = OrderedDict()
        self._waiting: Counter[Choice] = Counter()

    def wait(self, choice: Choice, cancel: threading.Event) -> Watched | None:
        """Return the film of a choice as soon as it is there; ``None`` if it is not waited for any more.

        Work that has not begun, and that nobody waits for any more, is given up.

        Raises
        ------
        Exception
            Whatever broke the run.
        """
        with self._lock:
            future = self._asked(choice)
            self._waiting[choice] += 1
        try:
            while not cancel.is_set():
                try:
                    return future.result(timeout=_POLL)
                except TimeoutError:
                    if future.done():
                        raise
            return None
        except (BrokenExecutor, CancelledError):
            self._forget(choice, future, broken=True)
            raise
        except Exception:
            self._forget(choice, future)
            raise
        finally:
            with self._lock:
                self._waiting[choice] -= 1
                if not self._waiting[choice]:
                    del self._waiting[choice]
                    if future.cancel() and self._made.get(choice) is future:
                        del self._made[choice]

    def _asked(self, choice: Choice) -> Future[Watched]:
        """The film of a choice, begun if it is not there; the lock is held."""
        if choice not in self._made:
            if self._study is None:
                self._study = standard_study()
            if self._lane is None:
                self._lane = Lane(Basis(self._study, ()), 0, patient=True)
            funded = self._fund(choice)
            with suppress(BrokenExecutor):
                self._made[choice] = self._lane.work(self._film, self._study, funded, "film", SEED, self.scale)
            if choice not in self._made:
                self._lane.replace()
                self._made[choice] = self._lane.work(self._film, self._study, funded, "film", SEED, self.scale)
            idle = [one for one, future in self._made.items() if future.done() and not self._waiting[one]]
            for one in idle[: max(0, len(self._made) - self.most_kept)]:
                del self._made[one]
        self._made.move_to_end(choice)
        return self._made[choice]

    def _forget(self, choice: Choice, future: Future[Watched], *, broken: bool = False) -> None:
        with self._lock:
            if self._made.get(choice) is future:
                del self._made[choice]
                if broken and self._lane is not None and not future.cancelled():
                    self._lane.replace()

    def close(self) -> None:
        """End all work, and the process."""
        with self._lock:
            self._made.clear()
            if self._lane is not None:
                self._lane.end()
                self._lane = None


FILMS = Films()
"""The server's own. What a session looks at is not kept here."""
