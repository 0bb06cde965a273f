"""What the description of a territory says, in English and Italian.

Both languages stand side by side, so that neither can be forgotten.
"""

from __future__ import annotations

from typing import Literal

Language = Literal["en", "it"]

_WORDS: dict[str, dict[Language, str]] = {
    "heading": {"en": "{name}, seed {seed}, scale {scale}", "it": "{name}, seme {seed}, scala {scale}"},
    "asked for": {"en": "asked for", "it": "richiesto"},
    "range": {"en": "range", "it": "intervallo"},
    "grown": {"en": "grown", "it": "generato"},
    "difference": {"en": "difference", "it": "differenza"},
    "outside": {"en": "outside", "it": "fuori"},
    "at random": {"en": "at random", "it": "a caso"},
    "mixing": {
        "en": "Where the ties of each municipality go, %",
        "it": "Dove vanno i legami di ciascun comune, %",
    },
    "more": {"en": "… and {n} more", "it": "… e altri {n}"},
    "some outside": {
        "en": "{n} of {ranged} outside their range: {names}.",
        "it": "{n} su {ranged} fuori dal loro intervallo: {names}.",
    },
    "all within": {"en": "All {ranged} within their range.", "it": "Tutti e {ranged} nel loro intervallo."},
    "picture": {"en": "Picture: {path}", "it": "Figura: {path}"},
    "residents": {"en": "Residents", "it": "Residenti"},
    "all": {"en": "all", "it": "tutti"},
    "all copies": {"en": "{name} (all copies)", "it": "{name} (tutte le copie)"},
    "age": {"en": "Age", "it": "Età"},
    "origin": {"en": "Origin", "it": "Origine"},
    "households": {"en": "Households", "it": "Famiglie"},
    "of": {"en": "of {n}", "it": "di {n}"},
    "of and more": {"en": "of {n} and more", "it": "di {n} e più"},
    "people": {"en": "Vulnerability and volunteers", "it": "Vulnerabilità e volontari"},
    "vulnerable": {"en": "at risk of poverty or exclusion", "it": "a rischio di povertà o esclusione"},
    "volunteers": {"en": "standing volunteers", "it": "volontari stabili"},
    "networks": {"en": "Personal networks", "it": "Reti personali"},
    "support": {"en": "support ties (strength 0.6), mean", "it": "legami di sostegno (forza 0,6), media"},
    "sympathy": {"en": "sympathy ties (strength 0.25), mean", "it": "legami di simpatia (forza 0,25), media"},
    "wider": {"en": "wider: ties and shared foci, mean", "it": "ampia: legami e luoghi comuni, media"},
    "isolated": {"en": "isolated: no support beside family", "it": "isolati: sostegno solo in famiglia"},
    "clustering": {"en": "clustering, mean local", "it": "coesione (clustering), media locale"},
    "homophily": {
        "en": "Homophily: share of ties that join alike",
        "it": "Omofilia: quota di legami tra simili",
    },
    "same origin": {"en": "same origin group", "it": "stessa origine"},
    "same vulnerability": {"en": "both vulnerable or neither", "it": "entrambi vulnerabili o nessuno"},
    "same age": {"en": "same age band", "it": "stessa fascia d'età"},
    "same municipality": {"en": "same municipality", "it": "stesso comune"},
    "same neighbourhood": {"en": "same neighbourhood", "it": "stesso vicinato"},
    "ties": {"en": "Ties of a resident", "it": "Legami di un residente"},
    "mean": {"en": "mean", "it": "media"},
    "median": {"en": "median", "it": "mediana"},
    "95th percentile": {"en": "95th percentile", "it": "95º percentile"},
    "most": {"en": "most", "it": "massimo"},
    "with none": {"en": "share with none", "it": "quota senza legami"},
}

_ORIGINS: dict[str, dict[Language, str]] = {
    "italy": {"en": "Italy", "it": "Italia"},
    "eastern_europe": {"en": "Eastern Europe", "it": "Europa orientale"},
    "western_europe": {"en": "Western Europe", "it": "Europa occidentale"},
    "south_asia": {"en": "South Asia", "it": "Asia meridionale"},
    "east_asia": {"en": "East Asia", "it": "Asia orientale"},
    "north_africa": {"en": "North Africa", "it": "Nord Africa"},
    "sub_saharan_africa": {"en": "Sub-Saharan Africa", "it": "Africa subsahariana"},
    "latin_america": {"en": "Latin America", "it": "America latina"},
    "other": {"en": "other", "it": "altra"},
}
"""Usual names of origin groups; a territory's files may have others, which are shown as they are."""


def text(key: str, language: Language, **values: object) -> str:
    """Return a phrase in a language."""
    return _WORDS[key][language].format(**values)


def local(number: str, language: Language) -> str:
    """Write a number as the language does: 1,234.5 or 1.234,5."""
    return number.translate(str.maketrans(",.", ".,")) if language == "it" else number


def origin_name(name: str, language: Language) -> str:
    """Return what an origin group is called."""
    return _ORIGINS[name][language] if name in _ORIGINS else name.replace("_", " ")
