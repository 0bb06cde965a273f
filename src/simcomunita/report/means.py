"""What policies fund, in words, and what the cost book says that it costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from simcomunita.experiment.about import About, Funded
from simcomunita.experiment.wording import Language, capital, month_text, number
from simcomunita.report.page import Table

_TEXTS: dict[str, dict[Language, str]] = {
    "policies": {"en": "What is funded, and when", "it": "Che cosa si finanzia, e quando"},
    "policy": {"en": "Policy", "it": "Politica"},
    "in": {"en": "In which scenario", "it": "In quale scenario"},
    "when": {"en": "From, to", "it": "Da, a"},
    "what": {"en": "What it funds or sets", "it": "Che cosa finanzia o stabilisce"},
    "history": {"en": "shared past", "it": "passato comune"},
    "span": {"en": "{start} to {until}", "it": "da {start} a {until}"},
    "facilitators": {
        "en": "facilitators: {number}, {hours} hours a month each",
        "it": "facilitatori: {number}, {hours} ore al mese ciascuno",
    },
    "facilitators number": {"en": "facilitators: {number}", "it": "facilitatori: {number}"},
    "professionals": {
        "en": "professionals in training a year: {n}",
        "it": "figure professionali in formazione ogni anno: {n}",
    },
    "places": {"en": "community places kept open: {n}", "it": "luoghi di comunità tenuti aperti: {n}"},
    "everyday": {"en": "people are met where they already are", "it": "le persone si incontrano dove già sono"},
    "office": {"en": "people come to an office", "it": "le persone vengono in ufficio"},
    "paperwork": {
        "en": "burden of paperwork: {n} on a scale from 0 to 1",
        "it": "peso delle pratiche: {n} su una scala da 0 a 1",
    },
    "labs_budget": {
        "en": "euro a year for labs: {n}",
        "it": "euro all'anno per i laboratori: {n}",
    },
    "calls": {
        "en": "calls for ideas: {n}, {pot} euro in all",
        "it": "bandi di idee: {n}, {pot} euro in tutto",
    },
    "co_programming": {
        "en": "co-programming table: {n} meetings a year",
        "it": "tavolo di co-programmazione: {n} incontri all'anno",
    },
    "housing fund": {
        "en": "housing guarantee fund: {n} euro a year",
        "it": "fondo di garanzia casa: {n} euro all'anno",
    },
    "housing mediation": {
        "en": "housing mediation: {n} hours a month",
        "it": "mediazione abitativa: {n} ore al mese",
    },
    "housing condominiums": {"en": "social condominiums: {n}", "it": "condomini solidali: {n}"},
    "work grants": {"en": "work grants: {n} euro a year", "it": "borse lavoro: {n} euro all'anno"},
    "work mediation": {
        "en": "mediation with firms: {n} hours a month",
        "it": "mediazione con le aziende: {n} ore al mese",
    },
    "work training": {"en": "places in training a year: {n}", "it": "posti di formazione all'anno: {n}"},
    "youth placements": {
        "en": "placements of young people a year: {n}",
        "it": "inserimenti di giovani all'anno: {n}",
    },
    "youth spaces": {"en": "spaces for young people: {n}", "it": "spazi giovani: {n}"},
    "youth mentoring": {
        "en": "older young people mentor younger ones",
        "it": "giovani più grandi affiancano i più piccoli",
    },
    "event": {"en": "something happens from outside", "it": "accade qualcosa dall'esterno"},
    "prices": {
        "en": "Prices from the cost book “{book}”, in euro of {year}",
        "it": "Prezzi dal prezzario «{book}», in euro del {year}",
    },
    "item": {"en": "Item", "it": "Voce"},
    "value": {"en": "Used (plausible range)", "it": "Usato (intervallo plausibile)"},
    "source": {"en": "Who says so", "it": "Fonte"},
    "prices note": {
        "en": "Euro of that year are not inflated. Sources are given as the cost book has them.",
        "it": "Gli euro di quell'anno non sono rivalutati. Le fonti sono riportate come si trovano nel prezzario "
        "(in inglese).",
    },
    "from to": {"en": "{value} ({low} to {high})", "it": "{value} (da {low} a {high})"},
}

_ITEMS: dict[str, dict[Language, str]] = {
    "full_time_hours": {
        "en": "hours a month that a full-time post really works",
        "it": "ore al mese realmente lavorate a tempo pieno",
    },
    "facilitator": {"en": "one facilitator, full time, a year", "it": "un facilitatore a tempo pieno, all'anno"},
    "coordination": {
        "en": "coordination, as a share of the facilitators' cost",
        "it": "coordinamento, come quota del costo dei facilitatori",
    },
    "professional": {"en": "training one professional", "it": "formazione di una figura professionale"},
    "outreach": {
        "en": "meeting people where they are, a full-time post and year",
        "it": "incontrare le persone dove sono, a tempo pieno, all'anno",
    },
    "place": {"en": "one community place, a year", "it": "un luogo di comunità, all'anno"},
    "lab": {"en": "one proximity lab", "it": "un laboratorio di prossimità"},
    "paperwork": {
        "en": "lifting paperwork from the heaviest to none, a year",
        "it": "togliere le pratiche, dal massimo a zero, all'anno",
    },
    "mediation": {"en": "one hour of mediation", "it": "un'ora di mediazione"},
    "condominium": {"en": "one social condominium, a year", "it": "un condominio solidale, all'anno"},
    "space": {"en": "one space for young people, a year", "it": "uno spazio giovani, all'anno"},
    "mentoring": {"en": "mentoring among young people, a year", "it": "affiancamento tra giovani, all'anno"},
    "work_grant": {"en": "one placement with a work grant", "it": "un inserimento con borsa lavoro"},
    "training": {"en": "one place in training", "it": "un posto di formazione"},
    "youth_placement": {"en": "one placement of a young person", "it": "un inserimento di un giovane"},
    "table_meeting": {"en": "one meeting of the co-programming table", "it": "un incontro del tavolo"},
    "call": {"en": "one call for ideas, without the grants", "it": "un bando di idee, senza i contributi"},
}

_PRICED: dict[str, tuple[str, ...]] = {
    "facilitators": ("full_time_hours", "facilitator", "coordination", "lab"),
    "outreach": ("outreach",),
    "places": ("place",),
    "paperwork": ("paperwork",),
    "professionals": ("professional",),
    "calls": ("call",),
    "co_programming": ("table_meeting",),
    "housing mediation": ("mediation",),
    "housing condominiums": ("condominium",),
    "work grants": ("work_grant",),
    "work mediation": ("mediation",),
    "work training": ("training",),
    "youth placements": ("youth_placement",),
    "youth spaces": ("space",),
    "youth mentoring": ("mentoring",),
}
"""Items of the cost book that a lever makes matter."""


def _text(key: str, lang: Language, **values: object) -> str:
    return _TEXTS[key][lang].format(**values)


def _plain(value: float, lang: Language) -> str:
    digits = next((d for d in range(4) if abs(value - round(value, d)) < 1e-9), 4)
    return number(value, digits, lang)


def _amount(key: str) -> Callable[[Any, Language], str]:
    def said(value: Any, lang: Language) -> str:
        return _text(key, lang, n=_plain(float(sum(value.values()) if isinstance(value, Mapping) else value), lang))

    return said


def _facilitators(means: Any, lang: Language) -> str:
    posts = _plain(float(means["number"]), lang)
    if "hours_a_month" not in means:
        return _text("facilitators number", lang, number=posts)
    return _text("facilitators", lang, number=posts, hours=_plain(float(means["hours_a_month"]), lang))


def _calls(means: Any, lang: Language) -> str:
    pots = sum(float(call["pot"]) for call in means)
    return _text("calls", lang, n=number(len(means), 0, lang), pot=_plain(pots, lang))


def _table_meetings(means: Any, lang: Language) -> str:
    return _text("co_programming", lang, n=_plain(float(means.get("meetings_a_year", 6)), lang))


_SAID: dict[str, Callable[[Any, Language], str]] = {
    "facilitators": _facilitators,
    "calls": _calls,
    "co_programming": _table_meetings,
    "outreach": lambda means, lang: _text(str(means), lang),
    "event": lambda means, lang: _text("event", lang),
    "youth mentoring": lambda means, lang: _text("youth mentoring", lang),
    **{
        key: _amount(key)
        for key in (
            "professionals",
            "places",
            "paperwork",
            "labs_budget",
            "housing fund",
            "housing mediation",
            "housing condominiums",
            "work grants",
            "work mediation",
            "work training",
            "youth placements",
            "youth spaces",
        )
    },
}


def stated(means: Mapping[str, Any]) -> dict[str, Any]:
    """Levers that a policy states and that fund or set something, areas of work opened up: ``housing fund``."""
    found: dict[str, Any] = {}
    for lever, value in means.items():
        if lever in ("housing", "work", "youth") and isinstance(value, Mapping):
            found |= {f"{lever} {part}": amount for part, amount in value.items()}
        else:
            found[lever] = value
    return {lever: value for lever, value in found.items() if lever in _SAID and (value or lever == "paperwork")}


def said(means: Mapping[str, Any], lang: Language) -> str:
    """Say what a policy funds; empty if its folder does not tell."""
    return "; ".join(_SAID[lever](value, lang) for lever, value in stated(means).items())


def policies_table(about: About, lang: Language) -> Table | None:
    """Policies in force with their dates and amounts; `None` where there are none."""
    if not about.funded:
        return None
    told = any(one.means for one in about.funded)
    # What several scenarios share stands in one row.
    together: dict[tuple[str, int, int, str], list[Funded]] = {}
    for one in about.funded:
        together.setdefault((one.name, one.start, one.until, said(one.means, lang)), []).append(one)
    rows = []
    for (name, start, until, what), ones in together.items():
        where = [about.label(one.scenario, lang) if one.scenario else _text("history", lang) for one in ones]
        row = [
            name.replace("_", " "),
            ", ".join(where),
            _text("span", lang, start=month_text(start, lang), until=month_text(until, lang)),
        ]
        rows.append((*row, what) if told else tuple(row))
    head = [_text(key, lang) for key in ("policy", "in", "when", "what")]
    widths = (1.0, 1.1, 1.1, 2.4) if told else (1.0, 1.6, 1.2)
    return Table(_text("policies", lang), tuple(head if told else head[:3]), tuple(rows), widths, in_words=True)


def prices_table(about: About, lang: Language) -> Table | None:
    """What the cost book says of everything that is funded; `None` where the folder does not tell."""
    if not about.prices:
        return None
    wanted = {item for one in about.funded for lever in stated(one.means) for item in _PRICED.get(lever, ())}
    rows = []
    for item, named in _ITEMS.items():
        cost = about.prices.get(item)
        if item not in wanted or not isinstance(cost, Mapping):
            continue
        value, low, high = (_plain(float(cost[key]), lang) for key in ("value", "low", "high"))
        used = _text("from to", lang, value=value, low=low, high=high)
        rows.append((capital(named[lang]), used, str(cost["source"])))
    if not rows:
        return None
    caption = _text("prices", lang, book=about.prices.get("name", ""), year=about.prices.get("prices_of", ""))
    head = tuple(_text(key, lang) for key in ("item", "value", "source"))
    return Table(caption, head, tuple(rows), (1.2, 1.1, 2.4), _text("prices note", lang), in_words=True)
