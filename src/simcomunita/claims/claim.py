"""A claim that was read, and what must be lived to try it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import simcomunita
from simcomunita.claims.contrasts import Contrast
from simcomunita.experiment.draws import Design
from simcomunita.experiment.plan import Identity, MakeModel, Task, Trunk, code_fingerprint, community_model
from simcomunita.scenario.forms import Words
from simcomunita.scenario.scenario import fingerprint

if TYPE_CHECKING:
    from simcomunita.mechanisms import ModelParameters
    from simcomunita.policy import Policy
    from simcomunita.scenario import Scenario


@dataclass(frozen=True)
class Arm:
    """One way that things could go.

    Attributes
    ----------
    policies
        In force from the month in which the arms part.
    held
        Parameters and switches that the arm holds fast, whatever is drawn, by mechanism.
    """

    policies: tuple[Policy, ...]
    held: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Claim:
    """One claim of the project, and the small study that tries it."""

    name: str
    title: Words
    claim: Words
    source: str
    done: Words
    discussion: Words | None
    history: Scenario
    """Its policies are those of the months before `branch_at`."""
    branch_at: int
    until: int
    arms: Mapping[str, Arm]
    contrasts: tuple[Contrast, ...]
    scale: float | None = None
    """Share of the residents, where it needs more than the ledger says."""

    def trunks(self, design: Design, draw: int) -> tuple[Trunk, ...]:
        """Return all that is lived for a draw: arms that hold the same parameters share their history."""
        shared: dict[str, dict[str, tuple[Policy, ...]]] = {}
        held: dict[str, Mapping[str, Mapping[str, Any]]] = {}
        for name, arm in self.arms.items():
            key = fingerprint(arm.held)
            shared.setdefault(key, {})[name] = arm.policies
            held[key] = arm.held
        drawn = design.parameters(self.history.parameters, draw)
        return tuple(
            Trunk(
                dataclasses.replace(self.history, parameters=_holding(drawn, held[key])),
                self.branch_at,
                self.until,
                branches,
            )
            for key, branches in shared.items()
        )


def _holding(drawn: ModelParameters, held: Mapping[str, Mapping[str, Any]]) -> ModelParameters:
    if not held:
        return drawn
    values = drawn.model_dump()
    for mechanism, own in held.items():
        values[mechanism] |= own
    return type(drawn).model_validate(values)


@dataclass(frozen=True)
class ClaimPlan:
    """A claim before it is run."""

    claim: Claim
    design: Design
    tasks: tuple[Task, ...]
    scale: float
    make_model: MakeModel = community_model

    @cached_property
    def identity(self) -> Identity:
        """What the results will be results of: all that is lived, but not how it is judged."""
        lived = [
            {
                "history": trunk.history.configuration_hash,
                "dates": [trunk.branch_at, trunk.until],
                "branches": {
                    name: [policy.model_dump(mode="json", exclude={"name"}) for policy in policies]
                    for name, policies in trunk.branches.items()
                },
            }
            for draw in (0, 1)  # draw 1 stands for the design: its seed, its ranges and the way of drawing
            for trunk in self.trunks(draw)
        ]
        return Identity(self.claim.name, fingerprint(lived), self.scale, simcomunita.__version__, code_fingerprint())

    def trunks(self, draw: int) -> tuple[Trunk, ...]:
        """Return all that one task lives."""
        return self.claim.trunks(self.design, draw)

    def bare(self) -> Self:
        """Return the same without tasks."""
        return dataclasses.replace(self, tasks=())
