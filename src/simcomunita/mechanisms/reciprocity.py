"""The informal animates the formal, and the formal supports the informal.

Off: neither changes the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcomunita.configuration import Parameters

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters


class ReciprocityParameters(Parameters):
    """Of reciprocity."""

    on: bool = True
    """Whether either coupling acts at all."""


def reciprocity(community: Community, parameters: ModelParameters) -> None:
    """Nothing yet."""
