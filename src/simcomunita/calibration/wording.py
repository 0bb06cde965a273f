"""What a calibration says, in English and Italian."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from simcomunita.experiment.wording import Language, amount, label, month_text, number

if TYPE_CHECKING:
    from simcomunita.calibration.mechanisms import Mechanisms
    from simcomunita.calibration.outcomes import Outcome
    from simcomunita.calibration.predicting import Interval, Prediction

TEXTS: dict[str, dict[str, str]] = {
    "fitted": {"en": "fitted", "it": "usati per la stima"},
    "held out": {"en": "held out, only predicted", "it": "non usati, solo previsti"},
    "columns": {"en": "published  |  predicted, 90 % interval", "it": "pubblicato  |  previsto, intervallo al 90 %"},
    "times published": {
        "en": "as a multiple of what was published (vermilion line)",
        "it": "in multipli di quanto pubblicato (linea rossa)",
    },
    "intervals": {
        "en": "Grey: where 9 in 10 reports lie before fitting (all draws of the parameters). Blue: after fitting, with "
        "the middle. Both hold chance, the error of reporting and what is not known of the calibrated parameters. "
        "✗: what was published lies outside the blue interval.",
        "it": "Grigio: dove cadono 9 resoconti su 10 prima della stima (tutte le estrazioni dei parametri). Blu: dopo "
        "la stima, con il valore centrale. Entrambi comprendono il caso, l'errore di resoconto e ciò che non si sa dei "
        "parametri stimati. ✗: il dato pubblicato è fuori dall'intervallo blu.",
    },
    "all held": {
        "en": "All {held} figures that were held out lie inside what the fitted model predicts",
        "it": "Tutti i {held} dati non usati per la stima cadono dove il modello li prevede",
    },
    "some held": {
        "en": "{inside} of {held} figures that were held out lie inside what the fitted model predicts",
        "it": "{inside} dati su {held} non usati per la stima cadono dove il modello li prevede",
    },
    "one held": {
        "en": "The figure that was held out lies inside what the fitted model predicts",
        "it": "Il dato non usato per la stima cade dove il modello lo prevede",
    },
    "one missed": {
        "en": "The figure that was held out lies outside what the fitted model predicts",
        "it": "Il dato non usato per la stima cade fuori da ciò che il modello prevede",
    },
    "none held out": {
        "en": "What the fitted model says of each published figure",
        "it": "Che cosa dice il modello stimato di ogni dato pubblicato",
    },
    "parameters title": {
        "en": "The published figures tell something of {learned} of {all} parameters",
        "it": "I dati pubblicati dicono qualcosa di {learned} parametri su {all}",
    },
    "parameters note": {
        "en": "Grey: before the outcomes were looked at (even, on the axis as drawn). Blue: after. Narrower by: "
        "how much "
        "of the variance is gone; a parameter counts as told of from 25 %.",
        "it": "Grigio: prima di guardare i risultati (uniforme, sull'asse come disegnato). Blu: dopo. Ridotta del: "
        "quanta varianza è scomparsa; un parametro conta dal 25 % in su.",
    },
    "narrower": {"en": "narrower by {share} %", "it": "ridotta del {share} %"},
    "no pairs": {
        "en": "No two parameters stand in for each other strongly",
        "it": "Nessuna coppia di parametri si confonde in modo marcato",
    },
    "one pair": {
        "en": "1 pair of parameters cannot be told apart well",
        "it": "1 coppia di parametri non si distingue bene",
    },
    "pairs title": {
        "en": "{pairs} pairs of parameters cannot be told apart well",
        "it": "{pairs} coppie di parametri non si distinguono bene",
    },
    "pairs note": {
        "en": "Correlations in the posterior: blue, more of one needs more of the other; red, more of one "
        "stands in for "
        "less of the other. Pairs count from 0.5 on; smaller than 0.2 is not written.",
        "it": "Correlazioni dopo la stima: blu, più dell'uno richiede più dell'altro; rosso, più dell'uno "
        "compensa meno "
        "dell'altro. Le coppie contano da 0,5; sotto 0,2 non sono scritte.",
    },
    "ranks title": {
        "en": "Of {inside} of {all} parameters, truths are found again as often as they should be",
        "it": "Per {inside} parametri su {all} la verità si ritrova con la frequenza dovuta",
    },
    "ranks note": {
        "en": "{truths} runs were taken for the truth. A line a parameter: how many of the truths lie below a share of "
        "their posterior, more or fewer than should. In the grey band 95 % of faultless lines stay throughout; "
        "so about "
        "1 in 20 leaves it by chance (red).",
        "it": "{truths} simulazioni sono state prese per la verità. Una linea per parametro: quante verità "
        "stanno sotto "
        "una data quota della loro stima, in più o in meno del dovuto. Nella fascia grigia resta per intero il 95 % "
        "delle linee senza difetti; circa 1 su 20 ne esce per caso (rosso).",
    },
    "rank axis": {"en": "share of the posterior", "it": "quota della stima"},
    "rank height": {"en": "truths below, minus what should be", "it": "verità sotto, meno il dovuto"},
    "at least": {"en": "at least {value}", "it": "almeno {value}"},
    "at most": {"en": "at most {value}", "it": "al più {value}"},
    "from to": {"en": "{low} to {high}", "it": "da {low} a {high}"},
    "learning title enough": {
        "en": "{runs} runs are enough for the method used: the last doubling hardly changed its error",
        "it": "{runs} simulazioni bastano al metodo usato: l'ultimo raddoppio ne ha cambiato poco l'errore",
    },
    "learning title more": {
        "en": "More than {runs} runs would still make the estimates better",
        "it": "Più di {runs} simulazioni migliorerebbero ancora le stime",
    },
    "learning note": {
        "en": "{truths} runs that are not among those used were taken for the truth. Left: error of the estimate, as a "
        "share of the error without any data. Right: how often the 90 % interval holds the truth (line: as it should). "
        "Heavy: the method that was used, with the 90 % interval over truths.",
        "it": "{truths} simulazioni non comprese tra quelle usate sono state prese per verità. A sinistra: errore "
        "della "
        "stima, in rapporto all'errore senza alcun dato. A destra: quanto spesso l'intervallo al 90 % contiene la "
        "verità (linea: il dovuto). Marcato: il metodo usato, con l'intervallo al 90 % sulle verità.",
    },
    "error axis": {"en": "error, % of that without data", "it": "errore, % di quello senza dati"},
    "coverage axis": {"en": "90 % interval holds the truth, %", "it": "l'intervallo al 90 % contiene la verità, %"},
    "runs axis": {"en": "runs in the bank", "it": "simulazioni usate"},
    "mechanisms note": {
        "en": "How many times less or more likely what was published is without each mechanism, once {runs} draws of "
        "the "
        "parameters are averaged over; bars: 90 % interval over the draws, on a logarithmic axis that ends at "
        "{most}. Grey: too few runs come near the figures to tell.",
        "it": "Quante volte meno o più probabile è ciò che è stato pubblicato senza ciascun meccanismo, in media su "
        "{runs} estrazioni dei parametri; barre: intervallo al 90 % sulle estrazioni, su un asse logaritmico che "
        "finisce a {most}. Grigio: troppo poche simulazioni si avvicinano ai dati per dirlo.",
    },
    "as likely": {"en": "as likely", "it": "uguale"},
    "mechanisms axis": {
        "en": "what was published is so many times less (left) or more (right) likely without it",
        "it": "quante volte meno (a sinistra) o più (a destra) probabile è ciò che è stato pubblicato, senza",
    },
    "less likely": {"en": "{times} times less likely", "it": "{times} volte meno probabile"},
    "more likely": {"en": "{times} times more likely", "it": "{times} volte più probabile"},
    "impossible": {"en": "impossible", "it": "impossibile"},
    "over": {"en": "over {times}", "it": "oltre {times}"},
    "times less": {"en": "{times} times less", "it": "{times} volte meno"},
    "times more": {"en": "{times} times more", "it": "{times} volte più"},
    "between": {"en": "{low} and {high}", "it": "{low} e {high}"},
    "needs": {
        "en": "The published figures need {names}",
        "it": "I dati pubblicati hanno bisogno di: {names}",
    },
    "needs none": {
        "en": "The published figures cannot show that they need any of the {all} mechanisms",
        "it": "I dati pubblicati non mostrano di aver bisogno di alcuno dei {all} meccanismi",
    },
    "cannot tell any": {
        "en": "Too few runs come near the published figures to tell which mechanisms they need",
        "it": "Troppo poche simulazioni si avvicinano ai dati pubblicati per dire di quali meccanismi hanno bisogno",
    },
    "open": {"en": "; of {open} of {all} it cannot be told", "it": "; di {open} su {all} non si può dire"},
    "counted as": {"en": "{outcome}, counted as {measure}", "it": "{outcome}, contato come {measure}"},
    "by": {"en": "{outcome}, by {month}", "it": "{outcome}, a {month}"},
}


def said(key: str, lang: Language, **values: object) -> str:
    """Return a phrase in a language."""
    return TEXTS[key][lang].format(**values)


def named(outcome: Outcome, lang: Language) -> str:
    """Say of which published figure something is."""
    name = label(outcome.outcome, lang)
    if outcome.measure != outcome.outcome:
        name = said("counted as", lang, outcome=name, measure=label(outcome.measure, lang))
    return name if outcome.last else said("by", lang, outcome=name, month=month_text(outcome.month, lang))


def value(outcome: Outcome, figure: float, lang: Language) -> str:
    """Write a figure as its measure is written."""
    return amount(outcome.measure, figure, lang)


def read(outcome: Outcome, figure: float, lang: Language) -> str:
    """Write a published figure, and that it is a bound if it is one."""
    written = value(outcome, figure, lang)
    return said(outcome.bound, lang, value=written) if outcome.bound else written


def range_text(one: Prediction, lang: Language) -> str:
    """Write the posterior's interval."""
    low, _, high = one.posterior
    return said("from to", lang, low=value(one.outcome, low, lang), high=value(one.outcome, high, lang))


def figure_text(predictions: Sequence[Prediction], lang: Language) -> str:
    """Say how many figures that were held out are predicted."""
    held = [one for one in predictions if not one.outcome.fitted]
    if not held:
        return said("none held out", lang)
    inside = sum(one.held for one in held)
    if len(held) == 1:
        return said("one held" if inside else "one missed", lang)
    key = "all held" if inside == len(held) else "some held"
    return said(key, lang, held=number(len(held), 0, lang), inside=number(inside, 0, lang))


def plain(figure: float, lang: Language) -> str:
    """Write a parameter's value with three significant digits."""
    digits = 0 if figure == 0 else max(0, 2 - math.floor(math.log10(abs(figure))))
    written = number(figure, min(digits, 7), lang)
    mark = "." if lang == "en" else ","
    return written.rstrip("0").rstrip(mark) if digits and mark in written else written


def interval_text(outcome: Outcome, interval: Interval | None, lang: Language) -> str:
    """Write the middle and the ends of an interval."""
    if interval is None:
        return "–"
    low, middle, high = (value(outcome, end, lang) for end in interval)
    return f"{middle} ({said('from to', lang, low=low, high=high)})"


# -- how much less or more likely --

MOST_TIMES = 1000.0
"""Larger factors are only said to be larger."""


def _times(log_ratio: float, lang: Language) -> str:
    if abs(log_ratio) > math.log(MOST_TIMES):
        return said("over", lang, times=number(MOST_TIMES, 0, lang))
    times = math.exp(abs(log_ratio))
    return number(times, 0 if times >= 9.95 else 1, lang)


def likelier(log_ratio: float, lang: Language) -> str:
    """Say how many times less or more likely something is, from the logarithm of the ratio."""
    if math.isnan(log_ratio):
        return "–"
    if math.isinf(log_ratio) and log_ratio < 0:
        return said("impossible", lang)
    return said("less likely" if log_ratio < 0 else "more likely", lang, times=_times(log_ratio, lang))


def factor(log_ratio: float, lang: Language) -> str:
    """Say the same in fewer words."""
    if math.isnan(log_ratio):
        return "–"
    if math.isinf(log_ratio) and log_ratio < 0:
        return said("impossible", lang)
    return said("times less" if log_ratio < 0 else "times more", lang, times=_times(log_ratio, lang))


def between(low: float, high: float, lang: Language) -> str:
    """Say between which two factors it lies."""
    if math.isnan(low) or math.isnan(high) or math.isinf(high):
        return "–"
    return said("between", lang, low=factor(low, lang), high=factor(high, lang))


def mechanisms_text(found: Mechanisms, lang: Language) -> str:
    """Say which mechanisms the figures need."""
    needed = [getattr(one.group.label, lang) for one in found.each if one.verdict == "needed"]
    unclear = sum(one.verdict == "cannot tell" for one in found.each)
    if unclear == len(found.each):
        return said("cannot tell any", lang)
    key = "needs" if needed else "needs none"
    sentence = said(key, lang, names=", ".join(needed), all=len(found.each))
    return sentence + (said("open", lang, open=unclear, all=len(found.each)) if unclear else "")
