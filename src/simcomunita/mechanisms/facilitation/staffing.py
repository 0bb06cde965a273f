"""Posts are filled, left and filled again; what was written down stays for whoever comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simcomunita.agents.facilitator import Facilitator
from simcomunita.mechanisms.facilitation.documenting import OUT_OF_DATE
from simcomunita.policy.calendar import Post

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters


def fill_posts(community: Community, parameters: ModelParameters) -> None:
    """Hire, let go, and replace who leaves; each post keeps its home while it is funded."""
    month = community.month
    community.written_practice *= 1 - OUT_OF_DATE
    posts = community.posts()
    staff = {f.post.ordinal: f for f in community.facilitators}
    if not posts and not staff:
        return
    filled: list[Facilitator] = []
    for post, (home, catchment) in zip(posts, community.placements(posts), strict=True):
        here = staff.pop(post.ordinal, None)
        if here is not None and here.home != home:
            _leave(here, community)
            here = None
        if here is None:
            here = _hire(community, post, home, catchment)
            _count_hired(community)
        elif community.chance.happens("facilitation.leaves", month, parameters.facilitation.turnover, here.number):
            here = _replace(here, community, post)
            _count_hired(community)
        here.post, here.catchment = post, catchment
        filled.append(here)
    for facilitator in staff.values():
        _leave(facilitator, community)
    community.facilitators = filled
    employed = {f.post.ordinal for f in filled}
    for group in community.groups:
        if group.accompanied_by not in employed:
            group.accompanied_by = -1


def _count_hired(community: Community) -> None:
    """Whoever is hired as a facilitator is trained for it."""
    community.ledger.count("facilitators_hired", 1)
    community.ledger.count("professionals_trained", 1)


def _hire(community: Community, post: Post, home: int, catchment: tuple[int, ...]) -> Facilitator:
    """A newcomer, who reads what earlier facilitators wrote down about the catchment."""
    newcomer = Facilitator(community, post, home, catchment)
    written = np.flatnonzero(community.written)
    newcomer.read(written[np.isin(community.population.municipality[written], catchment)], community.written_practice)
    return newcomer


def _leave(facilitator: Facilitator, community: Community) -> None:
    """The person goes, and with them what they knew, except what they wrote down."""
    community.written |= facilitator.documented
    community.written_practice = max(community.written_practice, facilitator.practice)
    facilitator.remove()


def _replace(leaver: Facilitator, community: Community, post: Post) -> Facilitator:
    successor = Facilitator(community, post, leaver.home, leaver.catchment)
    successor.read(np.flatnonzero(leaver.documented), leaver.practice)
    _leave(leaver, community)
    return successor
