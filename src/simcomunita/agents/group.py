"""Groups: the initiatives in which citizens meet."""

from __future__ import annotations

from dataclasses import dataclass, replace

LARGE = 12
"""Members above which a group counts as large: more than can speak in a circle (Hare 1981, American Behavioral
Scientist 24:695)."""


@dataclass
class Group:
    """A group that meets in a neighbourhood around a shared need; each meeting is a proximity lab.

    Who belongs to it stands in the community's column `group_of`.

    Attributes
    ----------
    number
        Its address for chance: made from its post, its month and its turn, never from how many groups there were.
    area
        The area of need around which it was brought together.
    municipality, neighbourhood
        Where it meets.
    founded
        Month.
    post
        The facilitator's post that started it.
    accompanied_by
        The post that accompanies it, -1 when nobody does.
    shape
        In [0, 1]: how far the group carries itself.
    partner
        Number of the organisation that co-organises, -1 for none.
    hours
        Staff hours that it got this month.
    support
        Hours that organisations gave it this month.
    size
        How many members.
    meetings, met
        How many meetings it has held, and in which month the last, -1 before the first.
    co_led
        Whether the last meeting was run together with citizens or an organisation.
    initiative
        Its number in the lineage, -1 for none.
    novelty
        In [0, 1]: how new what it does still is to the neighbourhood.
    ease
        In [0, 1]: how far routine and trust have made running it easy.
    """

    number: int
    area: int
    municipality: int
    neighbourhood: int
    founded: int
    post: int
    accompanied_by: int
    shape: float = 0.0
    partner: int = -1
    hours: float = 0.0
    support: float = 0.0
    size: int = 0
    meetings: int = 0
    met: int = -1
    co_led: bool = False
    initiative: int = -1
    novelty: float = 1.0
    ease: float = 0.0

    @property
    def large(self) -> bool:
        """Whether more belong to it than can speak in a circle."""
        return self.size > LARGE

    def copy(self) -> Group:
        """The same group, to be changed independently."""
        return replace(self)
