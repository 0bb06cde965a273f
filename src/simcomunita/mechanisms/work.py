"""Work: firms take on whom somebody they trust answers for.

Off: nobody is placed or hired.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcomunita.configuration import Parameters

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters


class WorkParameters(Parameters):
    """Of work."""

    on: bool = True
    """Whether anybody finds a placement or a job through the network."""


def work(community: Community, parameters: ModelParameters) -> None:
    """Nothing yet."""
