"""Experiences generate experiences.

Off: no group forms by itself, proposes, or is copied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcomunita.configuration import Parameters

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters


class GenerationParameters(Parameters):
    """Of generation."""

    on: bool = True
    """Whether initiatives beget initiatives."""


def generation(community: Community, parameters: ModelParameters) -> None:
    """Nothing yet."""
