"""Homes: mediation, a fund that backs tenants, people who take people in, and houses shared.

Off: evictions take their course.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcomunita.configuration import Parameters

if TYPE_CHECKING:
    from simcomunita.community import Community
    from simcomunita.mechanisms import ModelParameters


class HousingParameters(Parameters):
    """Of housing."""

    on: bool = True
    """Whether anything happens in housing but shocks."""


def housing(community: Community, parameters: ModelParameters) -> None:
    """Nothing yet."""
