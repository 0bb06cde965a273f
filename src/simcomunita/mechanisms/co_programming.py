"""Organisations plan and act together.

Off: nobody works together, bids or pools.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcomunita.configuration import Parameters

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters


class CoProgrammingParameters(Parameters):
    """Of co-programming."""

    on: bool = True
    """Whether organisations work together at all."""


def co_programming(community: Community, parameters: ModelParameters) -> None:
    """Nothing yet."""
