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

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
}

_TEXTS: dict[str, dict[str, str]] = {
    "instead": {
        "en": "{policy} instead of {baseline}, from {start}:",
        "it": "{policy} invece di {baseline}, da {start}:",
    },
    "counted_more": {
        "en": "{size} more {measure} {when} ({range}; more in {count} of {pairs} pairs).",
        "it": "{size} {measure} in più {when} ({range}; di più in {count} coppie su {pairs}).",
    },
    "counted_fewer": {
        "en": "{size} fewer {measure} {when} ({range}; fewer in {count} of {pairs} pairs).",
        "it": "{size} {measure} in meno {when} ({range}; di meno in {count} coppie su {pairs}).",
    },
    "measured_more": {
        "en": "{measure}: {size} higher {when} ({range}; higher in {count} of {pairs} pairs).",
        "it": "{measure}: {size} in più {when} ({range}; più alto in {count} coppie su {pairs}).",
    },
    "measured_fewer": {
        "en": "{measure}: {size} lower {when} ({range}; lower in {count} of {pairs} pairs).",
        "it": "{measure}: {size} in meno {when} ({range}; più basso in {count} coppie su {pairs}).",
    },
    "unclear_more": {
        "en": "no clear change in {measure} {when} ({difference}, {range}; higher in {count} of {pairs} pairs).",
        "it": "nessun cambiamento chiaro {when} per {measure} ({difference}, {range}; "
        "di più in {count} coppie su {pairs}).",
    },
    "unclear_fewer": {
        "en": "no clear change in {measure} {when} ({difference}, {range}; lower in {count} of {pairs} pairs).",
        "it": "nessun cambiamento chiaro {when} per {measure} ({difference}, {range}; "
        "di meno in {count} coppie su {pairs}).",
    },
    "equal": {
        "en": "{measure}: no difference at all {when}, in none of {pairs} pairs.",
        "it": "{measure}: nessuna differenza {when}, in nessuna delle {pairs} coppie.",
    },
    "one_pair": {
        "en": "{difference} {measure} {when} in the one pair that was run; no interval.",
        "it": "{measure}: {difference} {when} nell'unica coppia eseguita; nessun intervallo.",
    },
    "when": {
        "en": "at the end of {end}",
        "it": "a fine {end}",
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
    "each": {
        "en": ", over {years} years about {each} euro ({low} to {high}) for each one more at the end.",
        "it": ", in {years} anni circa {each} euro ({low}-{high}) per ciascuna unità in più alla fine.",
    },
    "no_price": {
        "en": "; what one more costs cannot be said, since the change is not clear.",
        "it": "; quanto costi ciascuna unità in più non si può dire, perché il cambiamento non è chiaro.",
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
    "scaled": {
        "en": "Only {share} of the residents were simulated: counts and euro are of this smaller territory.",
        "it": "Simulato solo il {share} dei residenti: numeri ed euro sono di questo territorio ridotto.",
    },
    "enlarged": {
        "en": "{times} times the residents were simulated: counts and euro are of this larger territory.",
        "it": "Residenti simulati: {times} volte quelli reali; numeri ed euro sono di questo territorio.",
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


def amount(name: str, value: float, lang: Language, *, sign: bool = False) -> str:
    """Write a measure's value: shares in per cent, everything else with the measure's decimals."""
    measure = measure_of(name)
    if measure.kind == "share":
        return f"{number(100.0 * value, max(measure.decimals - 2, 0) or 1, lang, sign=sign)} %"
    return number(value, measure.decimals, lang, sign=sign)


def _digits(value: float) -> int:
    """Return the fewest decimals that show three significant digits."""
    most = max(2 - math.floor(math.log10(value)), 0)
    return next(digits for digits in range(most + 1) if round(value, digits) == round(value, most))


def change(name: str, value: float, lang: Language, *, sign: bool = False) -> str:
    """Write a difference in a measure: that of shares in percentage points."""
    if measure_of(name).kind == "share":
        return f"{amount(name, value, lang, sign=sign).removesuffix(' %')} {text('points', lang)}"
    return amount(name, value, lang, sign=sign)


def is_counted(name: str) -> bool:
    """Whether one says how many more, rather than how much higher."""
    return measure_of(name).kind in ("stock", "flow")


def scale_note(scale: float, lang: Language) -> str:
    """Say what a scale other than 1 means for counts; empty at scale 1."""
    if scale == 1.0:
        return ""
    if scale < 1.0:
        return text("scaled", lang, share=f"{number(100 * scale, _digits(100 * scale), lang)} %")
    return text("enlarged", lang, times=number(scale, 1, lang))


def words(value: Any) -> Mapping[str, str]:
    """Return a text in both languages as a mapping, whether it has them as attributes or is plain."""
    if isinstance(value, str):
        return {"en": value, "it": value}
    if isinstance(value, Mapping):
        return {lang: str(value[lang]) for lang in LANGUAGES}
    return {lang: str(getattr(value, lang)) for lang in LANGUAGES}
