"""Who acts: citizens (columns, with views), facilitators, organisations, groups and places.

The Mesa agents stand in `citizen`, `facilitator` and `organisation`; import them from there, so that who only needs
the columns does not load Mesa.
"""

from simcomunita.agents.citizens import NO_CRISIS, Citizens, Source, Stage
from simcomunita.agents.group import Group
from simcomunita.agents.places import Places

__all__ = ["NO_CRISIS", "Citizens", "Group", "Places", "Source", "Stage"]
