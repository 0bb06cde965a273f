"""What a comparison says, in English and Italian: numbers, months, names of measures, sentences.

Both languages stand side by side, so that neither can be forgotten.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from simcomunita.outcomes import Measure

Language = Literal["en", "it"]
LANGUAGES: tuple[Language, ...] = ("en", "it")

FEW_PAIRS = 5
"""Below so many pairs an interval comes with a caution: Student's quantile grows fast, and so does its own error."""

MOST_DIGITS = 4
"""Decimals that a difference may be written with beyond those of its measure."""

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
}

_TEXTS: dict[str, dict[str, str]] = {
    "instead": {
        "en": "{policy} instead of {baseline}, from {start}{where}:",
        "it": "{policy} invece di {baseline}, da {start}{where}:",
    },
    "part": {
        "en": "a model of {share} of the residents, staff and money",
        "it": "un modello con il {share} di residenti, operatori e denaro",
    },
    "multiple": {
        "en": "a model of {times} times the residents, staff and money",
        "it": "un modello con {times} volte i residenti, gli operatori e il denaro",
    },
    "short part": {"en": "{share} of the residents", "it": "{share} dei residenti"},
    "short multiple": {"en": "{times} times the residents", "it": "{times} volte i residenti"},
    "counted_more": {
        "en": "{size} more {measure} {when} ({range}; more in {pairs}).",
        "it": "{size} {measure} in più {when} ({range}; di più in {pairs}).",
    },
    "counted_fewer": {
        "en": "{size} fewer {measure} {when} ({range}; fewer in {pairs}).",
        "it": "{size} {measure} in meno {when} ({range}; di meno in {pairs}).",
    },
    # Names of measures are plural, and some are no nouns: what is less than two of them is said around the name.
    "up": {
        "en": "{measure} up by {size} {when} ({range}; higher in {pairs}).",
        "it": "«{measure}» in aumento di {size} {when} ({range}; più alto in {pairs}).",
    },
    "down": {
        "en": "{measure} down by {size} {when} ({range}; lower in {pairs}).",
        "it": "«{measure}» in diminuzione di {size} {when} ({range}; più basso in {pairs}).",
    },
    "unclear_more": {
        "en": "these runs cannot tell a rise from a fall in {measure} {when} "
        "({difference}, {range}; higher in {pairs}).",
        "it": "queste simulazioni non distinguono un aumento da una diminuzione di «{measure}» {when} "
        "({difference}, {range}; più alto in {pairs}).",
    },
    "unclear_fewer": {
        "en": "these runs cannot tell a rise from a fall in {measure} {when} "
        "({difference}, {range}; lower in {pairs}).",
        "it": "queste simulazioni non distinguono un aumento da una diminuzione di «{measure}» {when} "
        "({difference}, {range}; più basso in {pairs}).",
    },
    "equal": {
        "en": "no difference at all in {measure} {when}, in none of {all} pairs.",
        "it": "nessuna differenza in «{measure}» {when}, in nessuna delle {all} coppie.",
    },
    "one_pair": {
        "en": "{difference} in {measure} {when}, in the one pair that was run; no interval.",
        "it": "{difference} in «{measure}» {when}, nell'unica coppia simulata; nessun intervallo.",
    },
    "no pairs": {"en": "none of {all} pairs", "it": "nessuna coppia su {all}"},
    "one of the pairs": {"en": "1 of {all} pairs", "it": "1 coppia su {all}"},
    "some pairs": {"en": "{count} of {all} pairs", "it": "{count} coppie su {all}"},
    "no draws": {"en": "none of {all} draws", "it": "nessuna estrazione su {all}"},
    "one of the draws": {"en": "1 of {all} draws", "it": "1 estrazione su {all}"},
    "some draws": {"en": "{count} of {all} draws", "it": "{count} estrazioni su {all}"},
    "when": {
        "en": "at the end of {end}",
        "it": "a fine {end}",
    },
    "range_draws": {
        "en": "; nine draws in ten from {low} to {high}",
        "it": "; nove estrazioni su dieci da {low} a {high}",
    },
    "range": {
        "en": "between {low} and {high}",
        "it": "tra {low} e {high}",
    },
    "points": {"en": "percentage points", "it": "punti percentuali"},
    "costs_more": {
        "en": "It costs {amount} euro a year more",
        "it": "Costa {amount} euro in più all'anno",
    },
    "costs_less": {
        "en": "It costs {amount} euro a year less",
        "it": "Costa {amount} euro in meno all'anno",
    },
    "cost_range": {
        "en": " (between {low} and {high})",
        "it": " (tra {low} e {high})",
    },
    "each": {
        "en": ", over {time} about {each} euro ({low} to {high}) for each one more at the end.",
        "it": ", in {time} circa {each} euro (da {low} a {high}) per ciascuna unità in più alla fine.",
    },
    "one year": {"en": "one year", "it": "un anno"},
    "years": {"en": "{years} years", "it": "{years} anni"},
    "no_price": {
        "en": "; what one more costs cannot be said, since these runs cannot tell whether there are more.",
        "it": "; quanto costi ciascuna unità in più non si può dire, perché un aumento non è accertato.",
    },
    "stands_on": {
        "en": "This stands on {pairs} pairs of simulated runs that share their chance events; "
        "the intervals are 95 % intervals of the mean paired difference, for the model as configured.",
        "it": "Si basa su {pairs} coppie di simulazioni che condividono gli eventi casuali; "
        "gli intervalli sono al 95 % per la differenza media delle coppie, per il modello così configurato.",
    },
    "of_itself": {"en": "±{share} % of itself", "it": "±{share} % della differenza stessa"},
    "precise_enough": {
        "en": "Pairs were added until the difference in {measure} was known within {wanted}: {pairs} were enough "
        "({reached}).",
        "it": "Le coppie sono state aggiunte finché la differenza per {measure} non è stata nota entro {wanted}: "
        "ne sono bastate {pairs} ({reached}).",
    },
    "not_precise_enough": {
        "en": "The difference in {measure} was to be known within {wanted}; after {pairs} pairs, the most that were "
        "allowed, it is known within {reached}.",
        "it": "La differenza per {measure} doveva essere nota entro {wanted}; dopo {pairs} coppie, il massimo "
        "consentito, è nota entro {reached}.",
    },
    "stands_on_draws": {
        "en": "This stands on {draws} draws of the parameters, {pairs} pairs of simulated runs that share their draw "
        "and their chance events; the intervals are 95 % intervals of the mean difference over draws, so they hold "
        "what is not known of the parameters.",
        "it": "Si basa su {draws} estrazioni dei parametri, {pairs} coppie di simulazioni che condividono "
        "l'estrazione e gli eventi casuali; gli intervalli sono al 95 % per la differenza media tra le estrazioni, e "
        "comprendono quindi ciò che non si sa dei parametri.",
    },
    "stands_on_posterior": {
        "en": "This stands on {pairs} pairs of simulated runs. What is not known for sure about people (the model's "
        'parameters) is drawn anew for each pair, from the posterior "{calibration}": values that fit what was '
        "published. Both runs of a pair share their draw and their chance events; the 95 % intervals of the mean "
        "paired difference hold what is not known of these parameters, and chance.",
        "it": "Si basa su {pairs} coppie di simulazioni. Ciò che delle persone non si sa con certezza (i parametri del "
        "modello) è estratto di nuovo per ogni coppia dalla distribuzione a posteriori «{calibration}»: valori "
        "compatibili con i dati pubblicati. Le due simulazioni di una coppia condividono l'estrazione e gli eventi "
        "casuali; gli intervalli al 95 % della differenza media comprendono ciò che di questi parametri non si "
        "sa, e il caso.",
    },
    "stands_on_posterior_draws": {
        "en": "This stands on {draws} draws of what is not known for sure about people (the model's parameters), from "
        'the posterior "{calibration}": values that fit what was published. Each was run in several of {pairs} pairs '
        "of simulated runs that share their draw and their chance events; the 95 % intervals are of the mean "
        "difference over draws, so they hold what is not known of these parameters.",
        "it": "Si basa su {draws} estrazioni di ciò che delle persone non si sa con certezza (i parametri del "
        "modello), dalla distribuzione a posteriori «{calibration}»: valori compatibili con i dati pubblicati. "
        "Ciascuna è stata simulata in più d'una delle {pairs} coppie, che condividono l'estrazione e gli eventi "
        "casuali; gli intervalli al 95 % sono per la differenza media tra le estrazioni, e comprendono quindi ciò che "
        "di questi parametri non si sa.",
    },
    "few": {
        "en": "Caution: only {pairs} pairs of runs. An interval from so few can be far off; run 20 or more before "
        "relying on it.",
        "it": "Attenzione: solo {pairs} coppie di simulazioni. Un intervallo basato su così poche può essere molto "
        "impreciso; prima di farvi affidamento se ne eseguano almeno 20.",
    },
    "few draws": {
        "en": "Caution: only {pairs} draws of the parameters. An interval from so few can be far off; run 20 draws or "
        "more before relying on it.",
        "it": "Attenzione: solo {pairs} estrazioni dei parametri. Un intervallo basato su così poche può essere molto "
        "impreciso; prima di farvi affidamento se ne eseguano almeno 20.",
    },
    "scaled": {
        "en": "Only {share} of the residents were simulated: counts and euro are of this smaller territory.",
        "it": "È stato simulato solo il {share} dei residenti: numeri ed euro si riferiscono a questo territorio "
        "ridotto.",
    },
    "enlarged": {
        "en": "{times} times the residents were simulated: counts and euro are of this larger territory.",
        "it": "È stato simulato un numero di residenti pari a {times} volte quello reale: numeri ed euro si "
        "riferiscono a questo territorio più grande.",
    },
}


def text(key: str, lang: Language, **values: object) -> str:
    """Return a phrase in a language."""
    return _TEXTS[key][lang].format(**values)


def month_text(month: int, lang: Language) -> str:
    """Write a month number as ``January 2020`` or ``gennaio 2020``."""
    return f"{_MONTHS[lang].split()[month % 12]} {month // 12}"


def number(value: float, decimals: int, lang: Language, *, sign: bool = False) -> str:
    """Write a number as the language does: 1,234.5 or 1.234,5; a dash where there is none."""
    if math.isnan(value):
        return "–"
    rounded = round(value, decimals) + 0.0  # no minus zero
    written = f"{rounded:{'+' if sign and rounded else ''},.{max(decimals, 0)}f}".replace("-", "\N{MINUS SIGN}")
    return written if lang == "en" else written.translate(str.maketrans(",.", ".,"))


@dataclass(frozen=True, slots=True)
class PlainMeasure:
    """A measure that nobody described: its column's name, in words."""

    name: str
    unit: str = ""
    kind: str = "stock"
    decimals: int = 2

    @property
    def label_en(self) -> str:
        """The name with spaces."""
        return self.name.replace("_", " ")

    label_it = label_en


def measure_of(name: str) -> Measure | PlainMeasure:
    """Return what is known of a measure."""
    from simcomunita.outcomes import MEASURES

    return MEASURES.get(name) or PlainMeasure(name)


def label(name: str, lang: Language) -> str:
    """Return a measure's name in a language."""
    measure = measure_of(name)
    return str(measure.label_en if lang == "en" else measure.label_it)


_UNITS_IT = {
    "0 to 1": "da 0 a 1",
    "actions": "azioni",
    "asks": "inviti",
    "attendances": "presenze",
    "bids": "candidature",
    "cases": "casi",
    "contacts": "contatti",
    "contracts": "contratti",
    "euro": "euro",
    "events": "eventi",
    "evictions": "sfratti",
    "firms": "aziende",
    "groups": "gruppi",
    "groups and projects": "gruppi e progetti",
    "hires": "assunzioni",
    "hours": "ore",
    "households": "famiglie",
    "houses": "case",
    "index": "indice",
    "introductions": "presentazioni",
    "labs": "laboratori",
    "links": "legami",
    "meetings": "incontri",
    "needs": "bisogni",
    "organisations": "realtà",
    "people": "persone",
    "placements": "inserimenti",
    "places": "luoghi",
    "practices": "pratiche",
    "projects": "progetti",
    "share": "quota",
    "shocks": "eventi",
    "spaces": "spazi",
    "steps": "passaggi",
    "ties a participant": "legami per partecipante",
    "ties a person of 14 to 17": "legami per persona di 14-17 anni",
    "ties a resident": "legami per residente",
    "visits": "visite",
}


def unit(name: str, lang: Language) -> str:
    """Return a measure's unit in a language; one that nobody translated as it is."""
    written = measure_of(name).unit
    return written if lang == "en" else _UNITS_IT.get(written, written)


def amount(name: str, value: float, lang: Language, *, sign: bool = False, more_digits: int = 0) -> str:
    """Write a measure's value: shares in per cent, everything else with the measure's decimals.

    Parameters
    ----------
    more_digits
        Decimals beyond the usual ones, as `more_digits` gives them.
    """
    measure = measure_of(name)
    if measure.kind == "share":
        return f"{number(100.0 * value, _usual_digits(name) + more_digits, lang, sign=sign)} %"
    return number(value, _usual_digits(name) + more_digits, lang, sign=sign)


def _usual_digits(name: str) -> int:
    """Return the decimals with which a measure is written; those of shares are of their percentage."""
    measure = measure_of(name)
    return (max(measure.decimals - 2, 0) or 1) if measure.kind == "share" else measure.decimals


def more_digits(name: str, mean: float, low: float, high: float) -> int:
    """Return how many decimals beyond the usual ones show that an interval has two ends and a clear difference is one.

    An interval spans at least two units of the last digit, unless it has no width.
    """
    factor = 100.0 if measure_of(name).kind == "share" else 1.0
    usual = _usual_digits(name)
    for more in range(MOST_DIGITS + 1):
        unit = 10.0 ** -(usual + more)
        wide = math.isnan(high - low) or high == low or factor * (high - low) >= 2 * unit
        seen = not (low > 0.0 or high < 0.0) or factor * abs(mean) > unit / 2
        if wide and seen:
            return more
    return MOST_DIGITS


def _digits(value: float) -> int:
    """Return the fewest decimals that show three significant digits."""
    most = max(2 - math.floor(math.log10(value)), 0)
    return next(digits for digits in range(most + 1) if round(value, digits) == round(value, most))


def change(name: str, value: float, lang: Language, *, sign: bool = False, more_digits: int = 0) -> str:
    """Write a difference in a measure: that of shares in percentage points."""
    written = amount(name, value, lang, sign=sign, more_digits=more_digits)
    if measure_of(name).kind == "share":
        return f"{written.removesuffix(' %')} {text('points', lang)}"
    return written


def pairs_text(count: int, pairs: int, lang: Language, *, draws: bool = False) -> str:
    """Say in how many pairs (or draws) of all something is so."""
    key = "no pairs" if count == 0 else "one of the pairs" if count == 1 else "some pairs"
    if draws:
        key = key.replace("pairs", "draws")
    return text(key, lang, count=number(count, 0, lang), all=number(pairs, 0, lang))


def years_text(years: float, lang: Language) -> str:
    """Say how many years; parts of one with a decimal."""
    if years == 1.0:
        return text("one year", lang)
    return text("years", lang, years=number(years, 0 if years == int(years) else 1, lang))


def is_counted(name: str) -> bool:
    """Whether one says how many more, rather than how much higher."""
    return measure_of(name).kind in ("stock", "flow")


def scale_note(scale: float, lang: Language) -> str:
    """Say what a scale other than 1 means for counts; empty at scale 1."""
    if scale == 1.0:
        return ""
    if scale < 1.0:
        return text("scaled", lang, share=_share_text(scale, lang))
    return text("enlarged", lang, times=_times_text(scale, lang))


def scale_named(scale: float, lang: Language, *, short: bool = False) -> str:
    """Name the model that counts are of, where it is not of all residents; empty at scale 1."""
    if scale == 1.0:
        return ""
    kind = "short " if short else ""
    if scale < 1.0:
        return text(f"{kind}part", lang, share=_share_text(scale, lang))
    return text(f"{kind}multiple", lang, times=_times_text(scale, lang))


def few_note(pairs: int, lang: Language, *, draws: bool = False) -> str:
    """Warn of an interval that stands on few pairs (or draws); empty where there are enough, or too few for any."""
    return text("few draws" if draws else "few", lang, pairs=pairs) if 1 < pairs < FEW_PAIRS else ""


def _share_text(scale: float, lang: Language) -> str:
    return f"{number(100 * scale, _digits(100 * scale), lang)} %"


def _times_text(scale: float, lang: Language) -> str:
    return number(scale, _digits(scale), lang)


def words(value: Any) -> Mapping[str, str]:
    """Return a text in both languages as a mapping, whether it has them as attributes or is plain."""
    if isinstance(value, str):
        return {"en": value, "it": value}
    if isinstance(value, Mapping):
        return {lang: str(value[lang]) for lang in LANGUAGES}
    return {lang: str(getattr(value, lang)) for lang in LANGUAGES}


def capital(phrase: str) -> str:
    """Raise the first letter."""
    return phrase[:1].upper() + phrase[1:]


def small(phrase: str) -> str:
    """Lower the first letter, unless the first word is all capitals or stands for a name."""
    first = phrase.split(" ", 1)[0]
    return phrase if first.isupper() and len(first) > 1 else phrase[:1].lower() + phrase[1:]
