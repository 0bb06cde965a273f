"""The parts of a scenario, each read so that one that is wrong does not hide what is wrong in the others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from simcomunita.configuration import Document, KeyPath, Place, Source, expectation, read_as, shown
from simcomunita.months import month_name, parse_month
from simcomunita.policy import CostBook, Policy
from simcomunita.policy.levers import MOST_FACILITATORS, Surroundings
from simcomunita.scenario.composing import Library, merged
from simcomunita.scenario.forms import MOST_RESIDENTS, ScenarioForm, unknown
from simcomunita.scenario.names import is_folder
from simcomunita.scenario.scenario import Scenario

if TYPE_CHECKING:
    from simcomunita.mechanisms import ModelParameters
    from simcomunita.territory import Territory

Part = tuple[Document, KeyPath]
"""Something written: in which document, and where in it."""


def read_scenario(document: Document, library: Library) -> Scenario | None:
    """Read a scenario; ``None``, with the problems noted, if anything is wrong with it."""
    form = read_as(ScenarioForm, document, library.found)
    territory = _territory(document, library)
    start, end = month_at(document, ("start",)), month_at(document, ("end",))
    dates_fit = start is not None and end is not None and start <= end
    around = Surroundings(
        territory.names if territory else None, start if dates_fit else None, end if dates_fit else None
    )
    policies = read_policies(document, ("policies",), library, around)
    parameters = _scenario_parameters(document, library)
    costs = _costs(document, library)
    if form is None or territory is None or policies is None or parameters is None or costs is None:
        return None
    return Scenario(form.name, territory, form.start, form.end, parameters, policies, costs)


def month_at(document: Document, at: KeyPath) -> int | None:
    """Return the month that stands at a key path, if one does."""
    value = document.value(at)
    try:
        return parse_month(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _territory(document: Document, library: Library) -> Territory | None:
    from simcomunita.territory import read_territory

    source = territory_folder(document, library)
    if source is None:
        return None
    territory: Territory | None = None
    with library.found.gathering():
        territory = read_territory(source.path)
    if territory is not None and territory.residents > MOST_RESIDENTS:
        message = f"the territory has {territory.residents:,} residents; expected at most {MOST_RESIDENTS:,}."
        library.tell(document, ("territory",), message)
        return None
    return territory


def territory_folder(document: Document, library: Library) -> Source | None:
    """Return the folder of a scenario's territory; ``None``, with the problem noted, if there is none."""
    at: KeyPath = ("territory",)
    if not isinstance(document.value(at), str):
        return None
    source = library.locate(document, at, ("territories",))
    if source is None:
        return None
    if not is_folder(source.path):
        message = f"there is no folder {shown(source.shown)}; expected the folder of a territory."
        library.tell(document, at, message)
        return None
    return Source(source.shown, _as_shown(source))


def _as_shown(source: Source) -> Path:
    """Return a path that problems can name as the user would, if it leads to the same place."""
    as_shown = Path(source.shown)
    return as_shown if as_shown.resolve() == source.path else source.path


def read_policies(document: Document, at: KeyPath, library: Library, around: Surroundings) -> tuple[Policy, ...] | None:
    """Read a list of policies, each a file or written out; ``None`` if one of them is wrong."""
    written = document.value(at)
    if not isinstance(written, list):
        return None if written is not None else ()
    read: list[tuple[KeyPath, Policy | None]] = []
    for i, item in enumerate(written):
        here = (*at, i)
        policy: Policy | None = None
        if isinstance(item, str):
            own = library.read_named(document, here, "policies")
            policy = read_as(Policy, own, library.found, context=around) if own else None
        elif isinstance(item, dict):
            policy = read_as(Policy, document, library.found, here, context=around)
        read.append((here, policy))
    policies = [(here, policy) for here, policy in read if policy is not None]
    _check_names(policies, document, library)
    _check_staff(policies, document, library)
    return tuple(policy for _, policy in policies) if len(policies) == len(written) else None


def _check_names(policies: list[tuple[KeyPath, Policy]], document: Document, library: Library) -> None:
    first: dict[str, KeyPath] = {}
    for here, policy in policies:
        if policy.name in first:
            message = f"two policies of the list are called {shown(policy.name)}; each needs a name of its own."
            library.tell(document, here, message)
        first.setdefault(policy.name, here)


def _check_staff(policies: list[tuple[KeyPath, Policy]], document: Document, library: Library) -> None:
    """Refuse more posts in a month than a run may have; their number grows only where a policy starts."""
    for here, policy in policies:
        posts = sum(
            p.facilitators.number for _, p in policies if p.facilitators is not None and p.in_force(policy.start)
        )
        if policy.facilitators is not None and posts > MOST_FACILITATORS:
            message = (
                f"{posts} facilitators are in force in {month_name(policy.start)} over all policies; "
                f"expected at most {MOST_FACILITATORS}."
            )
            library.tell(document, here, message)


def _costs(document: Document, library: Library) -> CostBook | None:
    if not isinstance(document.value(("costs",)), str):
        return None
    own = library.read_named(document, ("costs",), "costs")
    return read_as(CostBook, own, library.found) if own else None


def model_parameters() -> type[ModelParameters]:
    """Return the class of all parameters; importing it takes a while."""
    from simcomunita.mechanisms import ModelParameters

    return ModelParameters


def _scenario_parameters(document: Document, library: Library) -> ModelParameters | None:
    """Read a scenario's parameters: a mapping, a file, or a list of these of which later ones win."""
    at: KeyPath = ("parameters",)
    written = document.value(at)
    listed = isinstance(written, list)
    items = [((*at, i), item) for i, item in enumerate(written)] if listed else [(at, written)]
    parts: list[Part] = []
    wrong = False
    for here, item in items:
        if isinstance(item, str):
            own = library.read_named(document, here, "parameters")
            wrong |= own is None
            parts += [(own, ())] if own else []
        elif isinstance(item, dict):
            parts.append((document, here))
        elif listed:
            library.tell(document, here, f"{shown(item)} is not valid here; expected a mapping or a file.")
            wrong = True
    switches = _switches(document, library)
    parameters = read_parameters([*parts, *(switches or ())], library)
    return None if wrong or switches is None else parameters


def read_parameters(parts: list[Part], library: Library) -> ModelParameters | None:
    """Read parameters written in several places; each is checked where it stands, then all together."""
    model = model_parameters()
    sound = [read_as(model, document, library.found, at) is not None for document, at in parts]
    if not all(sound):
        return None
    together = merged([_taken_out(document, at) for document, at in parts]) if parts else None
    return read_as(model, together, library.found) if together else model()


def _taken_out(document: Document, at: KeyPath) -> Document:
    """Make a document of what stands at a key path; its places stay where they were."""
    depth = len(at)
    places = {path[depth:]: place for path, place in document.places.items() if path[:depth] == at}
    return Document(document.source, document.value(at), places)


def _switches(document: Document, library: Library) -> list[Part] | None:
    """Turn the list of mechanisms that are on or off into parameters; ``None`` if one of them is unknown."""
    at: KeyPath = ("mechanisms",)
    written = document.value(at)
    if not isinstance(written, dict):
        return []
    model = model_parameters()
    known = [name for name in model.model_fields if expectation(model, (name, "on")) == "on or off"]
    wrong = [name for name in written if name not in known]
    for name in wrong:
        library.tell(document, (*at, name), unknown(name, known, "mechanism that can be switched"))
    if wrong:
        return None
    values = {name: {"on": on} for name, on in written.items() if isinstance(on, bool)}
    places: dict[KeyPath, Place] = {(name,): document.place((*at, name)) for name in written}
    places[()] = document.place(at)
    return [(Document(document.source, values, places), ())]
