"""From files to claims, with everything that is wrong told at once.

Claims name scenarios and policies of those that come with the package, so that they mean the same wherever that is
installed. A policy may be written ``like`` one of these: what is written then goes on top, key by key, and it is in
force as long as the arm is, unless it says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from simcomunita.claims.amounts import Amount, Window
from simcomunita.claims.claim import Arm, Claim
from simcomunita.claims.contrasts import WAYS, Contrast, Look
from simcomunita.claims.forms import ClaimForm, ContrastForm, LedgerForm, WindowForm
from simcomunita.configuration import (
    ConfigurationError,
    Document,
    KeyPath,
    Problems,
    Source,
    did_you_mean,
    read_as,
    read_yaml,
    shown,
)
from simcomunita.months import MOST_MONTHS, month_name
from simcomunita.policy import Policy
from simcomunita.policy.levers import Surroundings
from simcomunita.scenario.composing import Library, merged
from simcomunita.scenario.forms import unknown
from simcomunita.scenario.names import exists, find
from simcomunita.scenario.parts import model_parameters, month_at, read_parameters, read_scenario
from simcomunita.scenario.scenario import Scenario
from simcomunita.scenario.studies import measures

LEDGER = "ledger.yaml"


def home() -> Path:
    """Return the folder of the claims that come with the package."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "configs" / "claims"
    return inside if inside.is_dir() else package.parents[1] / "experiments" / "claims" / "studies"


def known_claims() -> list[str]:
    """Return the names of the claims that come with the package, in the order of the ledger's page."""
    return sorted(file.stem for file in home().glob("*.yaml") if file.name != LEDGER)


def load_ledger() -> LedgerForm:
    """Read how the claims are run.

    Raises
    ------
    ConfigurationError
        With everything that is wrong in it.
    """
    found = Problems()
    document = read_yaml(_source(home() / LEDGER), found)
    form = read_as(LedgerForm, document, found)
    if form is not None:
        for i, name in enumerate(form.screen.outcomes):
            if name not in measures():
                found.found.append(document.problem(("screen", "outcomes", i), unknown(name, measures(), "measure")))
    found.settle()
    assert form is not None
    return form


def load_claims(names: Sequence[str] = ()) -> list[Claim]:
    """Read claims: those named, by name or by file, or all that come with the package.

    Raises
    ------
    ConfigurationError
        With everything that is wrong in all of them.
    """
    found = Problems()
    claims: list[Claim] = []
    for name in dict.fromkeys(names or known_claims()):
        with found.gathering():
            claims.append(load_claim(_file(name)))
    if not found.any and not claims:
        raise ConfigurationError.of(home(), "there are no claims.")
    found.settle()
    return claims


def load_claim(file: Path) -> Claim:
    """Read one claim.

    Raises
    ------
    ConfigurationError
        With everything that is wrong in it.
    """
    library = Library.around(_source(file))
    document = library.read(_source(file))
    claim = _Reader(_with_defaults(document), library).claim() if document is not None else None
    library.found.settle()
    assert claim is not None
    return claim


def _file(name: str) -> Path:
    shipped = home() / f"{name}.yaml"
    if name in known_claims():
        return shipped
    if exists(Path(name)):
        return Path(name)
    raise ConfigurationError.of(name, f"there is no claim of that name. {did_you_mean(name, known_claims())}")


def _source(file: Path) -> Source:
    return Source(str(file), file)


@dataclass(frozen=True)
class _Reader:
    """Reads one document; what is wrong is noted in the library."""

    document: Document
    library: Library

    def claim(self) -> Claim | None:
        document, found = self.document, self.library.found
        form = read_as(ClaimForm, document, found)
        history = self._history()
        arms = document.value(("arms",))
        written = arms if isinstance(arms, dict) else {}
        self._check_contrasts(list(written))
        if history is None:
            return None
        begin, until = month_at(document, ("branch_at",)) or history.start, month_at(document, ("until",))
        if until is not None:
            self._check_dates(history, begin, until)
            self._check_windows(history.start, until)
        read = {name: self._arm(name, history, begin, until or history.end) for name in written}
        if found.any or form is None:
            return None
        return Claim(
            form.name,
            form.title,
            form.claim,
            form.source,
            form.done,
            form.discussion,
            replace(history, policies=_until(history.policies, begin), end=max(begin - 1, history.start)),
            begin,
            form.until,
            {name: arm for name, arm in read.items() if arm is not None},
            tuple(map(_contrast, form.contrasts)),
            form.scale,
        )

    def _tell(self, at: KeyPath, message: str) -> None:
        self.library.tell(self.document, at, message)

    def _shipped(self, at: KeyPath, folder: str, what: str) -> tuple[Document, Library] | None:
        """Read a file that comes with the package, by the name that stands at a key path."""
        name = self.document.value(at)
        if not isinstance(name, str):
            self._tell(
                at, f"{shown(name)} is not valid here; expected the name of a {what} that comes with the package."
            )
            return None
        try:
            source = find(Path(folder) / name, (folder,))
        except ConfigurationError as error:
            self._tell(at, error.problems[0].message)
            return None
        if not exists(source.path):
            known = sorted(file.stem for file in _folder(folder).glob("*.yaml"))
            self._tell(at, unknown(name, known, f"{what} that comes with the package"))
            return None
        around = Library.around(source)
        around.found = self.library.found
        document = around.read(source)
        return (document, around) if document is not None else None

    def _history(self) -> Scenario | None:
        found = self._shipped(("history",), "scenarios", "scenario")
        return read_scenario(*found) if found else None

    def _arm(self, name: str, history: Scenario, begin: int, until: int) -> Arm | None:
        at: KeyPath = ("arms", name)
        written = self.document.value(at)
        if not isinstance(written, dict):
            return None  # the form has said so
        policies = written.get("policies", [])
        if not isinstance(policies, list):
            self._tell((*at, "policies"), f"this is {shown(policies)}; expected a list of policies.")
            return None
        around = Surroundings(history.territory.names, begin, until)
        read = [self._policy((*at, "policies", i), around) for i in range(len(policies))]
        held = self._held(at, written)
        return Arm(tuple(policy for policy in read if policy is not None), held)

    def _policy(self, at: KeyPath, around: Surroundings) -> Policy | None:
        written = self.document.value(at)
        if not isinstance(written, str | dict):
            self._tell(at, f"{shown(written)} is not valid here; expected the name of a policy, or its keys.")
            return None
        parts = [Document(self.document.source, {}, {(): self.document.place(at)})]
        if isinstance(written, str) or "like" in written:
            base = self._shipped(at if isinstance(written, str) else (*at, "like"), "policies", "policy")
            if base is None:
                return None
            parts = [base[0]]
        parts = [_lived(parts[0], around), *([_own(self.document, at)] if isinstance(written, dict) else [])]
        return read_as(Policy, merged(parts), self.library.found, context=around)

    def _held(self, at: KeyPath, written: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """Read the parameters and switches that an arm holds fast."""
        values: dict[str, dict[str, Any]] = {}
        parameters = written.get("parameters")
        if isinstance(parameters, dict) and read_parameters([(self.document, (*at, "parameters"))], self.library):
            values = {name: dict(own) for name, own in parameters.items()}
        known = [name for name, info in model_parameters().model_fields.items() if _has_switch(info.annotation)]
        switches = written.get("mechanisms")
        for name, on in switches.items() if isinstance(switches, dict) else ():
            if name not in known:
                self._tell((*at, "mechanisms", name), unknown(name, known, "mechanism that can be switched"))
            values.setdefault(name, {})["on"] = on
        return values

    def _check_dates(self, history: Scenario, begin: int, until: int) -> None:
        if begin < history.start:
            self._tell(("branch_at",), f"the history begins in {month_name(history.start)}; expected a later month.")
        if until < begin:
            self._tell(("until",), f"{month_name(until)} is before the arms begin, {month_name(begin)}.")
        if until - history.start >= MOST_MONTHS:
            message = f"{until - history.start + 1:,} months from start to end; expected at most {MOST_MONTHS}."
            self._tell(("until",), message)

    def _check_contrasts(self, arms: list[str]) -> None:
        contrasts = self.document.value(("contrasts",))
        if contrasts == []:
            self._tell(("contrasts",), "the list is empty; expected one at least.")
        for i, one in enumerate(contrasts if isinstance(contrasts, list) else ()):
            if isinstance(one, dict):
                self._check_contrast(("contrasts", i), one, arms)

    def _check_contrast(self, at: KeyPath, one: dict[str, Any], arms: list[str]) -> None:
        named = one.get("arms")
        for j, arm in enumerate(named if isinstance(named, list) else ()):
            if arm not in arms:
                self._tell((*at, "arms", j), unknown(str(arm), arms, "arm of this claim"))
        for key in ("measure", "per"):
            given = one.get(key)
            places = [((*at, key), given)] if isinstance(given, str) else []
            places += [((*at, key, j), name) for j, name in enumerate(given)] if isinstance(given, list) else []
            for place, name in places:
                if name not in measures():
                    self._tell(place, unknown(str(name), measures(), "measure"))
        way = WAYS.get(str(one.get("kind")))
        if way is None:
            return  # the form has said so
        if isinstance(named, list) and len(named) != way.arms:
            self._tell((*at, "arms"), f"there are {len(named)} of them; {shown(one['kind'])} takes {way.arms}.")
        for key in way.needs:
            if one.get(key) is None:
                self._tell(at, f'"{key}" is missing; {shown(one["kind"])} needs it.')
        for key in ("since", "number"):
            if one.get(key) is not None and key not in way.needs:
                self._tell((*at, key), f"{shown(one['kind'])} does not use it; leave it out.")

    def _check_windows(self, start: int, until: int) -> None:
        contrasts = self.document.value(("contrasts",))
        for i in range(len(contrasts) if isinstance(contrasts, list) else 0):
            for key in ("over", "since"):
                at: KeyPath = ("contrasts", i, key)
                one = month_at(self.document, at)
                first = month_at(self.document, (*at, "from")) if one is None else one
                last = month_at(self.document, (*at, "until")) if one is None else one
                if first is not None and last is not None and not start <= first <= last <= until:
                    said = f"{month_name(first)} to {month_name(last)}"
                    lived = f"{month_name(start)} to {month_name(until)}"
                    self._tell(at, f"{said} does not lie within what is lived, {lived}.")


def _contrast(form: ContrastForm) -> Contrast:
    late, early = _months(form.over), _months(form.since) if form.since else None
    return Contrast(
        {"en": form.says.en, "it": form.says.it},
        form.kind,
        form.arms,
        Look(Amount(form.measure, form.per), late, early, form.number),
        form.expect,
        form.matters,
    )


def _months(form: WindowForm) -> Window:
    return Window(form.start, form.until)


def _until(policies: tuple[Policy, ...], month: int) -> tuple[Policy, ...]:
    """Return what of policies is in force before a month."""
    return tuple(
        policy.model_copy(
            update={
                "until": min(policy.until, month - 1),
                "calls": tuple(call for call in policy.calls if call.month < month),
            }
        )
        for policy in policies
        if policy.start < month
    )


def _folder(name: str) -> Path:
    from simcomunita.scenario import shipped_root

    root = shipped_root()
    assert root is not None
    return root / name


def _has_switch(kind: Any) -> bool:
    return "on" in getattr(kind, "model_fields", {})


def _with(document: Document, more: dict[str, Any]) -> Document:
    return replace(document, data={**document.data, **more}) if isinstance(document.data, dict) else document


def _with_defaults(document: Document) -> Document:
    """Fill in the scenario that a claim's arms begin with, where the claim names none."""
    given = isinstance(document.data, dict) and "history" in document.data
    return document if given else _with(document, {"history": ClaimForm.model_fields["history"].default})


def _lived(document: Document, around: Surroundings) -> Document:
    """Give a policy the dates of the arm, and of its calls for ideas those that fall into them."""
    first, last = around.first or 0, around.last or 0
    dates = {"from": month_name(first), "until": month_name(last)}
    calls = document.value(("calls",)) or []
    kept = [call for call in calls if dates["from"] <= str(call.get("month")) <= dates["until"]]
    return _with(document, {**dates, **({"calls": kept} if calls else {})})


def _own(document: Document, at: KeyPath) -> Document:
    """Make a document of a policy that is written out, without the name of what it is like."""
    depth = len(at)
    places = {path[depth:]: place for path, place in document.places.items() if path[:depth] == at}
    data = {key: value for key, value in document.value(at).items() if key != "like"}
    return Document(document.source, data, places)
