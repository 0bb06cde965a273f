"""What the page of confidence stands on: published figures and what is predicted of them, and the ledger of claims.

Both are small tables that come with the package and are made elsewhere: ``confidence/outcomes.csv`` in a territory's
folder is the table of the same name that ``simcomunita calibrate`` writes, and ``claims.csv`` beside the claims is that
of ``simcomunita claims``. Where one is missing the page says so.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from simcomunita.app.words import word
from simcomunita.experiment.wording import Language, amount, capital, label, measure_of, number

FOLDER, PREDICTED, LEDGER = "confidence", "outcomes.csv", "claims.csv"
VERDICTS = ("borne out", "mixed", "cannot tell", "not borne out")


@dataclass(frozen=True)
class Published:
    """A published figure, and the 90 % interval of what the model says would be reported.

    Attributes
    ----------
    use
        ``fit`` or ``held out``; empty where nothing was fitted.
    bound
        ``at least``, ``at most``, or nothing.
    low, median, high
        NaN where nothing was fitted.
    """

    outcome: str
    figure: float
    source: str = ""
    use: str = ""
    bound: str = ""
    low: float = math.nan
    median: float = math.nan
    high: float = math.nan
    held: bool = False

    @property
    def fitted(self) -> bool:
        """Whether parameters were fitted to it."""
        return self.use == "fit"

    def name(self, lang: Language) -> str:
        """What it counts."""
        return capital(label(self.outcome, lang))

    def said(self, lang: Language) -> str:
        """Write the figure, and that it is a bound if it is one."""
        written = amount(self.outcome, self.figure, lang)
        return word(self.bound, lang, value=written) if self.bound else written

    def told(self, lang: Language) -> str:
        """Write what is predicted."""
        if math.isnan(self.median):
            return ""
        middle, low, high = (amount(self.outcome, one, lang) for one in (self.median, self.low, self.high))
        return word("middle of", lang, middle=middle, low=low, high=high)


@dataclass(frozen=True)
class Part:
    """One part of a claim: what was expected, and the effect with its interval, as shares; NaN where not known."""

    says: Mapping[str, str]
    effect: float
    low: float
    high: float
    share: float
    draws: int


@dataclass(frozen=True)
class Claim:
    """A claim, what it says, and the verdict."""

    name: str
    title: Mapping[str, str]
    claim: Mapping[str, str]
    verdict: str
    parts: tuple[Part, ...]


def published(root: Path | None = None) -> tuple[Published, ...]:
    """Return every published figure, with what is predicted of it where the territory carries that.

    Parameters
    ----------
    root
        The territory's folder; the workshop's own, if none is given.
    """
    root = territory_folder() if root is None else root
    sources = {row["outcome"]: row["source"] for row in _rows(root / PREDICTED)}
    predicted = _rows(root / FOLDER / PREDICTED)
    if not predicted:
        return tuple(
            Published(row["outcome"], float(row["published"]), row["source"])
            for row in _rows(root / PREDICTED)
            if measure_of(row["outcome"]).label_en
        )
    return tuple(_predicted(row, sources) for row in predicted)


def _predicted(row: Mapping[str, str], sources: Mapping[str, str]) -> Published:
    outcome = row.get("measure") or row["outcome"]
    use = "fit" if row["use"] == "fit" else "held out"
    low, median, high = (_number(row.get(f"posterior_{end}")) for end in ("low", "median", "high"))
    held = row["held"] in ("1", "1.0", "True")
    source = sources.get(row["outcome"], "")
    return Published(outcome, float(row["published"]), source, use, row.get("bound") or "", low, median, high, held)


@cache
def territory_folder() -> Path:
    """Return the folder of the workshop's territory."""
    from simcomunita.app.funding import standard_study
    from simcomunita.scenario.names import find

    return find(standard_study().history.territory.name, ("territories",)).path


def claims(root: Path | None = None) -> tuple[Claim, ...]:
    """Return the ledger of claims, the strongest verdict first; nothing where it is not there.

    Parameters
    ----------
    root
        The folder of the claims; that of the package, if none is given.
    """
    from simcomunita.claims.reading import home

    root = home() if root is None else root
    table = next((file for file in (root / LEDGER, root.parent / LEDGER) if file.is_file()), None)
    rows = _rows(table) if table is not None else []
    found = []
    for name in dict.fromkeys(row["claim"] for row in rows):
        own = [row for row in rows if row["claim"] == name]
        said = _said(root / f"{name}.yaml")
        parts = tuple(_part(row, said) for row in own)
        found.append(
            Claim(name, said.get("title", _both(name)), said.get("claim", _both("")), own[0]["verdict"], parts)
        )
    return tuple(sorted(found, key=lambda one: VERDICTS.index(one.verdict)))


def _part(row: Mapping[str, str], said: Mapping[str, Any]) -> Part:
    contrasts = said.get("contrasts", [])
    at = int(row["part"]) - 1
    says = contrasts[at]["says"] if at < len(contrasts) else _both(row["says"])
    low, high = _number(row["ci_low"]), _number(row["ci_high"])
    return Part(says, _number(row["effect"]), low, high, _number(row["share_of_draws"]), int(float(row["draws"] or 0)))


def part_text(part: Part, lang: Language) -> str:
    """Write a part with its effect."""
    if math.isnan(part.effect):
        return word("claim unknown", lang, says=part.says[lang])
    shares = {"effect": part.effect, "low": part.low, "high": part.high, "share": part.share}
    written = {key: f"{number(100 * value, 0, lang)} %" for key, value in shares.items()}
    return word("claim effect", lang, says=part.says[lang], draws=number(part.draws, 0, lang), **written)


def counted(found: tuple[Claim, ...], lang: Language) -> str:
    """Say how many claims there are of each verdict."""
    counts = ((verdict, sum(one.verdict == verdict for one in found)) for verdict in VERDICTS)
    said = (
        word("claim parts", lang, count=number(count, 0, lang), verdict=word(f"verdicts {verdict}", lang))
        for verdict, count in counts
        if count
    )
    return word("claims counts", lang, total=number(len(found), 0, lang), parts=", ".join(said))


def calibration_text(figures: tuple[Published, ...], lang: Language) -> str:
    """Say how many figures were fitted, how many only predicted, and how many of these are held."""
    if not any(one.use for one in figures):
        return word("calibration none", lang)
    aside = [one for one in figures if not one.fitted]
    counts = {
        "fitted": len(figures) - len(aside),
        "held": len(aside),
        "inside": sum(one.held for one in aside),
    }
    return word("calibration fitted", lang, **{key: number(value, 0, lang) for key, value in counts.items()})


def _said(file: Path) -> dict[str, Any]:
    try:
        read = yaml.safe_load(file.read_text("utf-8"))
    except OSError:
        return {}
    return read if isinstance(read, dict) else {}


def _both(text: str) -> dict[str, str]:
    return {"en": text, "it": text}


def _rows(file: Path) -> list[dict[str, str]]:
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _number(text: str | None) -> float:
    return float(text) if text else math.nan
