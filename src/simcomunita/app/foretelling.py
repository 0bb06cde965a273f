"""What somebody expected beside what the runs say, in plain words: a difference, never a mark."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from simcomunita.app.words import word
from simcomunita.experiment.wording import Language, label, month_text, number
from simcomunita.months import parse_month

if TYPE_CHECKING:
    from simcomunita.app.asking import Answer
    from simcomunita.app.gathering import Guess, Verdict

MEASURE = "active_now"
"""What is predicted."""

SHARE = 0.04
"""Most that can be expected, as a share of all residents: well above what any choice brings."""

STEP = 20

EXPECT = {"better": "expect better", "worse": "expect worse", "unclear": "expect unclear"}
_SAID = {"better": "said better", "worse": "said worse", "unclear": "said unclear"}
_FOUND = {"better": "found better", "worse": "found worse", "unclear": "found unclear"}
"""Words for each verdict: to choose it, to have chosen it, and to find it."""


@cache
def most() -> int:
    """Return the most active citizens that can be expected."""
    from simcomunita.app.funding import standard_study

    return math.ceil(SHARE * standard_study().history.territory.residents / 100) * 100


@cache
def end_text(lang: Language) -> str:
    """Return the last month, in words."""
    from simcomunita.app.funding import standard_study

    return month_text(standard_study().until, lang)


def count_text(count: float, lang: Language) -> str:
    """Write a number of active citizens."""
    return f"{number(count, 0, lang)} {label(MEASURE, lang)}"


def verdict_of(answer: Answer) -> Verdict:
    """Return what the runs say of better or worse."""
    found = answer.by_measure[MEASURE].difference
    if not found.clear:
        return "unclear"
    return "better" if found.mean > 0.0 else "worse"


def start_text(answer: Answer, lang: Language) -> str:
    """Say how many there were when the choice begins: history, so that it gives nothing away."""
    at = answer.branch - 1
    known = answer.by_measure[MEASURE].baseline.middle[at]
    when = month_text(parse_month(answer.months[at]), lang)
    return word("predict start", lang, month=when, count=count_text(round(float(known), -1), lang))


def comparison(guess: Guess, answer: Answer, lang: Language) -> tuple[str, ...]:
    """Say how what was expected and what the runs give lie to each other, in two or three sentences."""
    band = answer.by_measure[MEASURE].current
    low, middle, high = (float(end[-1]) for end in (band.low, band.middle, band.high))
    expected = number(guess.expected, 0, lang)
    if answer.runs < 2 or math.isnan(middle):
        return (word("predict waits", lang, expected=expected),)
    values = {
        "expected": expected,
        "middle": number(middle, 0, lang),
        "low": number(low, 0, lang),
        "high": number(high, 0, lang),
        "runs": number(answer.runs, 0, lang),
        "apart": number(abs(guess.expected - middle), 0, lang),
    }
    key = "predict within"
    if not low - STEP / 2 <= guess.expected <= high + STEP / 2:
        key = "predict above" if guess.expected > middle else "predict below"
    said = [word("predict beside", lang, **values), word(key, lang, **values)]
    found = verdict_of(answer)
    own = word(_SAID[guess.verdict], lang)
    if guess.verdict == found:
        said.append(word("verdict same", lang, own=own))
    else:
        said.append(word("verdict other", lang, own=own, found=word(_FOUND[found], lang)))
    return tuple(said)


def tally(guesses: tuple[Guess, ...], lang: Language) -> str:
    """Say how many expect what."""
    if not guesses:
        return word("room no guesses", lang)
    expected = sorted(guess.expected for guess in guesses)
    half = len(expected) // 2
    median = expected[half] if len(expected) % 2 else (expected[half - 1] + expected[half]) / 2
    counts = {
        verdict: number(sum(guess.verdict == verdict for guess in guesses), 0, lang)
        for verdict in ("better", "worse", "unclear")
    }
    key = "room one guess" if len(guesses) == 1 else "room guesses"
    return word(key, lang, count=number(len(guesses), 0, lang), median=number(median, 0, lang), **counts)
