"""The parts of a study: a history, and the futures that branch off it."""

from __future__ import annotations

from dataclasses import replace

from simcomunita.configuration import Document, KeyPath, Problems, read_as, shown
from simcomunita.months import MOST_MONTHS, month_name
from simcomunita.policy.levers import Surroundings
from simcomunita.scenario.composing import Library
from simcomunita.scenario.drawing import read_draws
from simcomunita.scenario.forms import MOST_RUNS, BranchForm, StudyForm, Words, unknown
from simcomunita.scenario.parts import month_at, read_policies, read_scenario, territory_folder
from simcomunita.scenario.posterior import Posterior, read_posterior
from simcomunita.scenario.scenario import Branch, Draws, Precision, Scenario, Study


def measures() -> list[str]:
    """Return the names of all measures."""
    from simcomunita.outcomes import MEASURES

    return list(MEASURES)


def read_study(document: Document, library: Library) -> Study | None:
    """Read a study; ``None``, with the problems noted, if anything is wrong with it."""
    form = read_as(StudyForm, document, library.found)
    history, posterior = _history(document, library)
    branch_at, until = month_at(document, ("branch_at",)), month_at(document, ("until",))
    if history is not None:
        _check_dates(history, branch_at, until, document, library)
    dates_fit = branch_at is not None and until is not None and branch_at <= until
    around = Surroundings(
        history.territory.names if history else None,
        branch_at if dates_fit else None,
        until if dates_fit else None,
    )
    branches: dict[str, Branch | None] = {}
    scenarios = document.value(("scenarios",))
    for name in scenarios if isinstance(scenarios, dict) else ():
        branches[name] = _branch(name, document, library, around)
    _check_baseline(document, list(branches), library)
    _check_measures(document, "headline", library)
    _check_measures(document, "measures", library)
    _check_precision(document, library)
    whole = {name: branch for name, branch in branches.items() if branch is not None}
    if form is None or history is None or len(whole) < len(branches):
        return None
    draws = read_draws(form.draws, document, library) if form.draws else None
    if form.draws and draws is None:
        return None
    _check_runs(form, draws, document, library)
    unlike = posterior.unlike(history.parameters) if posterior else ()
    _check_parameters(form, posterior, unlike, history.territory.name, document, library)
    return Study(
        form.name,
        form.question,
        replace(history, end=form.branch_at - 1),
        form.branch_at,
        form.until,
        form.baseline,
        whole,
        form.seeds,
        form.headline or form.measures,
        _precision(form),
        draws,
        form.measures,
        None if unlike else posterior,
        unlike,
        form.parameters,
    )


def _history(document: Document, library: Library) -> tuple[Scenario | None, Posterior | None]:
    """Read the history, and the posterior that its territory ships."""
    if not isinstance(document.value(("history",)), str):
        return None, None
    own = library.read_named(document, ("history",), "scenarios")
    history = read_scenario(own, library) if own else None
    posterior: Posterior | None = None
    folder = territory_folder(own, library) if own and history is not None else None
    if folder is not None:
        with library.found.gathering():
            posterior = read_posterior(folder)
    return history, posterior


def no_posterior(territory: str, unlike: tuple[str, ...]) -> str:
    """Say why parameters cannot be drawn from a territory's posterior."""
    if unlike:
        own = ", ".join(shown(name) for name in unlike)
        return (
            f"the history says {own} itself, so that the posterior of the territory {shown(territory)} does not go "
            'with it; expected "parameters: point", or a history that leaves that as calibrated.'
        )
    return (
        f"the territory {shown(territory)} ships no posterior (posterior.csv and posterior.yaml in its folder); "
        'expected "parameters: point", or a territory that does.'
    )


def _check_parameters(
    form: StudyForm,
    posterior: Posterior | None,
    unlike: tuple[str, ...],
    territory: str,
    document: Document,
    library: Library,
) -> None:
    at: KeyPath = ("parameters",)
    if form.parameters is not None and form.draws is not None:
        library.tell(document, at, '"draws" says itself what parameters are; expected one of the two.')
    elif form.parameters == "posterior" and (posterior is None or unlike):
        library.tell(document, at, no_posterior(territory, unlike))


def _branch(name: str, document: Document, library: Library, around: Surroundings) -> Branch | None:
    at: KeyPath = ("scenarios", name)
    if not isinstance(document.value(at), dict):
        return None  # the form has said so
    policies = read_policies(document, (*at, "policies"), library, around)
    said_already = Problems()  # by the form of the whole study
    form = read_as(BranchForm, document, said_already, at)
    if form is None or policies is None:
        return None
    return Branch(name, policies, form.label or Words(en=name, it=name))


def _check_dates(
    history: Scenario, branch_at: int | None, until: int | None, document: Document, library: Library
) -> None:
    if branch_at is not None and branch_at <= history.start:
        message = (
            f'"branch_at" is {month_name(branch_at)}, but the history starts in {month_name(history.start)}; '
            f"expected {month_name(history.start + 1)} or later."
        )
        library.tell(document, ("branch_at",), message)
    if until is not None and until - history.start >= MOST_MONTHS:
        message = f"{until - history.start + 1:,} months from start to end; expected at most {MOST_MONTHS}."
        library.tell(document, ("until",), message)


def _check_baseline(document: Document, scenarios: list[str], library: Library) -> None:
    baseline = document.value(("baseline",))
    if isinstance(baseline, str) and scenarios and baseline not in scenarios:
        message = unknown(baseline, scenarios, "scenario of this study")
        library.tell(document, ("baseline",), message)


def _check_runs(form: StudyForm, draws: Draws | None, document: Document, library: Library) -> None:
    pairs = form.seeds * (draws.number if draws else 1)
    if pairs < 2:
        library.tell(document, ("seeds",), "seeds are 1; an interval needs at least 2 pairs of runs.")
    elif pairs * len(form.scenarios) > MOST_RUNS:
        message = f"{pairs:,} draws and seeds in every scenario make {pairs * len(form.scenarios):,} runs; "
        library.tell(document, ("draws",), f"{message}expected at most {MOST_RUNS:,}.")
    if form.precision is not None and document.value(("seeds",)) is not None:
        library.tell(document, ("seeds",), '"precision" finds out how many seeds are enough; expected one of the two.')
    if draws is not None and form.precision is not None:
        message = '"precision" adds seeds, and does not go with "draws"; expected one of them.'
        library.tell(document, ("precision",), message)


def _precision(form: StudyForm) -> Precision | None:
    asked = form.precision
    if asked is None:
        return None
    relative = isinstance(asked.within, str)
    within = asked.share if asked.share is not None else float(asked.within)
    return Precision(asked.measure, within, relative, asked.at_most)


def _check_precision(document: Document, library: Library) -> None:
    measure = document.value(("precision", "measure"))
    if isinstance(measure, str) and measure not in (known := measures()):
        library.tell(document, ("precision", "measure"), unknown(measure, known, "measure"))


def _check_measures(document: Document, key: str, library: Library) -> None:
    named = document.value((key,))
    known = measures() if isinstance(named, list) and named else []
    for i, measure in enumerate(named if isinstance(named, list) else ()):
        if isinstance(measure, str) and measure not in known:
            message = unknown(measure, known, "measure")
            library.tell(document, (key, i), message)
        elif named.index(measure) < i:
            message = f"{shown(measure)} is given twice; keep one."
            library.tell(document, (key, i), message)
