"""What a comparison is about: the few facts of a study that tables, sentences and pictures need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from pydantic import BaseModel

from simcomunita.experiment.parameters import told
from simcomunita.experiment.plan import Identity, Plan
from simcomunita.experiment.wording import Language, words


@dataclass(frozen=True, slots=True)
class Funded:
    """A policy on the time line."""

    name: str
    scenario: str
    """Empty for the shared history."""
    start: int
    until: int
    means: Mapping[str, Any] = field(default_factory=dict)
    """The levers that it states, as its file does; empty in folders that were saved before they were kept."""


@dataclass(frozen=True)
class About:
    """Plain facts, so that they can stand in a file.

    Attributes
    ----------
    labels
        How each scenario is called, by language; in the study's order.
    start, branch_at, until
        Month numbers: the history's first, the first in which the scenarios differ, the last.
    residents
        Of the territory, before scaling.
    funded
        Policies in force, with their dates.
    """

    identity: Identity
    question: Mapping[str, str]
    territory: Mapping[str, str]
    residents: int
    labels: Mapping[str, Mapping[str, str]]
    baseline: str
    start: int
    branch_at: int
    until: int
    headline: tuple[str, ...]
    funded: tuple[Funded, ...] = ()
    precision: Mapping[str, Any] | None = None
    """What was asked for (measure, within, relative, at_most), if it was."""
    prices: Mapping[str, Any] = field(default_factory=dict)
    """The cost book: ``name``, ``prices_of`` (a year), and items with ``value``, ``unit``, ``low``, ``high`` and
    ``source``; empty in folders that were saved before it was kept."""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """What parameters it was run with, as `parameters.told` says it; empty in folders that were saved before."""

    @classmethod
    def of(cls, plan: Plan) -> Self:
        """Gather the facts of a plan."""
        study = plan.study
        futures = [("", study.history.policies)] + [(name, s.policies) for name, s in study.scenarios.items()]
        return cls(
            identity=plan.identity,
            question=words(study.question),
            territory=words(study.history.territory.label),
            residents=study.history.territory.residents,
            labels={name: words(scenario.label) for name, scenario in study.scenarios.items()},
            baseline=study.baseline,
            start=study.history.start,
            branch_at=study.branch_at,
            until=study.until,
            headline=tuple(study.headline),
            precision=asdict(plan.precision) if plan.precision else None,
            funded=tuple(
                Funded(p.name, where, p.start, p.until, _stated(p, "name", "start", "until"))
                for where, policies in futures
                for p in policies
            ),
            prices=_stated(getattr(study.history, "costs", None)),
            parameters=told(study),
        )

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Names of all scenarios, in the study's order."""
        return tuple(self.labels)

    @property
    def policies(self) -> tuple[str, ...]:
        """Names of the scenarios that are compared with the baseline."""
        return tuple(name for name in self.labels if name != self.baseline)

    @property
    def from_posterior(self) -> bool:
        """Whether parameters were drawn from a territory's posterior."""
        return self.parameters.get("drawn") == "posterior"

    @property
    def calibration(self) -> str:
        """Name of the calibration whose posterior parameters were drawn from; empty without one."""
        return str(self.parameters.get("about", {}).get("calibration", ""))

    @property
    def scale(self) -> float:
        """Share of the residents that was simulated."""
        return self.identity.scale

    def label(self, scenario: str, lang: Language) -> str:
        """How a scenario is called."""
        return self.labels[scenario][lang]

    def as_dict(self) -> dict[str, Any]:
        """Return it for a file."""
        return asdict(self)

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Self:
        """Take it back from a file."""
        return cls(
            **{
                **content,
                "identity": Identity(**content["identity"]),
                "headline": tuple(content["headline"]),
                "funded": tuple(Funded(**funded) for funded in content["funded"]),
            }
        )


def _stated(form: Any, *but: str) -> dict[str, Any]:
    """What a policy or a cost book states, as plain values; nothing of what stands for one in an experiment."""
    return form.model_dump(mode="json", exclude_unset=True, exclude=set(but)) if isinstance(form, BaseModel) else {}
