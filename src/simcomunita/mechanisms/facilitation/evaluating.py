"""Evaluating: each quarter, hours move towards what worked.

A facilitator compares what an hour of mapping, hooking, connecting and running groups yielded, and leans towards
what yielded most; how far depends on the hours given to evaluation. Learning from results by small steps is the
idea of adaptive management (Argyris & Schön 1978, *Organizational Learning*). Documentation and evaluation show no
yield of their own and are left as planned.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simcomunita.agents.facilitator import Facilitator
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters

COMPARED = ("map", "hook", "connect", "run_groups")
QUARTER = 3
LEAST_LEAN, MOST_LEAN = 0.5, 2.0


def evaluate(facilitator: Facilitator, hours: float, community: Community, parameters: ModelParameters) -> None:
    """Note the hours; at the end of each quarter in the post, lean."""
    p = parameters.facilitation
    facilitator.note("evaluate", hours, 0.0)
    if (community.month - facilitator.hired + 1) % QUARTER:
        return
    grip = min(1.0, facilitator.spent["evaluate"] / (QUARTER * p.evaluation_full))
    yields = {
        task: facilitator.gained[task] / facilitator.spent[task] for task in COMPARED if facilitator.spent[task] > 0
    }
    if yields and grip > 0 and max(yields.values()) > 0:
        mean = math.fsum(yields.values()) / len(yields)
        for task, found in yields.items():
            step = p.boldness * grip * (found - mean) / max(yields.values())
            facilitator.lean[task] = min(MOST_LEAN, max(LEAST_LEAN, facilitator.lean[task] * (1 + step)))
    for task in facilitator.spent:
        facilitator.spent[task] = 0.0
        facilitator.gained[task] = 0.0
