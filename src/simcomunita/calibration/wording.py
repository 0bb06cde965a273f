"""What a calibration says, in English and Italian."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simcomunita.experiment.wording import Language, amount, label, month_text, number

if TYPE_CHECKING:
    from simcomunita.calibration.outcomes import Outcome
    from simcomunita.calibration.predicting import Prediction

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
