"""What the page of levers shows, as plain values: levers, charts, money, time line. No widget in it."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

from simcomunita.app.assumptions import AS_USUAL, Assumed, Assumption, assumptions
from simcomunita.app.levers import HOURS, LEVERS, Lever, Value, standard_costs
from simcomunita.app.saying import assumed_otherwise
from simcomunita.app.state import PRESETS, Choice, State
from simcomunita.app.widgets.drawing import Drawing, Line, past_apart
from simcomunita.app.words import word
from simcomunita.experiment.figures import BASELINE_COLOUR, PAST_COLOUR, POLICY_COLOURS
from simcomunita.experiment.wording import Language, capital, change, label, month_text, number, small
from simcomunita.months import month_name, parse_month

if TYPE_CHECKING:
    from simcomunita.app.asking import Answer, Band, Outcome
    from simcomunita.policy import CostBook

STUDY = "facilitators_8_vs_0"
"""The study whose history the workshop starts from."""

FIRST = ("facilitators", "from", "until", "kept", "places", "calls")
"""The levers that are seen at once; the others are one click deeper."""


def named(choice: Choice, lang: Language) -> str:
    """Name a choice: as the preset that it is, or else as the reader's own."""
    found = next((preset for preset in PRESETS.values() if preset.choice == choice), None)
    return found.label[lang] if found else capital(word("now", lang))


def levers(choice: Choice, lang: Language, assumed: Assumed = AS_USUAL) -> dict[str, Any]:
    """Return the levers as their widget shows them, with the prices that are assumed."""
    book = assumed.book(standard_costs())
    groups = [
        {"key": "first", "name": word("levers", lang), "open": True, "levers": []},
        {"key": "more", "name": word("more levers", lang), "open": False, "levers": []},
    ]
    for key, lever in LEVERS.items():
        groups[0 if key in FIRST else 1]["levers"].append(_lever(lever, choice, lang, book))  # type: ignore[attr-defined]
    return {"language": lang, "groups": groups, "values": choice.values}


def _lever(lever: Lever, choice: Choice, lang: Language, book: CostBook) -> dict[str, Any]:
    said = (
        ("meaning", lever.means[lang]),
        ("acting", lever.acts[lang]),
        ("costing", lever.cost_text(lang, book)),
        ("source", lever.source[lang]),
    )
    shown: dict[str, Any] = {
        "key": lever.key,
        "label": lever.label[lang],
        "about": [[word(key, lang), text] for key, text in said],
        "more": word("about lever", lang),
        "values": list(lever.values),
        "texts": [_value_text(lever, value, choice, lang) for value in lever.values],
    }
    if lever.kind == "choice":
        shown["options"] = [[value, lever.value_text(value, lang)] for value in lever.values]
    return shown


def _value_text(lever: Lever, value: Value, choice: Choice, lang: Language) -> str:
    """Write a value; a weight as the share of hours that it makes, beside the other weights as they stand."""
    if lever.key not in HOURS:
        return lever.value_text(value, lang)
    weights = {key: int(choice[key]) for key in HOURS} | {lever.key: int(value)}
    total = sum(weights.values())
    return word("of hours", lang, share=number(100 * weights[lever.key] / total, 0, lang) if total else "0")


def moved(choice: Choice, asked: dict[str, Any]) -> Choice:
    """Return a choice with the levers moved that were let go, each to the nearest value that it allows."""
    for key, value in asked.items():
        if key in LEVERS:
            choice = choice.set(key, LEVERS[key].nearest(value))
    return choice


def assumptions_shown(assumed: Assumed, lang: Language) -> dict[str, Any]:
    """Return the assumptions as the levers' widget shows them; one that is as usual has no value."""
    shown = [_assumption(one, lang) for one in assumptions().values()]
    group = {"key": "assumptions", "name": word("assumptions", lang), "open": True, "levers": shown}
    values = {key: assumed.values.get(key) for key in assumptions()}
    return {"language": lang, "groups": [group], "values": values}


def _assumption(one: Assumption, lang: Language) -> dict[str, Any]:
    said = (("meaning", one.means[lang]), ("acting", one.acts[lang]), ("source", one.source[lang]))
    usual = one.value_text(None, lang)
    return {
        "key": one.key,
        "label": one.label[lang],
        "about": [[word(key, lang), text] for key, text in said],
        "more": word("about assumption", lang),
        "values": list(one.values),
        "texts": [one.value_text(value, lang) for value in one.values],
        "notes": [one.range_text(lang), one.usual_text(lang)],
        "usual": {
            "at": one.nearest(one.usual[1]),
            "text": usual,
            "back": word("assume usual", lang, usual=usual),
            "exact": one.standard is not None,
        },
    }


def assumed_anew(assumed: Assumed, asked: dict[str, Any]) -> Assumed:
    """Return what is assumed after some sliders were let go, each at the nearest value; without one it is as usual."""
    known = assumptions()
    for key, value in asked.items():
        if key in known:
            assumed = assumed.set(key, known[key].nearest(value))
    return assumed


def drawing(answer: Answer, state: State, measure: str) -> dict[str, Any]:
    """Return a chart's data: the past once, the baseline and the current choice from their parting on."""
    lang, outcome = state.language, answer.by_measure[measure]
    notes = (stands_short(answer, lang), *assumed_otherwise(answer.question.assumed, lang))
    lines: tuple[Line, ...] = (
        _line(named(answer.question.baseline, lang), BASELINE_COLOUR, outcome.baseline, dashed=True),
        _line(named(answer.question.choice, lang), POLICY_COLOURS[0], outcome.current),
    )
    if answer.question.choice == answer.question.baseline:
        lines = lines[1:]
    first = parse_month(answer.months[0])
    return past_apart(Drawing(measure, lang, first, answer.branch, lines, answer.runs, notes)).data()


def _line(name: str, colour: str, band: Band, *, dashed: bool = False) -> Line:
    return Line(name, colour, list(band.low), list(band.middle), list(band.high), dashed=dashed)


def stands_short(answer: Answer, lang: Language) -> str:
    """Say on how many runs and people an answer stands, for those who get the picture alone."""
    from simcomunita.app.asking import stands_on

    return stands_on(answer, lang)


def amounts(answer: Answer, lang: Language) -> list[tuple[str, str, str]]:
    """Return the money: what it is, how much, and how that is known."""
    years, cost = answer.years, answer.cost
    own, other = (_spent(band, answer) / years for band in (cost.current, cost.baseline))
    said = [
        (word("money year", lang), _euro(own, lang), ""),
        (
            word("money year baseline", lang, baseline=small(named(answer.question.baseline, lang))),
            _euro(other, lang),
            "",
        ),
    ]
    if answer.question.choice == answer.question.baseline:
        return said[:1]
    difference = cost.difference
    ends = (difference.low / years, difference.high / years)
    key = "money more" if difference.mean >= 0 else "money less"
    factor = 1 if difference.mean >= 0 else -1
    low, high = sorted(factor * end for end in ends)
    said.append((word(key, lang), _euro(abs(difference.mean) / years, lang), _between(low, high, lang)))
    return said


def _spent(band: Band, answer: Answer) -> float:
    """Return what is spent from the parting on."""
    before = band.middle[answer.branch - 1] if answer.branch else 0.0
    return float(band.middle[-1] - before)


def _euro(value: float, lang: Language) -> str:
    return word("euro", lang, amount=_short(value, lang))


def _short(value: float, lang: Language) -> str:
    """Write euro to three digits: more would pretend."""
    if value == 0 or not math.isfinite(value):
        return number(value, 0, lang)
    return number(round(value, 2 - math.floor(math.log10(abs(value)))), 0, lang)


def _between(low: float, high: float, lang: Language) -> str:
    if math.isnan(low) or math.isnan(high) or low == high:
        return ""
    return word("between", lang, low=_short(low, lang), high=_short(high, lang))


def difference_text(outcome: Outcome, lang: Language) -> tuple[str, str]:
    """Write a measure's difference at the end, and its interval."""
    found = outcome.difference
    mean = change(outcome.measure, found.mean, lang, sign=True)
    if math.isnan(found.low):
        return mean, "–"
    low, high = (change(outcome.measure, end, lang, sign=True) for end in (found.low, found.high))
    return mean, word("between", lang, low=low, high=high)


def in_short(answer: Answer, state: State) -> list[tuple[str, str, str]]:
    """Return what differs in the measure that is looked at, and in money: its name, how much, and how it is known."""
    lang = state.language
    mean, known = difference_text(answer.by_measure[state.measure], lang)
    return [(capital(label(state.measure, lang)), mean, known), amounts(answer, lang)[-1]]


def time_line(state: State, months: tuple[str, str, str], past: str) -> dict[str, Any]:
    """Return what is funded when, in the current choice and before.

    Parameters
    ----------
    months
        First month of the history, first month after it, last month of all.
    past
        Last month in which the project was funded.
    """
    lang = state.language
    first, branch, last = (parse_month(month) for month in months)

    def row(kind: str, name: str, start: int, end: int, colour: str = "") -> dict[str, Any]:
        dates = word("until", lang, start=month_text(start, lang), end=month_text(end, lang))
        return {
            "kind": kind,
            "name": name,
            "dates": dates,
            "first": start - first,
            "last": end - first,
            "colour": colour,
        }

    rows = [row("history", word("the project", lang), first, parse_month(past), PAST_COLOUR)]
    for kind, choice, colour in (
        ("now", state.current, POLICY_COLOURS[0]),
        ("baseline", state.baseline, BASELINE_COLOUR),
    ):
        who = named(choice, lang)
        own = [row(kind, name, start, end, colour) for name, start, end in funded(choice, branch, last, lang)]
        if kind == "baseline":
            own = [one | {"name": f"{word('compared with', lang)}: {small(one['name'])}"} for one in own]
        if not own:
            label = who if kind == "now" else f"{word('compared with', lang)}: {small(who)}"
            own = [row("nothing", f"{label}: {small(word('nothing funded', lang))}", branch, last)]
        rows += own
    years = [
        (month - first, str(month // 12))
        for month in range(first, last + 1)
        if month % 12 == 0 and month // 12 % 2 == 0
    ]
    return {
        "title": word("timeline", lang),
        "months": last - first + 1,
        "branch": branch - first,
        "rows": rows,
        "years": years,
    }


@cache
def project_end() -> str:
    """Return the last month in which the project was funded."""
    from simcomunita.scenario import load_study

    return month_name(max(policy.until for policy in load_study(STUDY).history.policies))


def funded(choice: Choice, branch: int, last: int, lang: Language) -> list[tuple[str, int, int]]:
    """Return what a choice funds: its name, first month and last month."""
    found = []
    if choice["facilitators"]:
        start, end = parse_month(str(choice["from"])), parse_month(str(choice["until"]))
        key = "one facilitator" if choice["facilitators"] == 1 else "facilitators"
        found.append((word(key, lang, number=choice["facilitators"]), start, end))
    for key, closed in (("kept", "closed"), ("places", 0), ("calls", 0)):
        if choice[key] != closed:
            lever = LEVERS[key]
            found.append((f"{lever.label[lang]}: {lever.value_text(choice[key], lang)}", branch, last))
    return found
