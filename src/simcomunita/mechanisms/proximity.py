"""Needs that neighbours meet together, and neighbours who point at those who never ask.

Off: needs wait for services.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcomunita.configuration import Parameters

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters


class ProximityParameters(Parameters):
    """Of proximity."""

    on: bool = True
    """Whether neighbours help each other and refer others."""


def proximity(community: Community, parameters: ModelParameters) -> None:
    """Nothing yet."""
