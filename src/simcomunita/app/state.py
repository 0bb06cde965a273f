"""What a page shows, as one frozen value that a link or a small file holds whole.

A link or file may come from anybody: it holds nothing but values of levers and a few names, nothing in it is run or
read as a path, and whatever is wrong with it is said and replaced by the nearest that is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import yaml

from simcomunita.app.asking import COST, MEASURES
from simcomunita.app.assumptions import AS_USUAL, Assumed, read_assumed
from simcomunita.app.choices import PRESETS, Choice, Preset, ends_early, idle
from simcomunita.app.levers import HOURS, LEVERS, Value
from simcomunita.app.refusals import Refusals
from simcomunita.configuration import ConfigurationError, Source, nearest, parse_yaml
from simcomunita.experiment.wording import LANGUAGES, Language
from simcomunita.months import parse_month

__all__ = ["MOST_FILE", "MOST_SCENARIOS", "PAGES", "PRESETS", "Choice", "Named", "Preset", "State", "plain_name"]

PAGES = ("explore", "community", "compare", "confidence", "room")
SECONDS = (*MEASURES, COST)
"""What the second picture in Explore can show."""
FILMS = ("current", "baseline")
"""Whose film can be looked at."""
KINDS = ("facilitator", "place", "town")
"""What one can look at from near."""
MOST_SCENARIOS = 4
MOST_LINK = 4_000
"""Characters of a link's query."""
MOST_NAME = 40
"""Characters of a scenario's name."""
MOST_FILE = 64_000
"""Bytes of a file."""

_ODD = re.compile(r"[^\w .,'’()+%€&/!?°:-]")
"""What no name needs, so that no page can take it for anything but text."""

_AROUND = re.compile(rf"({'|'.join(KINDS)}):([1-9]\d{{0,5}})")

_SAFE = ":,~"


@dataclass(frozen=True)
class Named:
    """A choice that somebody kept under a name."""

    name: str
    choice: Choice


@dataclass(frozen=True)
class State:
    """What a page shows.

    Attributes
    ----------
    language, page, measure
        How it is read, where one is, and which measure is looked at.
    current, baseline
        The choice on the levers, and the one that it is compared with.
    scenarios
        Up to four kept under a name, each name once.
    predict
        Whether readers say what they expect before they see an answer.
    assumed
        What is assumed otherwise, for all choices alike.
    second
        What the second picture shows.
    film
        Whose film is looked at: that of `current` or of `baseline`.
    around
        What is looked at from near, as ``facilitator:3``, ``place:12`` or ``town:2``, counted from 1 as readers see
        it; empty for where the facilitator of the film was longest. Whether a film has it, only the film knows.
    month
        Where the film stands, as YYYY-MM; empty for its end.

    Raises
    ------
    ValueError
        If one of these is none that there is.
    """

    language: Language = "en"
    page: str = "explore"
    current: Choice = PRESETS["eight"].choice
    baseline: Choice = PRESETS["none"].choice
    scenarios: tuple[Named, ...] = ()
    measure: str = MEASURES[0]
    predict: bool = False
    assumed: Assumed = AS_USUAL
    second: str = MEASURES[1]
    film: str = FILMS[0]
    around: str = ""
    month: str = ""

    def __post_init__(self) -> None:
        for field, allowed in _KNOWN.items():
            if (value := getattr(self, field)) not in allowed:
                raise ValueError(f"{value!r} is no {field}; expected one of {', '.join(allowed)}")
        names = [one.name for one in self.scenarios]
        if len(names) > MOST_SCENARIOS or len(set(names)) < len(names):
            raise ValueError(f"expected at most {MOST_SCENARIOS} scenarios, each with a name of its own")
        if any(name != plain_name(name) for name in names):
            raise ValueError(f"a name has 1 to {MOST_NAME} letters, digits, spaces and simple signs")
        if self.around and not _AROUND.fullmatch(self.around):
            raise ValueError(f"{self.around!r} is nothing to look at; expected for example facilitator:3")
        if self.month:
            parse_month(self.month)

    # -- links --

    def to_query(self) -> str:
        """Write it as a link's query, short and readable, without a question mark; `from_query` reads it again."""
        return urlencode(list(self._pairs()), safe=_SAFE, quote_via=quote)

    def _pairs(self) -> Iterable[tuple[str, str]]:
        yield "lang", self.language
        if self.page != PAGES[0]:
            yield "page", self.page
        yield "now", _written(self.current)
        if self.baseline != State.baseline:
            yield "base", _written(self.baseline)
        if self.measure != State.measure:
            yield "measure", self.measure
        if self.predict:
            yield "predict", _YES
        if self.assumed:
            yield "assume", self.assumed.written
        for field in _LOOKS:
            if (value := getattr(self, field)) != getattr(State, field):
                yield field, value
        for one in self.scenarios:
            yield "s", f"{_written(one.choice)}~{one.name}"
        if self.month:
            yield "month", self.month  # last: the browser writes it where the film rests

    @classmethod
    def from_query(cls, query: str, language: Language = "en") -> tuple[State, tuple[str, ...]]:
        """Read a link's query, with or without its question mark.

        Parameters
        ----------
        query
            What stands behind the question mark; anything at all.
        language
            The reader's, where the link names none.

        Returns
        -------
        state, problems
            The nearest state, and what was wrong, in the reader's language; nothing, if it was right.
        """
        if len(query) > MOST_LINK:
            refused = Refusals(language)
            refused.add("long link", most=MOST_LINK)
            return cls(language), refused.said
        pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True, errors="replace", separator="&")
        last = dict(pairs)
        lang = last.get("lang", language)
        refused = Refusals(lang if lang in LANGUAGES else language)
        for key in last:
            if key not in _QUERY:
                refused.unknown("key", key, _QUERY)
        scenarios = []
        for text in [value for key, value in pairs if key == "s"][: MOST_SCENARIOS + 1]:
            choice, _, name = text.partition("~")
            scenarios.append((name, _assigned(choice, refused)))
        return _built(
            {
                "language": last.get("lang"),
                "page": last.get("page"),
                "measure": last.get("measure"),
                "predict": {_YES: True}.get(last["predict"], last["predict"]) if "predict" in last else None,
                "current": _assigned(last["now"], refused) if "now" in last else None,
                "baseline": _assigned(last["base"], refused) if "base" in last else None,
                "assumed": read_assumed(_parts(last["assume"]), refused) if "assume" in last else None,
                **{field: last[field] or None for field in (*_LOOKS, "month") if field in last},
            },
            scenarios,
            refused,
        )

    # -- files --

    def to_file(self) -> bytes:
        """Write it as a small YAML file, which `from_file` reads again."""
        content = {
            "simcomunita": "workshop",
            "language": self.language,
            "page": self.page,
            "measure": self.measure,
            "predict": self.predict,
            **{field: getattr(self, field) for field in (*_LOOKS, "month")},
            "current": self.current.values,
            "baseline": self.baseline.values,
            "assumed": self.assumed.values,
            "scenarios": [{"name": one.name, "levers": one.choice.values} for one in self.scenarios],
        }
        return yaml.safe_dump(content, allow_unicode=True, sort_keys=False).encode()

    @classmethod
    def from_file(cls, content: bytes, language: Language = "en") -> tuple[State, tuple[str, ...]]:
        """Read a file's content; nothing in it can name another file.

        Returns
        -------
        state, problems
            As of `from_query`.
        """
        refused = Refusals(language)
        data = _mapping(content, refused)
        if data is None:
            return cls(language), refused.said
        if data.get("language") in LANGUAGES:
            refused = Refusals(data["language"])
        for key in data:
            if key not in _FILE:
                refused.unknown("key", str(key), _FILE)
        scenarios = []
        listed = data.get("scenarios") or []
        # One more than may be is enough to say that there are too many.
        for one in listed[: MOST_SCENARIOS + 1] if isinstance(listed, list) else [listed]:
            own = one if isinstance(one, dict) else {}
            for key in sorted(own.keys() - {"name", "levers"}):
                refused.unknown("key", key, ("name", "levers"))
            scenarios.append((own.get("name"), _levers(own.get("levers"), refused)))
        said: dict[str, Any] = {key: data.get(key) for key in ("language", "page", "measure", "predict")}
        said |= {key: data.get(key) or None for key in (*_LOOKS, "month")}
        said |= {key: _levers(data[key], refused) for key in ("current", "baseline") if key in data}
        said["assumed"] = read_assumed(data["assumed"], refused) if "assumed" in data else None
        return _built(said, scenarios, refused)


_YES = "yes"
_LOOKS = ("second", "film", "around")
"""What is looked at, by the same name in a state, a link and a file."""
_KNOWN: Mapping[str, tuple[str, ...]] = {
    "language": LANGUAGES,
    "page": PAGES,
    "measure": MEASURES,
    "second": SECONDS,
    "film": FILMS,
}
_QUERY = ("lang", "page", "now", "base", "measure", "predict", "assume", *_LOOKS, "s", "month")
_FILE = (
    *("simcomunita", "language", "page", "measure", "predict"),
    *(*_LOOKS, "month", "current", "baseline", "assumed", "scenarios"),
)


def changed(state: State, **fields: str) -> State:
    """Return the state with some fields changed; the same state where a page tells a value that there cannot be."""
    try:
        return replace(state, **fields)  # type: ignore[arg-type]
    except ValueError:
        return state


def _written(choice: Choice) -> str:
    """Write a choice: by its preset's name, or as the levers that are moved."""
    named = next((key for key, preset in PRESETS.items() if preset.choice == choice), None)
    return named or ",".join(f"{key}:{value}" for key, value in choice.moved.items())


def _assigned(text: str, refused: Refusals) -> Choice:
    """Read what `_written` writes."""
    if text in PRESETS:
        return PRESETS[text].choice
    if ":" not in text:
        refused.unknown("preset", text, PRESETS)
        close = nearest(text, list(PRESETS))
        return PRESETS[close].choice if close else Choice()
    return _levers(_parts(text), refused)


def _parts(text: str) -> dict[str, str]:
    """Read ``name:value,name:value``."""
    return dict(part.partition(":")[::2] for part in text.split(","))


def _levers(values: Any, refused: Refusals) -> Choice:
    """Read values of levers, each from a number or text; what is wrong is replaced by the nearest."""
    if not isinstance(values, Mapping):
        refused.add("no levers", value=values)
        return Choice()
    read: dict[str, Value] = {}
    for key, value in values.items():
        lever = LEVERS.get(key) if isinstance(key, str) else None
        if lever is None:
            refused.unknown("lever", str(key), LEVERS)
            continue
        taken = lever.nearest(value)
        if str(taken) != str(value):
            refused.add("value", lever=lever.label, value=value, taken=partial(lever.value_text, taken))
        read[key] = taken
    whole = Choice().values | read
    if ends_early(whole):
        refused.add("early end")
        whole["until"] = whole["from"]
    if idle(whole):
        refused.add("idle")
        whole |= {key: LEVERS[key].standard for key in HOURS}
    return Choice.of(whole)


def _built(
    said: Mapping[str, Any], scenarios: list[tuple[Any, Choice]], refused: Refusals
) -> tuple[State, tuple[str, ...]]:
    state = State(refused.language)
    for field, known in _KNOWN.items():
        value = said.get(field)
        if value in known:
            state = replace(state, **{field: value})
        elif value is not None:
            refused.unknown(field, str(value), known)
    predict = said.get("predict")
    if isinstance(predict, bool):
        state = replace(state, predict=predict)
    elif predict is not None:
        refused.add("predict", value=predict)
    if (around := said.get("around")) is not None:
        state = replace(state, around=_nearest_around(around, refused))
    if (month := said.get("month")) is not None:
        state = replace(state, month=_own_month(month, refused))
    for field in ("current", "baseline", "assumed"):
        if (choice := said.get(field)) is not None:
            state = replace(state, **{field: choice})
    if len(scenarios) > MOST_SCENARIOS:
        refused.add("many scenarios", most=MOST_SCENARIOS)
    kept: list[Named] = []
    for name, choice in scenarios[:MOST_SCENARIOS]:
        kept.append(Named(_own_name(name, [one.name for one in kept], refused), choice))
    return replace(state, scenarios=tuple(kept)), refused.said


def _nearest_around(value: Any, refused: Refusals) -> str:
    """Read what is looked at from near; the nearest that can be, or the usual."""
    if _AROUND.fullmatch(text := str(value)):
        return text
    kind, _, number = text.partition(":")
    close = nearest(kind, list(KINDS))
    if close is None or _AROUND.fullmatch(f"{close}:{number}") is None:
        refused.add("around", value=value)
        return ""
    refused.add("around, near", value=value, taken=f"{close}:{number}")
    return f"{close}:{number}"


def _own_month(value: Any, refused: Refusals) -> str:
    """Read a month; the film's end, if it is none."""
    try:
        parse_month(str(value))
    except ValueError:
        refused.add("month", value=value)
        return ""
    return str(value)


def plain_name(name: str) -> str:
    """Return a name without what a scenario's name may not hold."""
    return " ".join(_ODD.sub("", name)[:MOST_NAME].split())


def _own_name(name: Any, taken: list[str], refused: Refusals) -> str:
    """Return a name that may be used and is not taken."""
    plain = plain_name(name) if isinstance(name, str) else ""
    if not plain:
        plain = refused.word("scenario")
    number, own = 1, plain
    while own in taken:
        number += 1
        own = f"{plain[: MOST_NAME - 4].rstrip()} {number}"
    if own != name:
        refused.add("name", value="" if name is None else name, taken=own)
    return own


def _mapping(content: bytes, refused: Refusals) -> dict[str, Any] | None:
    """Read a file as YAML that holds a mapping; ``None``, with the reason noted, if it does not."""
    if len(content) > MOST_FILE:
        refused.add("long file", most=MOST_FILE // 1000)
        return None
    try:
        data = parse_yaml(content.decode(), Source("", Path())).data
    except UnicodeDecodeError:
        refused.add("no text")
        return None
    except ConfigurationError as error:
        refused.add("no yaml", line=error.problems[0].line or 1)
        return None
    if not isinstance(data, dict) or "current" not in data:
        refused.add("no state")
        return None
    return data
