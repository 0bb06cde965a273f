"""Facilitators spend their hours.

Paid community facilitators look after the network: they map, hook and activate, connect, run groups, document and
evaluate, and do casework besides. A file each; every task takes (facilitator, hours, community, parameters), spends
the hours, and notes what they yielded. Each facilitator decides (`Facilitator.plan_hours`, evaluation), knows only
whom they have met, and takes most of it along when leaving, except what is written down.

Off: posts are not filled, and nobody is trained.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from simcomunita.agents.facilitator import Facilitator
from simcomunita.mechanisms.facilitation.casework import casework
from simcomunita.mechanisms.facilitation.connecting import connect
from simcomunita.mechanisms.facilitation.documenting import document
from simcomunita.mechanisms.facilitation.evaluating import evaluate
from simcomunita.mechanisms.facilitation.grouping import run_groups
from simcomunita.mechanisms.facilitation.hooking import hook
from simcomunita.mechanisms.facilitation.mapping import map_resources
from simcomunita.mechanisms.facilitation.parameters import FacilitationParameters
from simcomunita.mechanisms.facilitation.staffing import fill_posts
from simcomunita.mechanisms.facilitation.training import train_professionals

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

Task = Callable[[Facilitator, float, "Community", "ModelParameters"], None]

TASKS: dict[str, Task] = {
    "casework": casework,
    "map": map_resources,
    "hook": hook,
    "run_groups": run_groups,
    "connect": connect,
    "document": document,
    "evaluate": evaluate,
}
"""The tasks, in the order in which a month's hours are spent."""

__all__ = ["TASKS", "FacilitationParameters", "facilitation"]


def facilitation(community: Community, parameters: ModelParameters) -> None:
    """Train professionals, fill the posts, and let every facilitator work a month."""
    train_professionals(community, parameters)
    fill_posts(community, parameters)
    for group in community.groups:
        group.hours = 0.0
    community.look_for_crises()
    for facilitator in community.facilitators:
        plan = facilitator.plan_hours()
        for name, task in TASKS.items():
            task(facilitator, plan[name], community, parameters)
