"""The page of a calibration: what is predicted and learned, how far it can be trusted, and what it cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcomunita.calibration.checks import LEVELS, contraction
from simcomunita.calibration.wording import TEXTS, figure_text, named, read, said, value
from simcomunita.experiment.wording import Language, month_text, number

if TYPE_CHECKING:
    from simcomunita.calibration.predicting import Interval, Prediction
    from simcomunita.calibration.result import Result

RARELY = 0.05
"""A report that lies so far from all runs that fewer truths do is told of."""

_PAGE: dict[str, dict[str, str]] = {
    "title": {"en": "# Calibration: {name}\n", "it": "# Calibrazione: {name}\n"},
    "done": {
        "en": "{runs} runs of *{scenario}* ({start} to {end}) with {share} % of the residents, each with other values "
        "of {parameters} parameters drawn from what was thought of them before. They were fitted to {fitted} published "
        "figures; {held} more were held out and only predicted. Method: {method}.\n",
        "it": "{runs} simulazioni di *{scenario}* (da {start} a {end}) con il {share} % dei residenti, ciascuna con "
        "altri valori di {parameters} parametri, estratti da ciò che se ne pensava prima. La stima usa {fitted} dati "
        "pubblicati; altri {held} non sono stati usati e sono solo previsti. Metodo: {method}.\n",
    },
    "method learned": {
        "en": "nearest runs, adjusted by regression on summaries that small networks have learned",
        "it": "simulazioni più vicine, corrette per regressione su sintesi apprese da piccole reti neurali",
    },
    "method linear": {
        "en": "nearest runs, adjusted by regression on the figures themselves",
        "it": "simulazioni più vicine, corrette per regressione sui dati stessi",
    },
    "method surrogate": {
        "en": "likelihood of a polynomial surrogate of the model",
        "it": "verosimiglianza di un surrogato polinomiale del modello",
    },
    "predicted": {"en": "## Published and predicted\n", "it": "## Pubblicato e previsto\n"},
    "predicted head": {
        "en": "| figure | published | before fitting | after fitting | nearest runs | told by the parameters | |",
        "it": "| dato | pubblicato | prima della stima | dopo la stima | simulazioni più vicine | spiegato dai "
        "parametri | |",
    },
    "intervals are": {
        "en": "\nMiddle and 90 % interval of what would be *reported*, with the error of reporting. Told by the "
        "parameters: share of the variance of reports that the calibrated parameters explain; the rest is chance and "
        "error of reporting.\n",
        "it": "\nValore centrale e intervallo al 90 % di ciò che verrebbe *riportato*, errore di resoconto compreso. "
        "Spiegato dai parametri: quota della varianza dei resoconti che i parametri stimati spiegano; il resto è caso "
        "ed errore di resoconto.\n",
    },
    "inside": {"en": "inside", "it": "dentro"},
    "missed": {"en": "**missed**", "it": "**mancato**"},
    "beyond": {"en": "**no draw comes near**", "it": "**nessuna estrazione ci arriva**"},
    "discrepancy": {
        "en": "## What the model cannot reproduce\n",
        "it": "## Che cosa il modello non riesce a riprodurre\n",
    },
    "too many": {
        "en": "- *{name}*: {published} was published, but with whatever draw of the parameters the runs report "
        "{prior}. More likely than not the mechanism has to change, or what is counted, not a number.",
        "it": "- *{name}*: il dato pubblicato è {published}, ma con qualunque estrazione dei parametri le simulazioni "
        "riportano {prior}. Più che un numero, va probabilmente cambiato il meccanismo, o ciò che si conta.",
    },
    "none beyond": {
        "en": "Every published figure lies among those that some draw of the parameters gives.\n",
        "it": "Ogni dato pubblicato si trova tra quelli che qualche estrazione dei parametri produce.\n",
    },
    "together": {
        "en": "Taken together, the fitted figures lie as far from all runs as those of {share} % of the runs that were "
        "taken for the truth.{warning}\n",
        "it": "Nel loro insieme, i dati usati per la stima distano dalle simulazioni quanto quelli del {share} % delle "
        "simulazioni prese per verità.{warning}\n",
    },
    "warning": {
        "en": " That is rare: the combination is one that the model hardly gives, and the estimates reach "
        "beyond what was run.",
        "it": " È raro: il modello produce a stento questa combinazione, e le stime vanno oltre ciò che è stato "
        "simulato.",
    },
    "learned": {"en": "## What was learned of the parameters\n", "it": "## Che cosa si è appreso dei parametri\n"},
    "learned head": {
        "en": "| parameter | unit | prior | posterior (90 %) | narrower by | error of truths | 90 % interval holds |",
        "it": "| parametro | unità | prima | dopo (90 %) | ridotta del | errore sulle verità | l'intervallo al "
        "90 % contiene |",
    },
    "learned are": {
        "en": "\nNarrower by: share of the prior's variance that is gone. Error of truths: of the estimate "
        "where runs were "
        "taken for the truth, as a share of the error without any data (100 %: nothing is learned).\n",
        "it": "\nRidotta del: quota della varianza iniziale che è scomparsa. Errore sulle verità: della stima quando "
        "delle simulazioni sono prese per verità, in rapporto all'errore senza alcun dato (100 %: non si "
        "apprende nulla).\n",
    },
    "apart": {
        "en": "Pairs that cannot be told apart well (correlation): {pairs}.\n",
        "it": "Coppie che non si distinguono bene (correlazione): {pairs}.\n",
    },
    "all apart": {
        "en": "No two parameters have a correlation of 0.5 or more.\n",
        "it": "Nessuna coppia di parametri ha una correlazione di 0,5 o più.\n",
    },
    "trust": {"en": "## Is the truth found again?\n", "it": "## La verità si ritrova?\n"},
    "trust is": {
        "en": "{truths} runs were taken for the truth, one by one, each left out of the bank. The central "
        "intervals hold "
        "the truth in {coverage}. The ranks of {inside} of {all} parameters stay inside the band of even ranks.\n",
        "it": "{truths} simulazioni sono state prese per verità, una alla volta, ciascuna esclusa dalle altre. Gli "
        "intervalli centrali contengono la verità nel {coverage}. I ranghi di {inside} parametri su {all} "
        "restano nella "
        "fascia dei ranghi uniformi.\n",
    },
    "of level": {
        "en": "{share} % of cases (should be {level} %)",
        "it": "{share} % dei casi (dovrebbe essere {level} %)",
    },
    "methods head": {
        "en": "| method | truths | error | 50 % | 80 % | 90 % |",
        "it": "| metodo | verità | errore | 50 % | 80 % | 90 % |",
    },
    "errors": {"en": "## Why each figure has its error\n", "it": "## Perché ogni dato ha il suo errore\n"},
    "error": {"en": "- *{name}* ({error}): {because}", "it": "- *{name}* ({error}): {because}"},
    "limits": {
        "en": "## What this cannot say\n\nOnly {parameters} of the model's parameters were open; all others stayed as "
        "configured, and what is not known of them is not in these intervals. A prior is a judgement. What the figures "
        "do not tell of stays as wide as it was before.\n",
        "it": "## Che cosa non può dire\n\nSolo {parameters} parametri del modello erano liberi; gli altri sono "
        "rimasti "
        "come configurati, e ciò che non se ne sa non è in questi intervalli. Una distribuzione iniziale è un "
        "giudizio. "
        "Ciò di cui i dati non parlano resta incerto com'era.\n",
    },
    "few": {
        "en": "> **These are few runs.** {runs} runs for {parameters} parameters show that everything works, "
        "not what to believe.\n",
        "it": "> **Le simulazioni sono poche.** {runs} per {parameters} parametri mostrano che tutto funziona, "
        "non che cosa credere.\n",
    },
}
FEW_RUNS_A_PARAMETER = 60


def _text(key: str, lang: Language, **values: object) -> str:
    return _PAGE[key][lang].format(**values)


def page(result: Result, lang: Language = "en") -> str:
    """Write the page, in Markdown."""
    calibration = result.calibration
    runs, parameters = len(result.bank), len(calibration.priors)
    lines = [_text("title", lang, name=calibration.name)]
    if runs < FEW_RUNS_A_PARAMETER * parameters:
        lines.append(_text("few", lang, runs=number(runs, 0, lang), parameters=parameters))
    lines.append(
        _text(
            "done",
            lang,
            runs=number(runs, 0, lang),
            scenario=calibration.scenario.name,
            start=month_text(calibration.scenario.start, lang),
            end=month_text(calibration.scenario.end, lang),
            share=number(100 * result.bank.scale, 0 if result.bank.scale >= 0.01 else 2, lang),
            parameters=parameters,
            fitted=len(calibration.fitted),
            held=len(calibration.held_out),
            method=_text(f"method {calibration.method}", lang),
        )
    )
    lines += [_text("predicted", lang), f"**{figure_text(result.predictions, lang)}.**\n"]
    lines += ["![](outcomes.png)\n", _text("predicted head", lang), "|---|---:|---:|---:|---:|---:|---|"]
    lines += [_predicted(one, lang) for one in result.predictions]
    lines.append(_text("intervals are", lang))
    lines += _discrepancy(result, lang)
    lines += _learned(result, lang)
    lines += _trust(result, lang)
    lines.append(_text("errors", lang))
    lines += _errors(result, lang)
    lines += ["", _text("limits", lang, parameters=parameters)]
    return "\n".join(lines)


def _range(one: Prediction, interval: Interval | None, lang: Language) -> str:
    if interval is None:
        return "–"
    low, middle, high = (value(one.outcome, end, lang) for end in interval)
    return f"{middle} ({said('from to', lang, low=low, high=high)})"


def _predicted(one: Prediction, lang: Language) -> str:
    use = TEXTS["fitted" if one.outcome.fitted else "held out"][lang]
    mark = "beyond" if one.outside else "inside" if one.held else "missed"
    cells = [
        f"{named(one.outcome, lang)} ({use})",
        read(one.outcome, one.outcome.published, lang),
        _range(one, one.prior, lang),
        _range(one, one.posterior, lang),
        _range(one, one.nearest, lang),
        f"{number(100 * one.explained, 0, lang)} %",
        _text(mark, lang),
    ]
    return f"| {' | '.join(cells)} |"


def _discrepancy(result: Result, lang: Language) -> list[str]:
    lines = [_text("discrepancy", lang)]
    beyond = [one for one in result.predictions if one.outside]
    for one in beyond:
        published = read(one.outcome, one.outcome.published, lang)
        prior = said(
            "from to", lang, low=value(one.outcome, one.prior[0], lang), high=value(one.outcome, one.prior[2], lang)
        )
        lines.append(_text("too many", lang, name=named(one.outcome, lang), published=published, prior=prior))
    lines.append("" if beyond else _text("none beyond", lang))
    farther = result.checked.farther(result.posterior)
    if np.isfinite(farther):
        warning = _text("warning", lang) if farther < RARELY else ""
        lines.append(_text("together", lang, share=number(100 * farther, 0, lang), warning=warning))
    return lines


def _learned(result: Result, lang: Language) -> list[str]:
    lines = [
        _text("learned", lang),
        "![](parameters.png)\n",
        _text("learned head", lang),
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    narrower, checks = contraction(result.posterior), result.checked
    errors, holds = checks.error(), checks.coverage(LEVELS[-1])
    table = result.parameters()
    for k, prior in enumerate(result.calibration.priors):
        low, middle, high = (_plain(float(table[name][k]), lang) for name in ("low", "median", "high"))
        cells = [
            f"`{prior.key}`",
            prior.unit,
            said("from to", lang, low=_plain(prior.low, lang), high=_plain(prior.high, lang)),
            f"{middle} ({said('from to', lang, low=low, high=high)})",
            f"{number(100 * max(float(narrower[k]), 0.0), 0, lang)} %",
            f"{number(100 * float(errors[k]), 0, lang)} %",
            f"{number(100 * float(holds[k]), 0, lang)} %",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    lines.append(_text("learned are", lang))
    pairs = result.pairs()
    told = ", ".join(f"`{a}`–`{b}` ({number(r, 1, lang, sign=True)})" for a, b, r in pairs)
    lines += ["![](pairs.png)\n", _text("apart", lang, pairs=told) if pairs else _text("all apart", lang)]
    return lines


def _trust(result: Result, lang: Language) -> list[str]:
    checks = result.checked
    outside = checks.outside()
    covered = [
        _text(
            "of level",
            lang,
            share=number(100 * float(checks.coverage(level).mean()), 0, lang),
            level=number(100 * level, 0, lang),
        )
        for level in LEVELS
    ]
    lines = [
        _text("trust", lang),
        _text(
            "trust is",
            lang,
            truths=number(len(checks.ranks), 0, lang),
            coverage=", ".join(covered),
            inside=int((~outside).sum()),
            all=len(outside),
        ),
        "![](ranks.png)\n",
        _text("methods head", lang),
        "|---|---:|---:|---:|---:|---:|",
    ]
    for row in result.methods().to_dict("records"):
        shares = [f"{number(100 * row[f'coverage_{round(100 * level)}'], 0, lang)} %" for level in LEVELS]
        cells = [row["method"], number(row["truths"], 0, lang), f"{number(100 * row['error'], 0, lang)} %", *shares]
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]


def _errors(result: Result, lang: Language) -> list[str]:
    return [
        _text(
            "error",
            lang,
            name=named(one, lang),
            error=number(one.error, 2, lang),
            because=getattr(one.because, lang),
        )
        for one in result.calibration.outcomes
    ]


def _plain(figure: float, lang: Language) -> str:
    """Write a parameter's value with three significant digits."""
    digits = 0 if figure == 0 else max(0, 2 - int(np.floor(np.log10(abs(figure)))))
    written = number(figure, min(digits, 7), lang)
    mark = "." if lang == "en" else ","
    return written.rstrip("0").rstrip(mark) if digits and mark in written else written
