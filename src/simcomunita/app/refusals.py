"""What was wrong with a link or a file, in the reader's language, and what was taken instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from simcomunita.configuration import nearest
from simcomunita.experiment.wording import Language, number

MOST_SAID = 8
"""How many things are said at most; the rest is counted."""

_SHOWN = 40
"""Characters of somebody's own text that are repeated at most."""

_TEXTS: dict[str, dict[str, str]] = {
    "long link": {
        "en": "This link is longer than {most} characters, so nothing of it was taken.",
        "it": "Questo link supera {most} caratteri, perciò non ne è stato preso nulla.",
    },
    "long file": {
        "en": "This file is larger than {most} kB, so nothing of it was taken.",
        "it": "Questo file supera {most} kB, perciò non ne è stato preso nulla.",
    },
    "no text": {
        "en": "This file is not text, so nothing of it was taken.",
        "it": "Questo file non è un testo, perciò non ne è stato preso nulla.",
    },
    "no yaml": {
        "en": "This file cannot be read: something is wrong in line {line}. Nothing of it was taken.",
        "it": "Questo file non si può leggere: c'è un errore nella riga {line}. Non ne è stato preso nulla.",
    },
    "no state": {
        "en": "This file holds no choices of the workshop, so nothing of it was taken.",
        "it": "Questo file non contiene scelte del laboratorio, perciò non ne è stato preso nulla.",
    },
    "no levers": {
        "en": "“{value}” says nothing of the levers; they stay as they are funded in fact.",
        "it": "«{value}» non dice nulla sulle leve; restano come sono finanziate di fatto.",
    },
    "no assumptions": {
        "en": "“{value}” says nothing of what is assumed; all is as calibrated and as in the cost book.",
        "it": "«{value}» non dice nulla sulle ipotesi; tutto è come stimato e come nel prezzario.",
    },
    "value": {
        "en": "{lever}: “{value}” is not possible; taken instead: {taken}.",
        "it": "{lever}: «{value}» non è possibile; al suo posto: {taken}.",
    },
    "early end": {
        "en": "The facilitators ended before they began; they now end in the month in which they begin.",
        "it": "I facilitatori finivano prima di iniziare; ora finiscono nel mese in cui iniziano.",
    },
    "idle": {
        "en": "The facilitators' hours went to nothing; they are split as usual.",
        "it": "Le ore dei facilitatori non andavano a nulla; sono ripartite come di consueto.",
    },
    "many scenarios": {
        "en": "More than {most} scenarios; the first {most} were taken.",
        "it": "Più di {most} scenari; sono stati presi i primi {most}.",
    },
    "name": {
        "en": "“{value}” cannot be a scenario's name; it is called “{taken}”.",
        "it": "«{value}» non può essere il nome di uno scenario; si chiama «{taken}».",
    },
    "predict": {
        "en": "“{value}” does not say whether to predict first; answers are shown at once.",
        "it": "«{value}» non dice se prevedere prima; le risposte si mostrano subito.",
    },
    "around": {
        "en": "“{value}” names nothing that can be looked at from near; what is usual is shown.",
        "it": "«{value}» non indica nulla che si possa guardare da vicino; si mostra ciò che si mostra di solito.",
    },
    "around, near": {
        "en": "“{value}” names nothing that can be looked at from near; taken instead: {taken}.",
        "it": "«{value}» non indica nulla che si possa guardare da vicino; al suo posto: {taken}.",
    },
    "month": {
        "en": "“{value}” is no month; the film stands at its end.",
        "it": "«{value}» non è un mese; il filmato sta alla fine.",
    },
    "unknown": {
        "en": "“{value}” is no {kind} and was left out.",
        "it": "«{value}» non è {kind} ed è stato tralasciato.",
    },
    "unknown, near": {
        "en": "“{value}” is no {kind} and was left out. The nearest is “{near}”.",
        "it": "«{value}» non è {kind} ed è stato tralasciato. Il più vicino è «{near}».",
    },
    "and more": {
        "en": "And {count} more.",
        "it": "E altri {count}.",
    },
}

_KINDS: dict[str, dict[str, str]] = {
    "key": {"en": "part of a link or file", "it": "parte di un link o file"},
    "preset": {"en": "ready-made choice", "it": "una scelta pronta"},
    "lever": {"en": "lever", "it": "una leva"},
    "assumption": {"en": "assumption that can be changed here", "it": "un'ipotesi che qui si possa modificare"},
    "language": {"en": "language of this page", "it": "una lingua di questa pagina"},
    "page": {"en": "page", "it": "una pagina"},
    "measure": {"en": "measure of this page", "it": "una misura di questa pagina"},
    "second": {"en": "measure of the second picture", "it": "una misura della seconda figura"},
    "film": {"en": "film of this page", "it": "un filmato di questa pagina"},
}

_WORDS = {"scenario": {"en": "Scenario", "it": "Scenario"}}


_AS_WRITTEN = {None: "null", True: "true", False: "false"}
"""What these are in a file."""


class Refusals:
    """What was refused, gathered for one reader."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._said: list[str] = []
        self._more = 0

    @property
    def said(self) -> tuple[str, ...]:
        """All of it, each a sentence or two; what is beyond `MOST_SAID` is only counted."""
        if not self._more:
            return tuple(self._said)
        return (*self._said, _TEXTS["and more"][self.language].format(count=number(self._more, 0, self.language)))

    def word(self, key: str) -> str:
        """Return a word in the reader's language."""
        return _WORDS[key][self.language]

    def add(self, key: str, **values: object) -> None:
        """Note something that is wrong.

        Parameters
        ----------
        values
            Somebody's own text, a number, words in each language, or a function from the language to words.
        """
        if len(self._said) == MOST_SAID:
            self._more += 1
            return
        said = {name: self._written(value) for name, value in values.items()}
        self._said.append(_TEXTS[key][self.language].format(**said))

    def unknown(self, kind: str, value: str, known: Iterable[str]) -> None:
        """Note that there is nothing of this name, and what is nearest."""
        near = nearest(value[:_SHOWN], list(known))
        key = "unknown, near" if near else "unknown"
        self.add(key, value=value, kind=_KINDS.get(kind, _KINDS["key"]), near=near)

    def _written(self, value: object) -> str:
        if isinstance(value, dict) and self.language in value:
            return str(value[self.language])
        if callable(value):
            worded: Callable[[Language], str] = value
            return worded(self.language)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15:
            return number(float(value), 0, self.language)
        return _shortened(value)


def _shortened(value: object) -> str:
    """Write somebody's own text so that it is no more than text, and short."""
    text = _AS_WRITTEN[value] if value is None or isinstance(value, bool) else str(value)
    plain = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[: _SHOWN + 1])
    return plain if len(text) <= _SHOWN else f"{plain[:_SHOWN]}…"
