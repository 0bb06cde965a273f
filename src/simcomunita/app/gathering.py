"""What the people in one room have sent: what they expect, and a choice each that they would fund.

It lives in the server's memory and is gone when the server stops. Of a person it holds no more than a nickname, values
of levers and the browser's passing number, by which what is one's own can be changed, and nobody else's.
"""

from __future__ import annotations

import itertools
import re
import secrets
import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from simcomunita.app.assumptions import AS_USUAL, Assumed

if TYPE_CHECKING:
    from simcomunita.app.choices import Choice

Verdict = Literal["better", "worse", "unclear"]
VERDICTS: tuple[str, ...] = get_args(Verdict)

MOST_PEOPLE = 200
"""Browsers that may send something."""
MOST_QUESTIONS = 20
"""Questions that one of them may predict the answer of; the oldest goes first."""
MOST_NICKNAME = 20
"""Characters of a nickname."""

_NICKNAME = re.compile(r"[\w .'’-]+")


class SubmissionError(ValueError):
    """What was sent is not taken; `key` names the words that say why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Topic:
    """What is asked: a choice, what it is compared with, and what is assumed otherwise for both."""

    choice: Choice
    baseline: Choice
    assumed: Assumed = AS_USUAL


@dataclass(frozen=True)
class Guess:
    """What somebody expects.

    Attributes
    ----------
    expected
        Active citizens at the end.
    verdict
        Whether the choice does better than what it is compared with.
    """

    expected: int
    verdict: Verdict

    @classmethod
    def of(cls, told: Any, most: int) -> Guess:
        """Read what a browser sent.

        Raises
        ------
        SubmissionError
            If it is anything but a whole number from 0 to `most` and a verdict.
        """
        if not isinstance(told, Mapping) or set(told) != {"expected", "verdict"}:
            raise SubmissionError("refused guess")
        expected, verdict = told["expected"], told["verdict"]
        if type(expected) is not int or not 0 <= expected <= most or verdict not in VERDICTS:
            raise SubmissionError("refused guess")
        return cls(expected, verdict)


@dataclass(frozen=True)
class Offer:
    """A choice that somebody would fund; `number` tells it from all others."""

    number: int
    nickname: str
    choice: Choice


@dataclass
class _Person:
    guesses: dict[Topic, Guess] = field(default_factory=dict)
    offer: Offer | None = None


class Gathering:
    """One room. All that is asked of it may come from any thread.

    Parameters
    ----------
    join
        The address at which phones join, without a query.
    """

    def __init__(self, join: str = "") -> None:
        self.join = join
        self.token = secrets.token_urlsafe(16)
        self.version = 0
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._people: dict[str, _Person] = {}
        self._asked: Topic | None = None
        self._shown: set[Topic] = set()
        self._opened: set[Topic] = set()

    def leads(self, token: str | None) -> bool:
        """Whether somebody has the projector's token."""
        return token is not None and secrets.compare_digest(token.encode(), self.token.encode())

    # -- what everybody may do with their own --

    def guess(self, who: str, topic: Topic, guess: Guess) -> None:
        """Take what somebody expects, in place of what they expected before.

        Raises
        ------
        SubmissionError
            If too many take part.
        """
        with self._lock:
            guesses = self._person(who).guesses
            guesses.pop(topic, None)
            guesses[topic] = guess
            while len(guesses) > MOST_QUESTIONS:
                del guesses[next(iter(guesses))]
            self.version += 1

    def guess_of(self, who: str, topic: Topic) -> Guess | None:
        """Return what somebody expected."""
        with self._lock:
            person = self._people.get(who)
            return None if person is None else person.guesses.get(topic)

    def offer(self, who: str, nickname: Any, choice: Choice) -> None:
        """Take somebody's choice, in place of the one they sent before.

        Raises
        ------
        SubmissionError
            If the nickname is none, or too many take part.
        """
        plain = " ".join(nickname.split()) if isinstance(nickname, str) and len(nickname) <= 200 else ""
        if not 1 <= len(plain) <= MOST_NICKNAME or not _NICKNAME.fullmatch(plain):
            raise SubmissionError("refused nickname")
        with self._lock:
            self._person(who).offer = Offer(next(self._numbers), plain, choice)
            self.version += 1

    def offer_of(self, who: str) -> Offer | None:
        """Return the choice that somebody sent."""
        with self._lock:
            return self._people.get(who, _Person()).offer

    def withdraw(self, who: str) -> None:
        """Forget all that somebody sent."""
        with self._lock:
            self._people.pop(who, None)
            self.version += 1

    def _person(self, who: str) -> _Person:
        if who not in self._people and len(self._people) >= MOST_PEOPLE:
            raise SubmissionError("full room")
        return self._people.setdefault(who, _Person())

    def holds(self, topic: Topic) -> bool:
        """Whether this is the room's question and the projector has never shown what the runs give."""
        with self._lock:
            return topic == self._asked and topic not in self._opened

    # -- what the projector shows and may do --

    def ask(self, topic: Topic) -> None:
        """Put a question to the room; what the runs give is held back until it is shown."""
        with self._lock:
            if topic != self._asked:
                self._asked = topic
                self.version += 1

    def shows(self, topic: Topic) -> bool:
        """Whether the projector shows what the runs give of a question."""
        with self._lock:
            return topic in self._shown

    def show(self, topic: Topic, shown: bool) -> None:
        """Show what the runs give of a question, or hide it on the projector again: what was seen stays seen."""
        with self._lock:
            if shown:
                self._shown.add(topic)
                self._opened.add(topic)
            else:
                self._shown.discard(topic)
            self.version += 1

    def guesses(self, topic: Topic) -> tuple[Guess, ...]:
        """Return what all expect of a question, the lowest first, so that nobody's can be told by its place."""
        with self._lock:
            found = [person.guesses[topic] for person in self._people.values() if topic in person.guesses]
        return tuple(sorted(found, key=lambda guess: (guess.expected, guess.verdict)))

    def topics(self) -> dict[Topic, int]:
        """Return the questions that were predicted, and by how many, the most frequent first."""
        counts: dict[Topic, int] = defaultdict(int)
        with self._lock:
            for person in self._people.values():
                for topic in person.guesses:
                    counts[topic] += 1
        return dict(sorted(counts.items(), key=lambda one: -one[1]))

    def offers(self) -> tuple[Offer, ...]:
        """Return the choices that were sent, in the order in which they came."""
        with self._lock:
            found = [person.offer for person in self._people.values() if person.offer is not None]
        return tuple(sorted(found, key=lambda offer: offer.number))

    def remove(self, number: int) -> None:
        """Take a choice off the list."""
        with self._lock:
            for person in self._people.values():
                if person.offer is not None and person.offer.number == number:
                    person.offer = None
            self.version += 1

    def empty(self) -> None:
        """Forget all that was sent, and what was shown: the next who come expect anew."""
        with self._lock:
            self._people.clear()
            self._shown.clear()
            self._opened.clear()
            self.version += 1


class Doors:
    """Whether this server has a room, and which: one for the whole server."""

    def __init__(self) -> None:
        self.room: Gathering | None = None

    def open(self, join: str) -> Gathering:
        """Open a room, to which phones come by an address."""
        self.room = Gathering(join)
        return self.room


DOORS = Doors()
"""The server's own; no room, unless it was opened to one."""
