"""Confidence: what the model was held against, which claims were borne out, what it cannot say, and its sources."""

from __future__ import annotations

import math
from typing import Any

import solara

from simcomunita.app.brief import limits_said
from simcomunita.app.confidence import (
    VERDICTS,
    Claim,
    Published,
    calibration_text,
    claims,
    counted,
    part_text,
    published,
)
from simcomunita.app.html import tag
from simcomunita.app.pages.explore import Go
from simcomunita.app.state import State
from simcomunita.app.widgets.library import library_url
from simcomunita.app.widgets.points import Points
from simcomunita.app.words import word
from simcomunita.experiment.figures import POLICY_COLOURS, ink
from simcomunita.experiment.wording import Language, number


@solara.component
def Confidence(state: State, go: Go) -> None:
    """The fourth place of the workshop."""
    lang = state.language
    figures = solara.use_memo(published, [])
    ledger = solara.use_memo(claims, [])
    with tag("div", kind="sc-confidence"):
        with tag("section", kind="sc-answer"):
            tag("h1", word("confidence lead", lang), kind="sc-headline")
            tag("p", word("confidence lead text", lang), kind="sc-lead")
        Calibration(figures, lang)
        Ledger(ledger, lang)
        with tag("section", kind="sc-card"):
            tag("h2", word("limits", lang))
            tag("ul", *(tag("li", one) for one in limits_said(lang)))
        Sources(lang)


@solara.component
def Calibration(figures: tuple[Published, ...], lang: Language) -> None:
    """Published against predicted."""
    url = solara.use_memo(library_url, [])
    with tag("section", kind="sc-card"):
        tag("h2", word("calibration", lang))
        tag("p", calibration_text(figures, lang), kind="sc-lead")
        told = any(one.use for one in figures)
        if told:
            Points.element(data=ratios(figures, lang), library_url=url)
        keys = ("figure", "published", "predicted", "used", "inside") if told else ("figure", "published")
        head = tag("thead", tag("tr", *(tag("th", word(key, lang), scope="col") for key in keys)))
        rows = (tag("tr", tag("th", one.name(lang), scope="row"), *_cells(one, told, lang)) for one in figures)
        table = tag("table", head, tag("tbody", *rows))
        tag("div", table, kind="sc-scroll", tabindex="0", role="region", aria_label=word("calibration", lang))


def _cells(one: Published, told: bool, lang: Language) -> list[Any]:
    said = [one.said(lang)]
    if told:
        inside = word("inside yes" if one.held else "inside no", lang)
        said += [one.told(lang), word(f"use {one.use}", lang), inside]
    return [tag("td", text) for text in said]


def ratios(figures: tuple[Published, ...], lang: Language) -> dict[str, Any]:
    """Return the chart: predictions as multiples of what was published, a row a figure, on a logarithmic axis."""
    colours = {True: POLICY_COLOURS[0], False: POLICY_COLOURS[1]}
    points: list[dict[str, Any]] = []
    for one in figures:
        low, middle, high = (max(value / one.figure, 0.01) for value in (one.low, one.median, one.high))
        inside = word("inside yes" if one.held else "inside no", lang)
        points.append(
            {"name": one.name(lang), "x": middle, "x_low": low, "x_high": high, "y_low": None, "y_high": None}
            | {"colour": colours[one.fitted], "ink": ink(colours[one.fitted]), "hollow": not one.fitted}
            | {"said": [one.name(lang), one.said(lang), one.told(lang), word(f"use {one.use}", lang), inside]}
        )
    ends = [value for one in points for value in (one["x_low"], one["x_high"])]
    least, most = _log_ends(min((*ends, 0.8)), max((*ends, 1.25)))
    return {
        "language": lang,
        "title": word("calibration title", lang),
        "band_label": word("calibration band", lang),
        "words": {key: word(f"chart {key}", lang) for key in ("table", "save_picture", "save_data")},
        "file": "calibration",
        "notes": [],
        "head": [word(key, lang) for key in ("figure", "published", "predicted", "used", "inside")],
        "rows": True,
        "x": {"name": word("times axis", lang), "log": True, "least": least, "most": most},
        "mark": 1,
        "points": points,
    }


def _log_ends(low: float, high: float) -> tuple[float, float]:
    """Return round ends of a logarithmic axis: 1, 2 or 5 times a power of ten."""
    steps = [base * 10.0**power for power in range(-3, 4) for base in (1.0, 2.0, 5.0)]
    least = max((step for step in steps if step <= low), default=low)
    most = min((step for step in steps if step >= high), default=high)
    return (least, most) if math.isfinite(least + most) else (0.1, 10.0)


@solara.component
def Ledger(ledger: tuple[Claim, ...], lang: Language) -> None:
    """Claims by verdict, with counts and effects."""
    with tag("section", kind="sc-card sc-claims"):
        tag("h2", word("claims", lang))
        if not ledger:
            tag("p", word("claims none", lang))
            return
        tag("p", counted(ledger, lang), kind="sc-lead")
        for verdict in VERDICTS:
            own = [one for one in ledger if one.verdict == verdict]
            if own:
                title = f"{word(f'verdict {verdict}', lang)} ({number(len(own), 0, lang)})"
                with tag("details"):
                    tag("summary", title)
                    tag("ul", *(_claim(one, lang) for one in own))
        tag("p", word("claims effects", lang), kind="sc-coming")


def _claim(one: Claim, lang: Language) -> Any:
    parts = tag("ul", *(tag("li", part_text(part, lang)) for part in one.parts))
    return tag("li", tag("b", f"{one.title[lang]}. "), one.claim[lang], parts)


@solara.component
def Sources(lang: Language) -> None:
    """Where the territory's figures are from."""
    from simcomunita.app.funding import standard_study

    territory = standard_study().history.territory
    described = [one for _, one in (*territory.assumptions, *territory.targets) if hasattr(one, "source")]
    assumed = sum(one.source.startswith("assumption") for one in described)
    with tag("section", kind="sc-card"):
        tag("h2", word("sources", lang))
        counts = {"total": number(len(described), 0, lang), "assumed": number(assumed, 0, lang)}
        tag("p", word("sources assumptions", lang, **counts), kind="sc-lead")
        tag("ul", *(tag("li", one, lang="en") for one in territory.sources.values()))
