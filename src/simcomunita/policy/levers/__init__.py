"""What a planner can fund, lever by lever.

A policy is a name, two dates and some levers. Each lever's text says what it means, how it acts and what it costs;
pages, tables and error messages take it from here.
"""

from simcomunita.policy.levers.areas import HousingLever, WorkLever, YouthLever
from simcomunita.policy.levers.facilitators import (
    COMMUNITY_SPLIT,
    TASKS,
    Accompaniment,
    Conduct,
    Exchange,
    FacilitatorLever,
    TaskShares,
)
from simcomunita.policy.levers.names import (
    FIRST_MONTH,
    LAST_MONTH,
    MOST_FACILITATORS,
    Month,
    Municipality,
    Name,
    Surroundings,
    check_municipality,
)
from simcomunita.policy.levers.organisations import CallForIdeas, CoProgrammingLever
from simcomunita.policy.levers.outside import OutsideEvent
from simcomunita.policy.levers.policy import USUAL_OUTREACH, USUAL_PAPERWORK, Outreach, Policy

__all__ = [
    "COMMUNITY_SPLIT",
    "FIRST_MONTH",
    "LAST_MONTH",
    "MOST_FACILITATORS",
    "TASKS",
    "USUAL_OUTREACH",
    "USUAL_PAPERWORK",
    "Accompaniment",
    "CallForIdeas",
    "CoProgrammingLever",
    "Conduct",
    "Exchange",
    "FacilitatorLever",
    "HousingLever",
    "Month",
    "Municipality",
    "Name",
    "Outreach",
    "OutsideEvent",
    "Policy",
    "Surroundings",
    "TaskShares",
    "WorkLever",
    "YouthLever",
    "check_municipality",
]
