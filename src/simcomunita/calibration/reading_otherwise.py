"""From a file to what a calibration tries besides: other readings of the figures, mechanisms that are left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simcomunita.calibration.forms_otherwise import GroupForm, VariantForm, WithoutForm
from simcomunita.calibration.otherwise import Group, Variant, Without
from simcomunita.calibration.outcomes import Kind, Outcome
from simcomunita.configuration import KeyPath, expectation, shown, with_values
from simcomunita.outcomes.published import PUBLISHED
from simcomunita.scenario.forms import Words, unknown

if TYPE_CHECKING:
    from simcomunita.scenario import Scenario

Tell = Callable[[KeyPath, str], None]


def kind_of(measure: str) -> Kind:
    """Return how a measure is compared with what was published."""
    from simcomunita.outcomes import MEASURES

    kind = MEASURES[measure].kind
    return "share" if kind == "share" else "mean" if kind == "mean" else "count"


def variants(forms: Mapping[str, VariantForm], outcomes: tuple[Outcome, ...], tell: Tell) -> tuple[Variant, ...]:
    """Read other readings of the figures; what is wrong is told."""
    known = list(dict.fromkeys(one.outcome for one in outcomes))
    found = []
    for name, form in forms.items():
        at: KeyPath = ("variants", name)
        read = outcomes
        for outcome, measure in form.counted_as.items():
            here = (*at, "counted_as", outcome)
            kind = next((one.kind for one in outcomes if one.outcome == outcome), None)
            if kind is None:
                tell(here, unknown(outcome, known, "outcome of this calibration"))
            elif (problem := _no_reading(outcome, measure, kind)) is not None:
                tell(here, problem)
            else:
                read = tuple(replace(one, measure=measure) if one.outcome == outcome else one for one in read)
        for outcome, error in form.error.items():
            if outcome not in known:
                tell((*at, "error", outcome), unknown(outcome, known, "outcome of this calibration"))
            read = tuple(replace(one, error=error) if one.outcome == outcome else one for one in read)
        label = form.label or Words(en=name.replace("_", " "), it=name.replace("_", " "))
        found.append(Variant(name, label, form.because, read))
    return tuple(found)


def readings_of(outcome: str, kind: Kind) -> list[str]:
    """Return the measures by which an outcome can be counted that are compared in the same way, its own included."""
    return [one for one in (outcome, *PUBLISHED.get(outcome, ())) if outcome in PUBLISHED and kind_of(one) == kind]


def _no_reading(outcome: str, measure: str, kind: Kind) -> str | None:
    """Say why a measure is no reading of an outcome; ``None`` if it is one."""
    readings = readings_of(outcome, kind)
    if measure in readings:
        return None
    if len(readings) < 2:
        return f"{shown(outcome)} has no other reading; leave it out, or change its error."
    return unknown(measure, readings, f"reading of {shown(outcome)}")


def without(form: WithoutForm | None, scenario: Scenario, tell: Tell) -> Without | None:
    """Read which mechanisms are left out in turn; what is wrong is told."""
    if form is None:
        return None
    groups = [_group(name, one, scenario, tell) for name, one in form.groups.items()]
    return Without(form.points, form.scale, tuple(groups))


def _group(name: str, form: GroupForm, scenario: Scenario, tell: Tell) -> Group:
    model = type(scenario.parameters)
    at: KeyPath = ("without", "groups", name)
    switches = [one for one in model.model_fields if expectation(model, (one, "on")) == "on or off"]
    values: dict[str, Any] = {}
    for i, mechanism in enumerate(form.switch_off):
        if mechanism not in switches:
            tell((*at, "switch_off", i), unknown(mechanism, switches, "mechanism that can be switched"))
        values[f"{mechanism}.on"] = False
    names = [f"{one}.{key}" for one, part in scenario.parameters for key in type(part).model_fields]
    for key, value in form.parameters.items():
        here = (*at, "parameters", key)
        if key not in names:
            tell(here, unknown(key, names, "parameter"))
            continue
        try:
            with_values(scenario.parameters, {key: value})
        except ValueError:
            expected = expectation(model, tuple(key.split(".")))
            tell(here, f"{shown(value)} is no value that {shown(key)} can have; expected {expected}.")
        values[key] = value
    label = form.label or Words(en=name.replace("_", " "), it=name.replace("_", " "))
    return Group(name, label, form.because, values)
