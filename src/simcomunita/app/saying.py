"""An answer in plain words, in English and Italian: what changes, what it costs, and what that stands on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simcomunita.app.choices import PRESETS
from simcomunita.experiment import wording
from simcomunita.experiment.sentences import in_euro
from simcomunita.experiment.wording import FEW_PAIRS, Language, amount, change, label, month_text, number, years_text
from simcomunita.months import parse_month

if TYPE_CHECKING:
    from simcomunita.app.asking import Answer, Outcome
    from simcomunita.app.assumptions import Assumed
    from simcomunita.experiment.intervals import Difference

_TEXTS: dict[str, dict[str, str]] = {
    "same": {
        "en": "This is the comparison itself: nothing differs.",
        "it": "È lo stesso termine di paragone: nulla cambia.",
    },
    "one": {
        "en": "In the one run so far {difference} {measure} {when}, compared with {baseline}; one run alone proves "
        "nothing.",
        "it": "Nell'unica simulazione finora {difference} {measure} {when}, rispetto a {baseline}; una sola non "
        "dimostra nulla.",
    },
    "equal": {
        "en": "No difference in {measure} {when}, compared with {baseline}, in any of {runs} runs.",
        "it": "Nessuna differenza in «{measure}» {when}, rispetto a {baseline}, in nessuna di {runs} simulazioni.",
    },
    "more": {
        "en": "{size} more {measure} {when}, compared with {baseline} ({range}); {share}.",
        "it": "{size} {measure} in più {when}, rispetto a {baseline} ({range}); {share}.",
    },
    "fewer": {
        "en": "{size} fewer {measure} {when}, compared with {baseline} ({range}); {share}.",
        "it": "{size} {measure} in meno {when}, rispetto a {baseline} ({range}); {share}.",
    },
    "up": {
        "en": "“{measure}” up by {size} {when}, compared with {baseline} ({range}); {share}.",
        "it": "«{measure}» in aumento di {size} {when}, rispetto a {baseline} ({range}); {share}.",
    },
    "down": {
        "en": "“{measure}” down by {size} {when}, compared with {baseline} ({range}); {share}.",
        "it": "«{measure}» in diminuzione di {size} {when}, rispetto a {baseline} ({range}); {share}.",
    },
    "unclear": {
        "en": "These runs cannot tell a rise from a fall in {measure} {when}, compared with {baseline} "
        "({difference}, {range}); {share}.",
        "it": "Queste simulazioni non distinguono un aumento da una diminuzione di «{measure}» {when}, rispetto a "
        "{baseline} ({difference}, {range}); {share}.",
    },
    "when": {"en": "at the end of {month}", "it": "a fine {month}"},
    "range": {"en": "between {low} and {high}", "it": "tra {low} e {high}"},
    "the baseline": {"en": "the choice it is compared with", "it": "la scelta di confronto"},
    "named": {"en": "“{name}”", "it": "«{name}»"},
    "better": {"en": "better in {count} of {runs} runs", "it": "meglio in {count} simulazioni su {runs}"},
    "higher": {"en": "higher in {count} of {runs} runs", "it": "più alto in {count} simulazioni su {runs}"},
    "costs more": {
        "en": "It costs {euro} euro a year more{range}{each}.",
        "it": "Costa {euro} euro in più all'anno{range}{each}.",
    },
    "costs less": {
        "en": "It costs {euro} euro a year less{range}.",
        "it": "Costa {euro} euro in meno all'anno{range}.",
    },
    "costs the same": {"en": "It costs as much as the comparison.", "it": "Costa quanto il termine di paragone."},
    "each": {
        "en": "; over {years} that is about {euro} euro ({low} to {high}) for each one more at the end",
        "it": "; in {years} sono circa {euro} euro (da {low} a {high}) per ciascuna unità in più alla fine",
    },
    "stands whole": {
        "en": "This stands on {runs} with each choice, of all {residents} residents{draws}.",
        "it": "Si basa su {runs} per ciascuna scelta, con tutti i {residents} residenti{draws}.",
    },
    "stands part": {
        "en": "First answer: it stands on {runs} with each choice, of {people} of the {residents} residents, counted "
        "up to all of them{draws}.",
        "it": "Prima risposta: si basa su {runs} per ciascuna scelta, con {people} dei {residents} residenti, "
        "riportati al totale{draws}.",
    },
    "one run": {"en": "1 run", "it": "1 simulazione"},
    "runs": {"en": "{count} runs", "it": "{count} simulazioni"},
    "so far": {"en": "{runs} of {wanted} so far", "it": "{runs} su {wanted} finora"},
    "configured": {"en": "", "it": ""},
    "drawn one": {
        "en": ", with one draw of what is not known of the model's figures",
        "it": ", con una sola estrazione di ciò che non si sa dei parametri del modello",
    },
    "drawn": {
        "en": ", over {draws} draws of what is not known of the model's figures",
        "it": ", su {draws} estrazioni di ciò che non si sa dei parametri del modello",
    },
    "few": {
        "en": "An interval from so few runs can be far off.",
        "it": "Un intervallo basato su così poche simulazioni può essere molto impreciso.",
    },
    "failed": {"en": "{count} broke down and are left out.", "it": "{count} si sono interrotte e sono escluse."},
}


def headline(answer: Answer, lang: Language = "en", measure: str = "active_now") -> str:
    """Say in three lines what a choice changes in a measure, what that costs, and what it stands on.

    What is assumed otherwise is said in a fourth.
    """
    said = (effect(answer, lang, measure), money(answer, lang, measure), stands_on(answer, lang))
    return "\n".join((*said, *assumed_otherwise(answer.question.assumed, lang)))


def assumed_otherwise(assumed: Assumed, lang: Language) -> tuple[str, ...]:
    """Return the sentence that says what is assumed otherwise; nothing, if nothing is."""
    return (assumed.said(lang),) if assumed else ()


def effect(answer: Answer, lang: Language = "en", measure: str = "active_now") -> str:
    """Say in one sentence what changes in a measure, with its interval and in how many runs it is better.

    A run is a pair: the same people and the same chance, once with each choice.
    """
    if answer.question.choice == answer.question.baseline:
        return _text("same", lang)
    outcome = answer.by_measure[measure]
    found = outcome.difference
    more = found.mean > 0.0
    low, high = (found.low, found.high) if more or not found.clear else (-found.high, -found.low)
    digits = wording.more_digits(measure, found.mean, low, high)
    values = {
        "measure": label(measure, lang),
        "when": _text("when", lang, month=month_text(parse_month(answer.months[-1]), lang)),
        "baseline": _baseline(answer, lang),
        "difference": change(measure, found.mean, lang, sign=True, more_digits=digits),
        "size": change(measure, abs(found.mean), lang, more_digits=digits),
        "range": _range(measure, low, high, lang, digits),
        "share": _share(outcome, lang),
        "runs": number(found.pairs, 0, lang),
    }
    counted = wording.is_counted(measure)
    kind = _kind(found, counted)
    if kind in ("up", "down"):
        values["measure"] = wording.capital(values["measure"])
    return wording.capital(_text(kind, lang, **values))


def _kind(found: Difference, counted: bool) -> str:
    if found.pairs < 2:
        return "one"
    if found.low == found.high == 0.0:
        return "equal"
    if not found.clear:
        return "unclear"
    if counted and abs(found.mean) >= 2.0:
        return "more" if found.mean > 0.0 else "fewer"
    return "up" if found.mean > 0.0 else "down"


def _range(measure: str, low: float, high: float, lang: Language, digits: int) -> str:
    ends = (amount(measure, end, lang, more_digits=digits).removesuffix(" %") for end in (low, high))
    return _text("range", lang, **dict(zip(("low", "high"), ends, strict=True)))


def _share(outcome: Outcome, lang: Language) -> str:
    share = outcome.difference.higher if math.isnan(outcome.better) else outcome.better
    count = 0 if math.isnan(share) else round(share * outcome.difference.pairs)
    key = "higher" if math.isnan(outcome.better) else "better"
    return _text(key, lang, count=number(count, 0, lang), runs=number(outcome.difference.pairs, 0, lang))


def _baseline(answer: Answer, lang: Language) -> str:
    asked = answer.question.baseline
    named = next((preset.label[lang] for preset in PRESETS.values() if preset.choice == asked), None)
    return _text("named", lang, name=named) if named else _text("the baseline", lang)


def money(answer: Answer, lang: Language = "en", measure: str = "active_now") -> str:
    """Say in one sentence what is spent more a year and, where it can be said, for each one more of a measure."""
    found, years = answer.cost.difference, answer.years
    extra = found.mean / years
    if found.mean == 0.0 and not found.low < found.high:
        return _text("costs the same", lang)
    ends = sorted((found.low / years, found.high / years), key=abs)
    low, high = (_end(end, extra, lang) for end in ends)
    told = found.low < found.high and low != high  # where rounding takes the interval away it says nothing
    between = f" ({_text('range', lang, low=low, high=high)})" if told else ""
    each = _each(answer, lang, measure) if extra > 0.0 else ""
    key = "costs more" if extra > 0.0 else "costs less"
    return _text(key, lang, euro=in_euro(abs(extra), lang), range=between, each=each)


def _each(answer: Answer, lang: Language, measure: str) -> str:
    outcome = answer.by_measure[measure]
    if not (outcome.price.known and outcome.difference.low > 0.0 and wording.is_counted(measure)):
        return ""
    euro, low, high = (in_euro(one, lang) for one in (outcome.price.each, outcome.price.low, outcome.price.high))
    return _text("each", lang, years=years_text(answer.years, lang), euro=euro, low=low, high=high)


def _end(euro: float, extra: float, lang: Language) -> str:
    """Write the end of an interval of what is spent more, or less; one on the other side of zero bears its sign."""
    return f"{'' if euro * extra >= 0.0 else MINUS}{in_euro(abs(euro), lang)}"


MINUS = "\N{MINUS SIGN}"


def stands_on(answer: Answer, lang: Language = "en") -> str:
    """Say how many runs and people an answer stands on, and whether more are coming."""
    runs = _text("one run", lang) if answer.runs == 1 else _text("runs", lang, count=number(answer.runs, 0, lang))
    if not answer.complete:
        runs = _text("so far", lang, runs=runs, wanted=number(answer.wanted, 0, lang))
    drawn = _text(
        "configured" if answer.configured else "drawn one" if answer.draws == 1 else "drawn",
        lang,
        draws=number(answer.draws, 0, lang),
    )
    people, residents = (number(one, 0, lang) for one in (answer.people, answer.residents))
    said = [
        _text(
            "stands whole" if answer.whole else "stands part",
            lang,
            runs=runs,
            people=people,
            residents=residents,
            draws=drawn,
        )
    ]
    if 1 < answer.runs < FEW_PAIRS:
        said.append(_text("few", lang))
    if answer.failed:
        said.append(_text("failed", lang, count=number(answer.failed, 0, lang)))
    return " ".join(said)


def _text(key: str, lang: Language, **values: object) -> str:
    return _TEXTS[key][lang].format(**values)
