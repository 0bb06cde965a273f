"""What can be funded in housing, work and for young people."""

from __future__ import annotations

from pydantic import Field

from simcomunita.configuration import Parameters
from simcomunita.policy.levers.names import Municipality

MOST_EURO_A_YEAR = 1e8
MOST_HOURS_A_MONTH = 1e5
MOST_A_YEAR = 10_000


class HousingLever(Parameters):
    """Homes: money that backs a tenant, people who mediate, and houses shared with a custodian."""

    fund: float = Field(0.0, ge=0, le=MOST_EURO_A_YEAR)
    """Euro a year of the guarantee fund: pays arrears so that an eviction is frozen, and stands behind new contracts
    at a lower rent. More money freezes more evictions; what is not needed stays in the fund, and only what is paid out
    is a cost."""
    mediation: float = Field(0.0, ge=0, le=MOST_HOURS_A_MONTH)
    """Hours a month of mediators between landlords and tenants. They build the trust on which landlords sign, so that
    more hours are more contracts; each hour costs the cost book's ``mediation``."""
    condominiums: int = Field(0, ge=0, le=1000)
    """Social condominiums kept going: homes whose residents share rooms and look after each other, with a custodian.
    More of them are started where more are funded. Each costs the cost book's ``condominium`` a year."""


class WorkLever(Parameters):
    """Work: ways into firms, and money that lowers the first step."""

    grants: float = Field(0.0, ge=0, le=MOST_EURO_A_YEAR)
    """Euro a year for work grants (borse lavoro) and hiring incentives: more money makes more firms say yes to a
    placement. Each placement that is paid for costs the cost book's ``work_grant``, and only what is paid out is a
    cost."""
    mediation: float = Field(0.0, ge=0, le=MOST_HOURS_A_MONTH)
    """Hours a month of people who know both firms and job seekers and answer for them: more hours are more placements,
    and without anybody who answers for seekers firms take few. Each hour costs the cost book's ``mediation``."""
    training: int = Field(0, ge=0, le=MOST_A_YEAR)
    """Places a year in training and start-up support: more places train more job seekers, who become more employable.
    Each costs the cost book's ``training``."""


class YouthLever(Parameters):
    """Young people from 14 to 25: a look into work, older with younger, spaces of their own."""

    placements: int = Field(0, ge=0, le=MOST_A_YEAR)
    """Placements a year between school and work (alternanza scuola-lavoro) that are organised, in firms, crafts,
    museums, libraries and associations. With more of them more young people are placed, as far as hosts are ready; each
    that is filled costs the cost book's ``youth_placement``."""
    spaces: dict[Municipality, int] = Field(default_factory=dict)
    """Spaces for young people kept open, by municipality: more spaces have more visits. Each costs the cost book's
    ``space`` a year."""
    own_spaces: bool = True
    """Whether young people rethink the spaces themselves (True) and come back more, or find them ready made (False).
    Costs nothing by itself."""
    mentoring: bool = False
    """Whether older young people are asked to share interests and skills with younger ones, so that more of them do;
    costs the cost book's ``mentoring`` a year."""
