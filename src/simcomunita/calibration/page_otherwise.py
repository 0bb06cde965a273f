"""Parts of a calibration's page: other readings, mechanisms, how many runs are enough, what cannot be reproduced."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from simcomunita.calibration.curve import still_learning
from simcomunita.calibration.discrepancy import RARELY, Advice
from simcomunita.calibration.inference import BEST
from simcomunita.calibration.mechanisms import ENOUGH, Becomes, LeftOut, Mechanisms
from simcomunita.calibration.page_otherwise_texts import text
from simcomunita.calibration.weighing import NAME as EXACT
from simcomunita.calibration.wording import (
    between,
    factor,
    interval_text,
    likelier,
    mechanisms_text,
    named,
    plain,
    read,
    said,
    value,
)
from simcomunita.experiment.wording import Language, label, number

if TYPE_CHECKING:
    from simcomunita.calibration.result import Result
    from simcomunita.calibration.variants import Read

SHIFTED = 0.5
"""A figure's middle that moves by more of its interval's half-width is told of."""


# -- other readings --


def variants_part(result: Result, lang: Language) -> list[str]:
    """Say what changes if the figures mean something else; nothing if no other reading was asked for."""
    if not result.variants:
        return []
    moved = sum(bool(one.far) for one in result.variants)
    other = sum(any(one.changed(result.predictions)) for one in result.variants)
    key = "variants some" if moved or other else "variants none"
    lines = [
        text("variants", lang),
        text(key, lang, moved=moved, other=other, all=len(result.variants)),
        text("variants are", lang, runs=number(len(result.bank), 0, lang)),
        text("variants head", lang),
        "|---|---|---:|---|",
        *(_variant(one, result, lang) for one in result.variants),
        "",
    ]
    because = [
        text(
            "variant because", lang, label=getattr(one.variant.label, lang), because=getattr(one.variant.because, lang)
        )
        for one in result.variants
    ]
    return [*lines, *because, ""]


def _variant(one: Read, result: Result, lang: Language) -> str:
    priors, keys = result.calibration.priors, list(result.calibration.priors.keys)
    ends = [
        [priors.values(posterior.quantile(share)[None, :])[0] for share in (0.05, 0.95)]
        for posterior in (result.posterior, one.posterior)
    ]
    moves = []
    for key in one.far:
        old, new = (
            said(
                "from to",
                lang,
                low=plain(float(low[keys.index(key)]), lang),
                high=plain(float(high[keys.index(key)]), lang),
            )
            for low, high in ends
        )
        moves.append(text("moves", lang, key=key, old=old, new=new))
    held = [own for own in one.predictions if not own.outcome.fitted]
    inside, missed = one.changed(result.predictions)
    changes = [
        text(key, lang, names=", ".join(f"*{named(own.outcome, lang)}*" for own in names))
        for key, names in (("now inside", inside), ("now missed", missed))
        if names
    ]
    cells = [
        getattr(one.variant.label, lang),
        "; ".join(moves) or text("nothing moves", lang),
        text("of held", lang, inside=sum(own.held for own in held), all=len(held)) if held else "–",
        "; ".join(changes) or text("nothing", lang),
    ]
    return f"| {' | '.join(cells)} |"


# -- mechanisms --


def mechanisms_part(result: Result, lang: Language) -> list[str]:
    """Say which mechanisms the figures need; nothing if none was left out."""
    found = result.mechanisms
    if found is None:
        return []
    lines = [
        text("mechanisms", lang),
        f"**{mechanisms_text(found, lang)}.**\n",
        "![](mechanisms.png)\n",
        text(
            "mechanisms are",
            lang,
            runs=number(found.runs, 0, lang),
            share=plain(100 * found.scale, lang),
            enough=number(ENOUGH, 0, lang),
        ),
        *([] if found.one_code else [text("other code", lang)]),
        text("mechanisms head", lang),
        "|---|---|---|---:|---|---|",
        *(_left_out(one, lang) for one in found.each),
        "",
        *_more_points(found, lang),
        text("becomes", lang),
    ]
    rows = [
        _becomes(one, figure, lang)
        for one in found.each
        for figure in one.figures
        if figure.complete is not None and (figure.as_fitted is None or abs(figure.shift) > SHIFTED)
    ]
    if not rows:
        return [*lines, text("becomes none", lang)]
    return [*lines, text("becomes are", lang), text("becomes head", lang), "|---|---|---:|---:|---:|---:|", *rows, ""]


def _more_points(found: Mechanisms, lang: Language) -> list[str]:
    """Say about how many draws would be enough, where they are too few; nothing where they are enough."""
    if found.effective >= ENOUGH or found.effective <= 0.0:
        return []
    wanted = found.runs * ENOUGH / found.effective
    points = 2 ** math.ceil(math.log2(wanted))
    return [text("more points", lang, enough=number(ENOUGH, 0, lang), points=number(points, 0, lang))]


def _left_out(one: LeftOut, lang: Language) -> str:
    cells = [
        getattr(one.group.label, lang),
        likelier(one.ratio, lang),
        between(one.low, one.high, lang),
        f"{number(one.effective, 0, lang)} / {number(one.effective_complete, 0, lang)}",
        factor(one.surrogate, lang),
        text(f"verdict {one.verdict}", lang),
    ]
    return f"| {' | '.join(cells)} |"


def _becomes(one: LeftOut, figure: Becomes, lang: Language) -> str:
    told = [interval_text(figure.outcome, own, lang) for own in (figure.complete, figure.as_fitted, figure.refitted)]
    if figure.as_fitted is None:
        told[1] = text("not counted", lang)
    cells = [
        getattr(one.group.label, lang),
        named(figure.outcome, lang),
        read(figure.outcome, figure.outcome.published, lang),
        *told,
    ]
    return f"| {' | '.join(cells)} |"


# -- how many runs --


def curve_part(result: Result, lang: Language) -> list[str]:
    """Say which size and method are used, why, and whether more runs would help; nothing if it was not looked at."""
    own = [one for one in result.curve if one.method == result.method]
    if len(own) < 2:
        return []
    first, last = own[0], own[-1]
    known = {name: one for name, one in result.checks.items() if name != EXACT}
    best = min(known, key=lambda name: known[name].score())
    lines = [
        text("curve", lang),
        text(
            "curve is",
            lang,
            runs=number(len(result.bank), 0, lang),
            method=result.method,
            why=text("as best" if result.calibration.method == BEST else "as said", lang),
            some=number(first.runs, 0, lang),
            most=number(last.runs, 0, lang),
            first=_percent(first.error, lang),
            last=_percent(last.error, lang),
            first_range=said("from to", lang, low=_percent(first.low, lang), high=_percent(first.high, lang)),
            last_range=said("from to", lang, low=_percent(last.low, lang), high=_percent(last.high, lang)),
            more=text("more" if still_learning(result) else "enough", lang),
        ),
    ]
    if best != result.method:
        scores = {name: number(100 * known[name].score(), 0, lang) + " %" for name in (best, result.method)}
        lines.append(text("better method", lang, method=best, best=scores[best], own=scores[result.method]))
    methods = list(dict.fromkeys(one.method for one in result.curve))
    lines += ["![](learning.png)\n", f"{text('curve head', lang)} {' | '.join(methods)} |"]
    lines.append(f"|---:|{'---:|' * len(methods)}")
    for runs in dict.fromkeys(one.runs for one in result.curve):
        cells = [
            text("curve cell", lang, error=_percent(one.error, lang), coverage=_percent(one.coverage, lang))
            for one in result.curve
            if one.runs == runs
        ]
        lines.append(f"| {number(runs, 0, lang)} | {' | '.join(cells)} |")
    return [*lines, text("curve are", lang, truths=number(last.truths, 0, lang))]


def _percent(share: float, lang: Language) -> str:
    return number(100 * share, 0, lang)


# -- discrepancy --


def discrepancy_part(result: Result, lang: Language) -> list[str]:
    """Say which figures no run reports, how rare all are together, and what can be done about it."""
    lines = [text("discrepancy", lang)]
    found = result.rarity
    for one in found.advice if found is not None else ():
        lines += _advice(one, lang)
    if not any(one.outside for one in result.predictions):
        lines.append(text("none beyond", lang))
    if found is not None:
        warning = ""
        if found.odd is not None:
            odd, share = found.odd
            warning = text("rare", lang, name=named(odd, lang), share=_percent(share, lang))
        elif found.fitted < RARELY:
            warning = text("rare fitted", lang)
        farther = result.checked.farther(result.posterior)
        if np.isfinite(farther) and farther < RARELY:
            warning += text("warned", lang, share=_percent(farther, lang))
        lines.append(
            text("together", lang, fitted=_percent(found.fitted, lang), all=_percent(found.all, lang), warning=warning)
        )
    return lines


def _advice(one: Advice, lang: Language) -> list[str]:
    outcome = one.prediction.outcome
    low, _, high = one.prediction.prior
    readings = [
        text(
            "reading inside" if reading.inside else "reading outside",
            lang,
            measure=f"*{label(reading.measure, lang)}*",
            prior=said(
                "from to", lang, low=value(outcome, reading.prior[0], lang), high=value(outcome, reading.prior[2], lang)
            ),
        )
        for reading in sorted(one.readings, key=lambda reading: not reading.inside)
    ]
    drivers = [text("driver up" if more else "driver down", lang, key=key) for key, more in one.drivers]
    error = text("no error", lang)
    if one.error is not None:
        error = text("error", lang, error=number(one.error, 2, lang), own=number(outcome.error, 2, lang))
    return [
        text(
            "too many",
            lang,
            name=named(outcome, lang),
            published=read(outcome, outcome.published, lang),
            prior=said("from to", lang, low=value(outcome, low, lang), high=value(outcome, high, lang)),
            farthest=value(outcome, one.farthest, lang),
            most=text("most" if one.above else "least", lang),
        ),
        text("ask", lang, readings=" ".join(readings) or text("no reading", lang)),
        error,
        text("drive", lang, drivers=", ".join(drivers)) if drivers else text("no driver", lang),
        text("mechanism", lang),
    ]
