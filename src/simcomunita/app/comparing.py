"""Scenarios side by side, as plain values: a table with intervals, the money, and what one more of a measure costs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from simcomunita.app.asking import COST, MEASURES, Answer, Outcome, Question
from simcomunita.app.choices import PRESETS, Choice
from simcomunita.app.funding import funded
from simcomunita.app.scenarios import LETTERS
from simcomunita.app.state import State
from simcomunita.app.words import word
from simcomunita.experiment import wording
from simcomunita.experiment.better import sign
from simcomunita.experiment.figures import BASELINE_COLOUR, POLICY_COLOURS, ink
from simcomunita.experiment.sentences import in_euro
from simcomunita.experiment.wording import Language, capital, change, is_counted, label, number, years_text

INDICATORS = ("active_now", "citizens_reached", "isolated_share")
"""Measures that are always shown; the one that is looked at comes besides."""

UNPRICED = ("saves", "worse", "cannot")
"""Why there is no price: it costs no more, it brings less, or that cannot be told."""

UNKNOWN = "–"


@dataclass(frozen=True)
class Column:
    """One scenario: its letter, name, choice, colour, and what came of it so far."""

    letter: str
    name: str
    choice: Choice
    colour: str
    answer: Answer | None = None

    @property
    def ink(self) -> str:
        """The colour, dark enough for letters."""
        return ink(self.colour)

    @property
    def same(self) -> bool:
        """Whether it is what it is compared with."""
        return self.answer is not None and self.answer.question.choice == self.answer.question.baseline

    def outcome(self, measure: str) -> Outcome | None:
        """What became of a measure, if that is known."""
        return None if self.answer is None else self.answer.by_measure[measure]


@dataclass(frozen=True)
class Cell:
    """What stands in a table: a figure, and how it is known."""

    said: str
    known: str = ""


@dataclass(frozen=True)
class Row:
    """What is compared, and a cell for each scenario."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Comparing:
    """The scenarios of a state, with what came of them.

    Attributes
    ----------
    answers
        For each scenario, in their order; `None` for one that has no answer yet.
    """

    state: State
    answers: tuple[Answer | None, ...]

    @property
    def language(self) -> Language:
        """The reader's."""
        return self.state.language

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The scenarios."""
        named = zip(LETTERS, self.state.scenarios, POLICY_COLOURS, self.answers, strict=False)
        return tuple(Column(letter, one.name, one.choice, colour, answer) for letter, one, colour, answer in named)

    @property
    def answered(self) -> tuple[tuple[Column, Answer], ...]:
        """The scenarios that have an answer."""
        return tuple((one, one.answer) for one in self.columns if one.answer is not None)

    @property
    def best(self) -> Answer | None:
        """The answer that stands on most: of it the baseline is shown."""
        return max((answer for _, answer in self.answered), key=lambda one: (one.whole, one.runs), default=None)

    @property
    def baseline(self) -> str:
        """The name of what all are compared with."""
        found = next((one for one in PRESETS.values() if one.choice == self.state.baseline), None)
        return found.label[self.language] if found else capital(word("own baseline", self.language))

    @property
    def measures(self) -> tuple[str, ...]:
        """What the table shows: the measure that is looked at, then the usual ones."""
        return tuple(dict.fromkeys((self.state.measure, *INDICATORS)))

    @property
    def valued(self) -> str:
        """The measure by which money is valued: the one that is looked at, if one can count it and more is better."""
        measure = self.state.measure
        return measure if is_counted(measure) and sign(measure) > 0 else MEASURES[0]

    def rows(self) -> tuple[Row, ...]:
        """The whole table."""
        lang = self.language
        made = [Row(capital(label(one, lang)), self._cells(one)) for one in self.measures]
        made.append(Row(word("compare money", lang), tuple(map(self._money, self.columns))))
        made.append(Row(word("compare money more", lang), tuple(map(self._more, self.columns))))
        price = word("compare price", lang, measure=label(self.valued, lang))
        made.append(Row(price, tuple(map(self._price, self.columns))))
        made.append(Row(word("compare stands", lang), tuple(map(self._stands, self.columns))))
        return tuple(made)

    def _cells(self, measure: str) -> tuple[Cell, ...]:
        return tuple(self._cell(column, measure) for column in self.columns)

    def _cell(self, column: Column, measure: str) -> Cell:
        outcome, lang = column.outcome(measure), self.language
        if outcome is None:
            return Cell(UNKNOWN)
        if column.same:
            return Cell(word("compare same", lang))
        found = outcome.difference
        digits = wording.more_digits(measure, found.mean, found.low, found.high)
        mean = change(measure, found.mean, lang, sign=True, more_digits=digits)
        if found.pairs < 2:
            return Cell(mean, word("compare one run", lang))
        low, high = (
            change(measure, end, lang, sign=True, more_digits=digits).split(" ")[0] for end in (found.low, found.high)
        )
        known = mean if found.low == found.high else word("between", lang, low=low, high=high)
        if not found.clear and found.low < found.high:
            known = f"{known}: {word('compare unclear', lang)}"
        elif found.clear and sign(measure) * found.mean < 0.0:
            known = f"{known}: {word('compare worsens', lang)}"
        return Cell(mean, "" if known == mean else known)

    def _money(self, column: Column) -> Cell:
        if (answer := column.answer) is None:
            return Cell(UNKNOWN)
        return Cell(word("euro", self.language, amount=in_euro(spent(answer) / answer.years, self.language)))

    def _more(self, column: Column) -> Cell:
        if (answer := column.answer) is None:
            return Cell(UNKNOWN)
        lang, found, years = self.language, answer.cost.difference, answer.years
        if column.same or found.mean == 0.0:
            return Cell(word("compare same", lang))
        mean, low, high = (in_euro(one / years, lang) for one in (found.mean, found.low, found.high))
        sign = "+" if found.mean > 0 else ""
        known = "" if low == high or found.pairs < 2 else word("between", lang, low=low, high=high)
        return Cell(word("euro", lang, amount=f"{sign}{mean}"), known)

    def _price(self, column: Column) -> Cell:
        if (answer := column.answer) is None:
            return Cell(UNKNOWN)
        lang = self.language
        if column.same:
            return Cell(word("compare same", lang))
        outcome = answer.by_measure[self.valued]
        case = price_case(answer, self.valued)
        if case != "said":
            return Cell(word(f"compare {case}", lang), word(f"compare {case} because", lang))
        each, low, high = (in_euro(one, lang) for one in (outcome.price.each, outcome.price.low, outcome.price.high))
        between = word("between", lang, low=low, high=high)
        over = word("compare over", lang, years=years_text(answer.years, lang))
        return Cell(word("euro", lang, amount=each), f"{between}, {over}")

    def _stands(self, column: Column) -> Cell:
        if (answer := column.answer) is None:
            return Cell(word("asking", self.language))
        return Cell(stands_short(answer, self.language))

    def funded(self, column: Column) -> str:
        """Say what a scenario sets aside a year."""
        return funded(column.choice, self.language, assumed=self.state.assumed)

    def said(self) -> str:
        """Say in one sentence which scenario does most for the measure that is looked at, if that can be told."""
        lang, measure = self.language, self.state.measure
        way = sign(measure) or 1.0
        known = [(column, answer.by_measure[measure].difference) for column, answer in self.answered]
        values = {"measure": label(measure, lang), "baseline": self.baseline}
        if not known or len(known) < len(self.columns):
            return word("asking", lang)
        clear = [(c, d) for c, d in known if d.clear and way * d.mean > 0]
        if not clear:
            return word("compare none", lang, **values)
        clear.sort(key=lambda one: -way * one[1].mean)
        first, found = clear[0]
        digits = wording.more_digits(measure, found.mean, found.low, found.high)
        size, low, high = (
            change(measure, one, lang, sign=True, more_digits=digits) for one in (found.mean, found.low, found.high)
        )
        values |= {"name": first.name, "size": size, "range": word("between", lang, low=low, high=high)}
        if len(clear) > 1 and _overlap(clear[0][1].low, clear[0][1].high, clear[1][1].low, clear[1][1].high):
            return word("compare first near", lang, **values, second=clear[1][0].name)
        return word("compare first", lang, **values)


def _overlap(low: float, high: float, other_low: float, other_high: float) -> bool:
    return low <= other_high and other_low <= high


def spent(answer: Answer, *, baseline: bool = False) -> float:
    """Return what is spent from the parting on, in euro, on average over runs."""
    band = answer.cost.baseline if baseline else answer.cost.current
    before = band.middle[answer.branch - 1] if answer.branch else 0.0
    return float(band.middle[-1] - before)


def price_case(answer: Answer, measure: str) -> str:
    """Say what can be said of the price of one more: ``said``; or why not.

    ``saves``, if it costs less or the same and brings more; ``worse``, if it clearly brings less; else ``cannot``.
    """
    outcome, cost = answer.by_measure[measure], answer.cost.difference
    gain = outcome.difference
    if gain.low > 0.0 and cost.mean <= 0.0:
        return "saves"
    if gain.high < 0.0:
        return "worse"
    return "said" if gain.low > 0.0 and outcome.price.known and cost.mean > 0.0 else "cannot"


def stands_short(answer: Answer, lang: Language) -> str:
    """Say in a few words on how many runs and people an answer stands."""
    runs, people = number(answer.runs, 0, lang), number(answer.people, 0, lang)
    return word("compare runs one" if answer.runs == 1 else "compare runs", lang, runs=runs, people=people)


def paint(comparing: Comparing) -> tuple[str, ...]:
    """Return the colours of the baseline and the scenarios."""
    return (BASELINE_COLOUR, *(one.colour for one in comparing.columns))


def questions(state: State) -> tuple[Question, ...]:
    """Return what is to be asked for a state's scenarios."""
    return tuple(Question(one.choice, state.baseline, assumed=state.assumed) for one in state.scenarios)


def finite(value: float) -> float | None:
    """Return a number as a page takes it: `None` for none."""
    return float(value) if math.isfinite(value) else None


def seeds(answers: Sequence[Answer]) -> str:
    """Return the seeds that answers stand on: pairs are numbered, and pair k has seed k, from 1 on."""
    most = max((answer.runs + answer.failed for answer in answers), default=0)
    return "1" if most == 1 else f"1–{most}" if most else UNKNOWN


__all__ = ["COST", "INDICATORS", "Cell", "Column", "Comparing", "Row", "price_case", "questions", "seeds", "spent"]
