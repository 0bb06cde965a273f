"""Posts are filled, left and filled again; places open and close with the money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcomunita.agents.facilitator import Facilitator
from simcomunita.policy.calendar import Post

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters


def fill_posts(community: Community, parameters: ModelParameters) -> None:
    """Hire, let go, and replace who leaves; each post keeps its home while it is funded."""
    population, month = community.population, community.month
    community.places.open(community.levers.places, population, community.chance, parameters.asking.place_reach)
    posts = community.posts()
    staff = {f.post.ordinal: f for f in community.facilitators}
    if not posts and not staff:
        return
    filled: list[Facilitator] = []
    for post, (home, catchment) in zip(posts, community.placements(posts), strict=True):
        here = staff.pop(post.ordinal, None)
        if here is not None and here.home != home:
            _leave(here)
            here = None
        if here is None:
            here = Facilitator(community, post, home, catchment)
        elif community.chance.coin("facilitation.leaves", month, parameters.facilitation.turnover, here.number)[0]:
            here = _replace(here, community, post)
            community.ledger.count("facilitators_replaced", 1)
        here.post, here.catchment = post, catchment
        filled.append(here)
    for facilitator in staff.values():
        _leave(facilitator)
    community.facilitators = filled
    employed = {f.post.ordinal for f in filled}
    for group in community.groups:
        if group.accompanied_by not in employed:
            group.accompanied_by = -1


def _leave(facilitator: Facilitator) -> None:
    """The person goes, and with them what they knew."""
    facilitator.remove()


def _replace(leaver: Facilitator, community: Community, post: Post) -> Facilitator:
    successor = Facilitator(community, post, leaver.home, leaver.catchment)
    leaver.hand_over(successor)
    _leave(leaver)
    return successor
