"""What is repeated gets easier, and usual.

Off: every meeting is as the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcomunita.configuration import Parameters

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters


class RoutineParameters(Parameters):
    """Of routine."""

    on: bool = True
    """Whether repetition changes anything."""


def routine(community: Community, parameters: ModelParameters) -> None:
    """Nothing yet."""
