"""Write the tables of docs/model.md and docs/configuration.md anew from the code: ``python docs/generate.py``.

A table stands between ``<!-- table: NAME -->`` and ``<!-- end -->``; what is written around it is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from inspect import getdoc
from pathlib import Path

from simcomunita.agents.citizens import Citizens
from simcomunita.agents.group import Group
from simcomunita.configuration import Parameters, quantities
from simcomunita.mechanisms import MONTH, ModelParameters
from simcomunita.model import CommunityModel
from simcomunita.network import Ties
from simcomunita.outcomes import MEASURES
from simcomunita.outcomes.lineage import Initiative
from simcomunita.outcomes.published import PUBLISHED
from simcomunita.policy import FacilitatorLever, Policy
from simcomunita.policy.levers import (
    CallForIdeas,
    CoProgrammingLever,
    HousingLever,
    OutsideEvent,
    WorkLever,
    YouthLever,
)

LEVERS: dict[str, type[Parameters]] = {
    "facilitators": FacilitatorLever,
    "calls": CallForIdeas,
    "co_programming": CoProgrammingLever,
    "housing": HousingLever,
    "work": WorkLever,
    "youth": YouthLever,
    "event": OutsideEvent,
}

PAGES = tuple(Path(__file__).parent / name for name in ("model.md", "configuration.md"))
RENEW = "python docs/generate.py"

_MARKED = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def renewed(text: str) -> str:
    """The page with every table as the code now has it.

    Raises
    ------
    KeyError
        If the page asks for a table that there is not.
    """
    return _MARKED.sub(lambda found: f"{found[1]}\n{_table(found[2])}\n\n{found[3]}", text)


def asked_for(text: str) -> list[str]:
    """The names of the tables on the page."""
    return [found[2] for found in _MARKED.finditer(text)]


def _table(name: str) -> str:
    tables = {"month": _month, "measures": _measures, "outcomes": _outcomes, "citizens": _citizens, "ties": _ties}
    tables |= {"groups": _groups, "initiatives": _initiatives, "levers": _levers}
    if name in tables:
        return tables[name]()
    return _parameters(ModelParameters.model_fields[name].annotation)


def _rows(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    lines = [names, ["---"] * len(names), *(list(row) for row in rows)]
    return "\n".join("| " + " | ".join(_flat(cell) for cell in line) + " |" for line in lines)


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _parameters(kind: type[Parameters]) -> str:
    """Every parameter in the order of declaration; switches and choices have neither unit nor source."""
    numbers = {quantity.key: quantity for quantity in quantities(kind)}
    rows = []
    for name, field in kind.model_fields.items():
        about = numbers.get(name)
        what = ("", "", "") if about is None else (f"{about.low:g} to {about.high:g}", about.unit, about.source)
        default = field.get_default(call_default_factory=True)
        shown = f"{default:g}" if about is not None else str(default).lower()
        rows.append((f"`{name}`", shown, *what, field.description or ""))
    return _rows(("parameter", "default", "range", "unit", "source", "what it is"), rows)


def _month() -> str:
    said = dict(re.findall(r"^ *\d+\. ``(\w+)`` +(.+)$", getdoc(CommunityModel) or "", re.MULTILINE))
    return "\n".join(f"{turn}. **`{name}`**: {said[name]}" for turn, name in enumerate(MONTH, 1))


def _levers() -> str:
    """Every lever of a policy, and of the levers that have parts each part."""
    rows = [(f"`{field.alias or name}`", field.description or "") for name, field in Policy.model_fields.items()]
    for name, kind in LEVERS.items():
        rows += [(f"`{name}.{part}`", field.description or "") for part, field in kind.model_fields.items()]
    return _rows(("lever", "what it means, does and costs"), rows)


def _measures() -> str:
    return _rows(
        ("measure", "unit", "kind", "label", "in Italian", "part of"),
        ((f"`{m.name}`", m.unit, m.kind, m.label_en, m.label_it, _named(m.inside)) for m in MEASURES.values()),
    )


def _outcomes() -> str:
    """The published outcomes, how else each is counted, and of what it is a part."""
    return _rows(
        ("outcome", "what is counted", "unit", "counted beside it", "part of"),
        (
            (f"`{name}`", MEASURES[name].label_en, MEASURES[name].unit, _named(beside), _named(MEASURES[name].inside))
            for name, beside in PUBLISHED.items()
        ),
    )


def _named(measures: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in measures)


def _attributes(kind: type) -> str:
    """The attributes as the class's docstring lists them."""
    listed = (getdoc(kind) or "").split("Attributes\n----------\n", 1)[1]
    entries = re.findall(r"^(\S.*)\n((?:[ ]{4}.*\n?)+)", listed.split("\n\n")[0], re.MULTILINE)
    return _rows(("attribute", "what it is"), ((f"`{names}`", text) for names, text in entries))


def _citizens() -> str:
    return _attributes(Citizens)


def _ties() -> str:
    return _attributes(Ties)


def _groups() -> str:
    return _attributes(Group)


def _initiatives() -> str:
    return _attributes(Initiative)


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(renewed(page.read_text(encoding="utf-8")), encoding="utf-8")
