"""From files to a scenario or a study, with everything that is wrong told at once."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, TypeVar, get_args

from simcomunita.configuration import ConfigurationError, Document, Problems, Source, read_as, shown
from simcomunita.policy import CostBook, Policy
from simcomunita.policy.levers import Surroundings
from simcomunita.scenario.composing import Library
from simcomunita.scenario.names import exists, find, is_folder, printable, shipped
from simcomunita.scenario.parts import model_parameters, read_parameters, read_scenario
from simcomunita.scenario.posterior import read_posterior
from simcomunita.scenario.scenario import Scenario, Study
from simcomunita.scenario.studies import read_study

Kind = Literal["study", "scenario", "policy", "set of parameters", "cost book", "territory"]
Found = TypeVar("Found")

_FOLDERS: dict[Kind, str] = {
    "study": "studies",
    "scenario": "scenarios",
    "policy": "policies",
    "set of parameters": "parameters",
    "cost book": "costs",
    "territory": "territories",
}
_COMMANDS = {"study": "compare", "scenario": "run", "territory": "territory describe"}


def load_scenario(path: str | Path) -> Scenario:
    """Read a scenario, from its file or by the name of one that comes with the package.

    Raises
    ------
    ConfigurationError
        With everything that is wrong in all its files.
    """
    library, document = _open(path, "scenario")
    return _settled(read_scenario(document, library), library)


def load_study(path: str | Path) -> Study:
    """Read a study, from its file or by the name of one that comes with the package.

    Raises
    ------
    ConfigurationError
        With everything that is wrong in all its files.
    """
    library, document = _open(path, "study")
    return _settled(read_study(document, library), library)


def check_file(path: str | Path) -> Kind:
    """Check any configuration and return what it is, told by what it holds.

    Raises
    ------
    ConfigurationError
        With everything that is wrong in it and in all files it names, or if it is no configuration at all.
    """
    top = find(path)
    if is_folder(top.path) or top.path.name == "territory.yaml":
        return _check_territory(top)
    if top.path.suffix == ".csv":
        message = "this is a table; check the folder of the territory that it belongs to."
        raise ConfigurationError.of(top.shown, message)
    library = Library.around(top)
    document = _read(library.read(top), library)
    kind = _recognised(document)
    if kind is None:
        if not library.found.any:
            library.tell(document, (), _unrecognised(document))
        library.found.settle()
        raise AssertionError("a problem was just noted")
    if kind == "territory":
        return _check_territory(top)
    match kind:
        case "study":
            read_study(document, library)
        case "scenario":
            read_scenario(document, library)
        case "policy":
            read_as(Policy, document, library.found, context=Surroundings())
        case "set of parameters":
            read_parameters([(document, ())], library)
        case "cost book":
            read_as(CostBook, document, library.found)
    library.found.settle()
    return kind


def _check_territory(top: Source) -> Kind:
    from simcomunita.territory import read_territory

    found = Problems()
    with found.gathering():
        read_territory(top.path)
    with found.gathering():
        read_posterior(top)
    found.settle()
    return "territory"


def _settled(read: Found | None, library: Library) -> Found:
    """Return what was read if nothing is wrong, else raise all that is."""
    library.found.settle()
    return _read(read, library)


def _read(read: Found | None, library: Library) -> Found:
    """Return what was read if it was, whatever else is wrong."""
    if read is None:
        library.found.settle()
        raise AssertionError("what cannot be read leaves a problem")
    return read


def find_territory(path: str | Path) -> Source:
    """Find a territory's folder, or the one of that name that comes with the package.

    Raises
    ------
    ConfigurationError
        If there is none, or if it is something else.
    """
    top = _find(path, "territory")
    if exists(top.path) and not is_folder(top.path) and top.path.name != "territory.yaml":
        kind = None
        if top.path.suffix in (".yaml", ".yml"):
            library = Library.around(top)
            kind = _recognised(_read(library.read(top), library))
        said = f"a {kind}{_taken_by(kind)}" if kind else "a file"
        raise ConfigurationError.of(top.shown, f"this is {said}; expected a territory's folder.")
    return top


def _open(path: str | Path, wanted: Kind) -> tuple[Library, Document]:
    top = _find(path, wanted)
    if is_folder(top.path) and exists(top.path / "territory.yaml"):
        message = f"this is a territory{_taken_by('territory')}; expected a {wanted}."
        raise ConfigurationError.of(top.shown, message)
    library = Library.around(top)
    document = _read(library.read(top), library)
    kind = _recognised(document)
    if kind is not None and kind != wanted:
        message = f"this is a {kind}{_taken_by(kind)}; expected a {wanted}."
        raise ConfigurationError.of(top.shown, message)
    return library, document


def _find(path: str | Path, wanted: Kind) -> Source:
    """Find a file, or what comes with the package; of another kind's name, say so."""
    own = (_FOLDERS[wanted],)
    if not exists(Path(path)) and shipped(Path(path), own) is None:
        for kind, folder in _FOLDERS.items():
            if shipped(Path(path), (folder,)) is not None:
                message = f"this is a {kind} that comes with the package{_taken_by(kind)}; expected a {wanted}."
                raise ConfigurationError.of(printable(path), message)
    return find(path, own)


def _taken_by(kind: Kind) -> str:
    if kind in _COMMANDS:
        return f' ("simcomunita {_COMMANDS[kind]}" takes it)'
    return ' (scenarios and studies name it; "simcomunita check" takes it)'


def _unrecognised(document: Document) -> str:
    if isinstance(document.data, str):
        said = "this is text without keys"
    elif not isinstance(document.data, dict):
        said = f"this is {shown(document.data)}"
    elif document.data:
        said = f"its keys are {', '.join(shown(key) for key in list(document.data)[:5])}"
    else:
        said = "it has no keys that can be read"
    return f"{said}; expected those of a {', '.join(get_args(Kind)[:-1])} or territory."


def _recognised(document: Document) -> Kind | None:
    """Tell what a file is by the kind that has most of its keys; ``None`` if no kind has any."""
    if not isinstance(document.data, dict):
        return None
    keys = set(document.data)
    telling: dict[Kind, set[str]] = {
        "study": {"history", "branch_at", "scenarios", "baseline", "seeds", "headline", "measures", "question"},
        "scenario": {"territory", "start", "end", "costs", "parameters", "mechanisms", "policies"},
        "policy": {"from", *Policy.model_fields} - {"name", "start", "until"},
        "cost book": {
            "currency",
            "prices_of",
            "full_time_hours",
            "facilitator",
            "coordination",
            "place",
            "lab",
        },
        "territory": {"label", "region", "reference_year", "assumptions", "targets", "detour", "files"},
        "set of parameters": set(model_parameters().model_fields),
    }
    scores = {kind: len(keys & words) for kind, words in telling.items()}
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] else None
