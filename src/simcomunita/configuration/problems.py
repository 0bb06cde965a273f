"""What is wrong with what a user wrote: one problem, and all of them at once.

A problem says where it is (file, line, key), what is wrong and what was expected. Whoever reads configuration
collects problems instead of stopping at the first, and raises them together as a :class:`ConfigurationError`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

SHOWN = 60
"""How many characters of a user's own text an error message repeats at most."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that the user can mend.

    Problems sort by file, then line; those of a file as a whole (``line`` is ``None``) come first.
    """

    file: str
    """The file as the user named it."""
    line: int | None
    """Counted from 1; ``None`` where the problem is of the whole file."""
    key: str
    """Dotted path inside the file, as ``scenarios.eight.policies[0].from``; empty where there is none."""
    message: str
    """A full sentence that says what is wrong and what was expected."""

    def __lt__(self, other: Problem) -> bool:
        return self._place() < other._place()

    def _place(self) -> tuple[str, int, str, str]:
        return (self.file, self.line or 0, self.key, self.message)

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        head = f"{where}: {self.key}" if self.key else where
        return f"{head}\n    {self.message}"


class ConfigurationError(Exception):
    """Everything that is wrong with a configuration; ``str()`` is the report a user reads."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        if not self.problems:
            raise ValueError("a ConfigurationError needs at least one problem")
        super().__init__(self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        total = "1 error" if count == 1 else f"{count} errors"
        return "\n".join([*map(str, self.problems), f"{total}; nothing was run."])

    @classmethod
    def of(cls, file: object, message: str, *, line: int | None = None, key: str = "") -> ConfigurationError:
        """Make an error of a single problem."""
        return cls([Problem(str(file), line, key, message)])


@dataclass(slots=True)
class Problems:
    """A list that fills while a configuration is read, and is raised as a whole at the end.

    >>> found = Problems()
    >>> with found.gathering():
    ...     raise ConfigurationError.of("a.yaml", "the file is empty.")
    >>> found.any
    True
    """

    found: list[Problem] = field(default_factory=list)

    @property
    def any(self) -> bool:
        """Whether something is wrong."""
        return bool(self.found)

    def add(self, file: object, line: int | None, key: str, message: str) -> None:
        """Note one problem."""
        self.found.append(Problem(str(file), line, key, message))

    def gathering(self) -> Gathering:
        """Note the problems of a :class:`ConfigurationError` raised inside a ``with``, and go on after it."""
        return Gathering(self)

    def settle(self) -> None:
        """Raise all that was found.

        Raises
        ------
        ConfigurationError
            If anything was found.
        """
        if self.found:
            raise ConfigurationError(self.found)


@dataclass(frozen=True, slots=True)
class Gathering:
    """See :meth:`Problems.gathering`."""

    into: Problems

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if not isinstance(error, ConfigurationError):
            return False
        self.into.found.extend(error.problems)
        return True


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that ``name`` was probably meant to be, or ``None`` if nothing comes near.

    Case, hyphens and spaces are forgiven first; then Ratcliff and Obershelp's similarity decides.
    """
    known = list(known)
    plain = {_plain(k): k for k in reversed(known)}
    close = difflib.get_close_matches(_plain(name[:200]), plain, n=1, cutoff=0.6)
    return plain[close[0]] if close else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Say which name was probably meant or, if nothing comes near, which names there are."""
    known = list(known)
    close = nearest(name, known)
    if close is not None:
        return f'Did you mean "{close}"?'
    if not known:
        return "There is none to choose from."
    shown = ", ".join(known[:12])
    return f"Known: {shown}, ..." if len(known) > 12 else f"Known: {shown}."


def shown(value: object) -> str:
    """Write a user's value for an error message: on one line, in quotes where it is text, cut where long."""
    if isinstance(value, str):
        text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in value[: SHOWN + 1])
        return f'"{text[:SHOWN]}..."' if len(text) > SHOWN else f'"{text}"'
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes/on/true" if value else "no/off/false"
    if isinstance(value, int) and abs(value) >= 10**SHOWN:
        return f"a number of more than {SHOWN} digits"
    if isinstance(value, dict):
        return "a mapping (key: value)"
    if isinstance(value, list | tuple):
        return "a list"
    return str(value)


def relabelled(problems: Iterable[Problem], prefix: str) -> list[Problem]:
    """Give problems of a nested part their place in the whole: ``prefix`` comes before each key."""
    return [replace(p, key=f"{prefix}.{p.key}" if p.key else prefix) for p in problems]


def _plain(name: str) -> str:
    return name.casefold().replace("-", "_").replace(" ", "_")
