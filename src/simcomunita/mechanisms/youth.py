"""Young people: a look into work, older with younger, spaces of their own.

Off: no placement, no mentor, no space.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcomunita.configuration import Parameters

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters


class YouthParameters(Parameters):
    """Of youth."""

    on: bool = True
    """Whether anything is done with young people."""


def youth(community: Community, parameters: ModelParameters) -> None:
    """Nothing yet."""
