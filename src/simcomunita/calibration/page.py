"""The page of a calibration: what is predicted and learned, how far it can be trusted, and what it cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcomunita.calibration.checks import LEVELS, contraction
from simcomunita.calibration.curve import still_learning
from simcomunita.calibration.inference import BEST
from simcomunita.calibration.page_otherwise import curve_part, discrepancy_part, mechanisms_part, variants_part
from simcomunita.calibration.weighing import ENOUGH
from simcomunita.calibration.weighing import NAME as EXACT
from simcomunita.calibration.wording import TEXTS, figure_text, interval_text, named, plain, read, said
from simcomunita.experiment.wording import Language, month_text, number

if TYPE_CHECKING:
    from simcomunita.calibration.predicting import Interval, Prediction
    from simcomunita.calibration.result import Result

DOUBTFUL = 0.05
"""If so many parameters leave the band by chance more rarely, the intervals are not to be taken at their word."""

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
    "why best": {
        "en": "; of the three methods it finds truths again with the best score",
        "it": "; dei tre metodi è quello che ritrova la verità con il punteggio migliore",
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
        "en": "| figure | published | before fitting | after fitting | {beside} | told by the parameters | as far "
        "out | |",
        "it": "| dato | pubblicato | prima della stima | dopo la stima | {beside} | spiegato dai "
        "parametri | così lontano | |",
    },
    "nearest": {"en": "nearest runs", "it": "simulazioni più vicine"},
    "rerun": {"en": "draws run again", "it": "estrazioni simulate di nuovo"},
    "intervals are": {
        "en": "\nMiddle and 90 % interval of what would be *reported*, with the error of reporting. Told by the "
        "parameters: share of the variance of reports that the calibrated parameters explain; the rest is chance and "
        "error of reporting. As far out: how probably the fitted model reports a figure as far from its middle as what "
        "was published (posterior predictive p).\n",
        "it": "\nValore centrale e intervallo al 90 % di ciò che verrebbe *riportato*, errore di resoconto compreso. "
        "Spiegato dai parametri: quota della varianza dei resoconti che i parametri stimati spiegano; il resto è caso "
        "ed errore di resoconto. Così lontano: con quale probabilità il modello stimato riporta un dato lontano dal "
        "centro quanto quello pubblicato (p predittivo a posteriori).\n",
    },
    "inside": {"en": "inside", "it": "dentro"},
    "missed": {"en": "**missed**", "it": "**mancato**"},
    "beyond": {"en": "**no draw comes near**", "it": "**nessuna estrazione ci arriva**"},
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
    "trusted": {
        "en": "If nothing is wrong, as many or more leave it in {share} % of cases. Nothing here says that the "
        "intervals are too narrow or too wide.\n",
        "it": "Se tutto è a posto, altrettanti o di più ne escono con probabilità {share} %. Niente qui dice che gli "
        "intervalli siano troppo stretti o troppo larghi.\n",
    },
    "doubted": {
        "en": "**So many leave it by chance in only {share} % of cases: do not take the intervals at their word.** "
        "Where "
        "they hold the truth too rarely they are too narrow; more runs, or another method, may mend it.\n",
        "it": "**Tanti ne escono per caso solo con probabilità {share} %: gli intervalli non vanno presi alla "
        "lettera.** Dove contengono la verità troppo di rado sono troppo stretti; più simulazioni, o un altro "
        "metodo, possono rimediare.\n",
    },
    "methods head": {
        "en": "| method | truths | error | score | 50 % | 80 % | 90 % | effective draws | farthest middle |",
        "it": "| metodo | verità | errore | punteggio | 50 % | 80 % | 90 % | estrazioni efficaci | centro più lontano "
        "|",
    },
    "methods are": {
        "en": "\nScore: 100 % is as good as knowing nothing, less is better; error and too much confidence both cost. "
        "Farthest middle: how far the middle of some parameter lies from that of the method that was used, in widths "
        "of "
        "its 90 % interval. *exact* weighs runs of the prior by how probable what was published is given each, with no "
        "other assumption: {exact}\n",
        "it": "\nPunteggio: 100 % vale quanto non sapere nulla, meno è meglio; contano l'errore e l'eccesso di "
        "sicurezza. Centro più lontano: quanto il centro di un parametro dista da quello del metodo usato, in ampiezze "
        "del suo intervallo al 90 %. *exact* pesa le simulazioni secondo quanto ciascuna rende probabile ciò che è "
        "stato pubblicato, senza altro presupposto: {exact}\n",
    },
    "exact enough": {
        "en": "effective runs behind it: {effective}, enough to be believed.",
        "it": "simulazioni efficaci: {effective}, abbastanza per credervi.",
    },
    "exact few": {
        "en": "effective runs behind it: {effective}; from {enough} on it could be believed, so here it says little.",
        "it": "simulazioni efficaci: {effective}; da {enough} in su vi si potrebbe credere, quindi qui dice poco.",
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
"""Fewer are few, unless half of them were seen to be enough."""
TOO_FEW_RUNS_A_PARAMETER = 20
"""Fewer are few all the same."""


def _text(key: str, lang: Language, **values: object) -> str:
    return _PAGE[key][lang].format(**values)


def _few(result: Result) -> bool:
    seen = bool(result.curve) and not still_learning(result)
    least = TOO_FEW_RUNS_A_PARAMETER if seen else FEW_RUNS_A_PARAMETER
    return len(result.bank) < least * len(result.calibration.priors)


def page(result: Result, lang: Language = "en") -> str:
    """Write the page, in Markdown."""
    calibration = result.calibration
    runs, parameters = len(result.bank), len(calibration.priors)
    lines = [_text("title", lang, name=calibration.name)]
    if _few(result):
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
            method=_text(f"method {result.method}", lang)
            + (_text("why best", lang) if calibration.method == BEST else ""),
        )
    )
    lines += [_text("predicted", lang), f"**{figure_text(result.predictions, lang)}.**\n"]
    head = _text("predicted head", lang, beside=_text(_beside(result), lang))
    lines += ["![](outcomes.png)\n", head, "|---|---:|---:|---:|---:|---:|---:|---|"]
    lines += [_predicted(one, getattr(one, _beside(result)), lang) for one in result.predictions]
    lines.append(_text("intervals are", lang))
    lines += discrepancy_part(result, lang)
    lines += _learned(result, lang)
    lines += variants_part(result, lang)
    lines += mechanisms_part(result, lang)
    lines += _trust(result, lang)
    lines += curve_part(result, lang)
    lines.append(_text("errors", lang))
    lines += _errors(result, lang)
    lines += ["", _text("limits", lang, parameters=parameters)]
    return "\n".join(lines)


def _beside(result: Result) -> str:
    """What stands beside the predictions: draws that were run again, where there are any, or the nearest runs."""
    return "rerun" if any(one.rerun for one in result.predictions) else "nearest"


def _predicted(one: Prediction, beside: Interval | None, lang: Language) -> str:
    use = TEXTS["fitted" if one.outcome.fitted else "held out"][lang]
    mark = "beyond" if one.outside else "inside" if one.held else "missed"
    cells = [
        f"{named(one.outcome, lang)} ({use})",
        read(one.outcome, one.outcome.published, lang),
        interval_text(one.outcome, one.prior, lang),
        interval_text(one.outcome, one.posterior, lang),
        interval_text(one.outcome, beside, lang),
        f"{number(100 * one.explained, 0, lang)} %",
        f"{number(100 * one.as_far, 0, lang)} %",
        _text(mark, lang),
    ]
    return f"| {' | '.join(cells)} |"


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
        low, middle, high = (plain(float(table[name][k]), lang) for name in ("low", "median", "high"))
        cells = [
            f"`{prior.key}`",
            prior.unit,
            said("from to", lang, low=plain(prior.low, lang), high=plain(prior.high, lang)),
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
        _text(
            "doubted" if checks.by_chance() < DOUBTFUL else "trusted",
            lang,
            share=number(100 * checks.by_chance(), 0 if checks.by_chance() >= 0.01 else 2, lang),
        ),
        "![](ranks.png)\n",
        _text("methods head", lang),
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for row in result.methods().to_dict("records"):
        shares = [f"{number(100 * row[f'coverage_{round(100 * level)}'], 0, lang)} %" for level in LEVELS]
        cells = [row["method"], number(row["truths"], 0, lang)]
        cells += [f"{number(100 * row[name], 0, lang)} %" for name in ("error", "score")]
        cells += [*shares, number(row["effective"], 0, lang), number(row["farthest_middle"], 1, lang)]
        lines.append(f"| {' | '.join(cells)} |")
    effective = result.posteriors[EXACT].trusted
    exact = _text(
        "exact enough" if effective >= ENOUGH else "exact few",
        lang,
        effective=number(effective, 0, lang),
        enough=number(ENOUGH, 0, lang),
    )
    return [*lines, _text("methods are", lang, exact=exact)]


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
