"""From a choice to the policies that a model lives under, read and checked like those of a file; and their money."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import lru_cache
from math import fsum
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simcomunita.app.assumptions import AS_USUAL, Assumed
from simcomunita.app.choices import Choice
from simcomunita.configuration import Document, read_yaml, validate
from simcomunita.experiment.wording import Language, month_text, number
from simcomunita.months import month_name, parse_month
from simcomunita.policy import Calendar, Policy, place_posts
from simcomunita.policy.levers import Surroundings
from simcomunita.scenario.names import find

if TYPE_CHECKING:
    from simcomunita.scenario import Study

STUDY = "facilitators_8_vs_0"
"""The study whose history, months and prices the workshop has."""

_FIXED = ("document", "evaluate")
_TASKS = {"groups": ("hook", "run_groups"), "cases": ("casework",), "ties": ("map", "connect")}
"""Which of the facilitators' tasks a weight stands for; the fixed ones are left out of the weighing."""

_TEXTS = {
    "funded": {
        "en": "Funds about {amount} euro a year on average from {start} to {end}: {items}{labs}.",
        "it": "Finanzia in media circa {amount} euro all'anno da {start} a {end}: {items}{labs}.",
    },
    "nothing": {
        "en": "Funds nothing from {start} to {end}.",
        "it": "Non finanzia nulla da {start} a {end}.",
    },
    "labs": {
        "en": "; materials for labs come on top",
        "it": "; i materiali per i laboratori si aggiungono",
    },
    "facilitators": {"en": "{amount} for facilitators", "it": "{amount} per i facilitatori"},
    "places": {"en": "{amount} for places", "it": "{amount} per i luoghi"},
    "paperwork": {"en": "{amount} for lighter forms", "it": "{amount} per moduli più leggeri"},
    "calls": {"en": "up to {amount} for citizens' ideas", "it": "fino a {amount} per le idee dei cittadini"},
}


@lru_cache(maxsize=1)
def standard_study() -> Study:
    """Return the study that the workshop stands on; it is read once."""
    from simcomunita.scenario import load_study

    return load_study(STUDY)


def policies(choice: Choice, study: Study | None = None) -> tuple[Policy, ...]:
    """Return what a choice funds after the history, each policy read and checked as one of a file would be.

    Parameters
    ----------
    study
        Whose municipalities and months they are for; the workshop's own, if none is given.

    Raises
    ------
    ConfigurationError
        If they do not fit the study: its months are not those of the levers.
    """
    study = standard_study() if study is None else study
    around = Surroundings(study.history.territory.names, study.branch_at, study.until)
    written = [*_places(choice, study), *_facilitators(choice, study), *_calls(choice, study)]
    return tuple(validate(Policy, one, context=around) for one in written)


@lru_cache(maxsize=8)
def _read(name: str) -> Document:
    return read_yaml(find(name, ("policies",)))


def _like(name: str, changes: Mapping[str, Any]) -> Document:
    """Return a policy that comes with the package, with some of its keys changed; its lines stay where they were."""
    document = _read(name)
    return Document(document.source, {**deepcopy(document.data), **changes}, document.places)


def _span(study: Study) -> dict[str, str]:
    return {"from": month_name(study.branch_at), "until": month_name(study.until)}


def _places(choice: Choice, study: Study) -> list[Document]:
    """Keep the project's places open, or not, and open others where most people live."""
    territory = study.history.territory
    more = [territory.names[home] for home in place_posts(int(choice["places"]), territory.population.tolist())]
    kept = choice["kept"] == "open"
    if not (kept or more):
        return []
    counts: dict[str, int] = dict(_read("places_kept").data["places"]) if kept else {}
    for name in more:
        counts[name] = counts.get(name, 0) + 1
    if kept:
        return [_like("places_kept", {**_span(study), "places": counts})]
    return [Document(_read("places_kept").source, {"name": "places", **_span(study), "places": counts}, {})]


def _facilitators(choice: Choice, study: Study) -> list[Document]:
    number_of_posts = int(choice["facilitators"])
    if number_of_posts == 0:
        return []
    lever = deepcopy(_read("eight_facilitators").data["facilitators"])
    where: str | dict[str, int] = "by_population"
    if choice["where"] == "evenly":
        where = _evenly(number_of_posts, study)
    lever |= {"number": number_of_posts, "where": where, "hours": _hours(choice, lever["hours"])}
    changes = {
        "name": "facilitators",
        "from": choice["from"],
        "until": choice["until"],
        "facilitators": lever,
        "outreach": choice["outreach"],
    }
    return [_like("eight_facilitators", changes)]


def _evenly(posts: int, study: Study) -> dict[str, int]:
    """Give municipalities a post each in turn, the one with fewest residents first."""
    territory = study.history.territory
    turns = sorted(zip(territory.population.tolist(), territory.names, strict=True))
    return {name: len(range(turn, posts, len(turns))) for turn, (_, name) in enumerate(turns) if turn < posts}


def _hours(choice: Choice, usual: Mapping[str, float]) -> dict[str, float]:
    """Split the hours by the weights; inside each kind of work as usual."""
    free = 1.0 - fsum(usual[task] for task in _FIXED)
    split = {task: usual[task] for task in _FIXED}
    for key, share in choice.hours.items():
        tasks = _TASKS[key]
        total = fsum(usual[task] for task in tasks)
        split |= {task: round(free * share * usual[task] / total, 9) for task in tasks}
    return split


def _calls(choice: Choice, study: Study) -> list[Document]:
    """Hold calls in the months and in the form in which the project's are taken to have been, four a year."""
    money = int(choice["calls"])
    if money == 0:
        return []
    usual = _read("project").data["calls"][0]
    months = [call["month"] for call in _read("calls_instead").data["calls"]]
    held = [month for month in months if study.branch_at <= parse_month(month) <= study.until]
    a_year = len({month[5:] for month in held})
    calls = [{**usual, "month": month, "pot": money / a_year} for month in held]
    return [_like("calls_instead", {"name": "calls", **_span(study), "calls": calls})]


# -- money --


def dearer(policies: tuple[Policy, ...], assumed: Assumed, study: Study | None = None) -> NDArray[np.float64]:
    """Return how much more was spent by the end of each month, in euro since the history's start, at assumed prices.

    (months,), of the whole territory, below 0 where it is less. It is exact for what is in force (staff, coordination,
    outreach, places, paperwork): that is the same in every run, and no run looks at these prices. What is paid out when
    something happens is not in it, so that no assumption may be of such a price.

    Parameters
    ----------
    policies
        What is funded after the history.
    """
    study = standard_study() if study is None else study
    usual, own = study.history.costs, assumed.book(study.history.costs)
    calendar = Calendar((*study.history.policies, *policies))
    levers = [calendar.in_force(month) for month in range(study.history.start, study.until + 1)]
    more = [fsum(own.monthly(one, 0).values()) - fsum(usual.monthly(one, 0).values()) for one in levers]
    return np.cumsum(more)


def budget(choice: Choice, study: Study | None = None, assumed: Assumed = AS_USUAL) -> dict[str, float]:
    """Return what a choice sets aside, in euro a year on average from the branch to the end, by what it is for.

    What happens decides of the calls' pots and of labs' materials how much is spent; the pots are counted whole, the
    materials not.
    """
    study = standard_study() if study is None else study
    prices = assumed.book(study.history.costs)
    calendar = Calendar(policies(choice, study))
    months = range(study.branch_at, study.until + 1)
    bills = [prices.monthly(calendar.in_force(month), 0) for month in months]
    a_year = 12 / len(months)

    def of(*items: str) -> float:
        return a_year * fsum(bill[item] for bill in bills for item in items)

    calls = [call for policy in calendar.policies for call in policy.calls]
    amounts = {
        "facilitators": of("facilitators", "coordination", "outreach"),
        "places": of("places"),
        "paperwork": of("paperwork"),
        "calls": a_year * fsum(call.pot + prices.call.value for call in calls),
    }
    return {name: amount for name, amount in amounts.items() if amount > 0.0}


def funded(choice: Choice, lang: Language = "en", study: Study | None = None, assumed: Assumed = AS_USUAL) -> str:
    """Say in one sentence what a choice sets aside a year."""
    study = standard_study() if study is None else study
    dates = {"start": month_text(study.branch_at, lang), "end": month_text(study.until, lang)}
    amounts = budget(choice, study, assumed)
    if not amounts:
        return _TEXTS["nothing"][lang].format(**dates)
    items = ", ".join(_TEXTS[name][lang].format(amount=_thousands(one, lang)) for name, one in amounts.items())
    total = _thousands(fsum(amounts.values()), lang)
    labs = _TEXTS["labs"][lang] if "facilitators" in amounts else ""
    return _TEXTS["funded"][lang].format(amount=total, items=items, labs=labs, **dates)


def _thousands(euro: float, lang: Language) -> str:
    return number(round(euro, -3) if euro >= 10_000 else round(euro, -2), 0, lang)
