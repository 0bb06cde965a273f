"""One question on its way: which runs it needs, and what of them is there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from simcomunita.app.asking import Question, Size
from simcomunita.app.assembling import Pair
from simcomunita.app.living import Broken, Life, Task
from simcomunita.experiment.plan import checked_scale

MOST_PAIRS = 100
"""Pairs of runs that one question may ask for."""

MOST_PEOPLE = 100_000
"""Residents that one run may have."""

ENOUGH = 8
"""Pairs of a larger size before which the answer of the smaller one is shown."""


def check_size(size: Size, residents: int) -> None:
    """Refuse what is too much for an answer while people wait.

    Raises
    ------
    ValueError
        If there are no pairs or too many, or too many or too few residents in each run.
    """
    if not 1 <= size.pairs <= MOST_PAIRS:
        raise ValueError(f"{size.pairs} pairs of runs; expected 1 to {MOST_PAIRS}")
    if checked_scale(size.scale, residents) * residents > MOST_PEOPLE:
        raise ValueError(f"{size.scale * residents:,.0f} residents in each run; expected at most {MOST_PEOPLE:,}")


@dataclass(frozen=True)
class Standing:
    """What an answer stands on just now."""

    mark: tuple[int, int]
    """Which size, and how many pairs have ended: it grows."""
    size: Size
    pairs: tuple[Pair, ...]
    failed: int


class Ticket:
    """A question that is being answered: `open` until nothing more comes, `dropped` if nobody waits any more.

    Parameters
    ----------
    stages
        The sizes that it is answered at, one after the other.
    policies
        What the baseline funds, and what the current choice funds.
    tell
        Called when there is news.
    warm
        Whether nobody waits for it.
    spare
        Whether it is for the patient lane, when that has nothing else to do.
    """

    def __init__(
        self,
        question: Question,
        session: str,
        stages: Sequence[Size],
        policies: tuple[tuple[Any, ...], tuple[Any, ...]],
        tell: Callable[[], None],
        warm: bool = False,
        spare: bool = False,
    ) -> None:
        self.question, self.session, self.tell, self.warm = question, session, tell, warm
        self.spare = spare
        self.open, self.dropped = True, False
        self.error: str | None = None
        self._policies = policies
        self._assumed = question.assumed.parameters
        self._futures = tuple(signature(one) for one in policies)
        self._stages = list(stages)
        self._at = 0
        self._lives: list[dict[Task, Life | Broken]] = [{} for _ in self._stages]

    @property
    def size(self) -> Size:
        """The size that is being worked on."""
        return self._stages[self._at]

    @property
    def waits(self) -> bool:
        """Whether there is nothing yet to be shown."""
        return self._at == 0 and self._ended(0) == 0

    @property
    def policies(self) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """What the baseline funds, and what the current choice funds."""
        return self._policies

    def policies_of(self, task: Task) -> tuple[Any, ...]:
        """Return what is funded in a run."""
        return self._policies[self._futures.index(task.future)]

    def missing(self) -> Iterator[Task]:
        """Yield the runs that are still needed at this size, pair by pair, the current choice first."""
        have = self._lives[self._at]
        for pair in range(self.size.pairs):
            for future in dict.fromkeys(reversed(self._futures)):
                task = Task(future, pair, self.size.scale, self._assumed)
                if task not in have:
                    yield task

    def take(self, task: Task, result: Life | Broken) -> bool:
        """Take what became of a run; whether it was needed."""
        needed = (
            task.scale == self.size.scale
            and task.future in self._futures
            and task.assumed == self._assumed
            and task.pair < self.size.pairs
            and task not in self._lives[self._at]
        )
        if needed:
            self._lives[self._at][task] = result
            if isinstance(result, Broken):
                self.error = result.error
        return needed

    def advance(self) -> bool:
        """Go on to the next size, if all runs of this one are there; whether it did. After the last it is closed."""
        if next(self.missing(), None) is not None:
            return False
        if self._at + 1 == len(self._stages):
            self.open = False
            return False
        self._at += 1
        return True

    def best(self) -> Standing | None:
        """Return what the best answer so far stands on; ``None`` if there is none."""
        for stage in range(self._at, -1, -1):
            size, ended = self._stages[stage], self._ended(stage)
            pairs = tuple(pair for number in range(ended) if (pair := self._pair(stage, number)) is not None)
            if pairs and (stage == 0 or len(pairs) >= min(ENOUGH, size.pairs)):
                return Standing((stage, ended), size, pairs, ended - len(pairs))
        return None

    def _ended(self, stage: int) -> int:
        """How many of the first pairs have ended, without a gap: so it does not matter which came first."""
        have, size = self._lives[stage], self._stages[stage]
        for pair in range(size.pairs):
            if any(Task(future, pair, size.scale, self._assumed) not in have for future in self._futures):
                return pair
        return size.pairs

    def _pair(self, stage: int, number: int) -> Pair | None:
        scale = self._stages[stage].scale
        lives = [self._lives[stage][Task(future, number, scale, self._assumed)] for future in self._futures]
        baseline, current = lives
        return Pair(number, baseline, current) if isinstance(baseline, Life) and isinstance(current, Life) else None


def signature(policies: tuple[Any, ...]) -> str:
    """Return a short text that is equal for equal policies, in every process."""
    return hashlib.sha256(repr(policies).encode()).hexdigest()[:32]
