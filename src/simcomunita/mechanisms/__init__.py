"""The mechanisms: a file each, with what it says about the world, its parameters, its switch and one function.

`MONTH` is the order in which they act; `ModelParameters` gathers what can be set.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pydantic import Field

from simcomunita.configuration import Parameters
from simcomunita.mechanisms.asking import AskingParameters
from simcomunita.mechanisms.brokerage import BrokerageParameters, brokerage
from simcomunita.mechanisms.closure import ClosureParameters, closure
from simcomunita.mechanisms.co_programming import CoProgrammingParameters, co_programming
from simcomunita.mechanisms.commitment import CommitmentParameters, commitment
from simcomunita.mechanisms.encounters import EncountersParameters, encounters
from simcomunita.mechanisms.erosion import ErosionParameters, erosion
from simcomunita.mechanisms.facilitation import FacilitationParameters, facilitation
from simcomunita.mechanisms.generation import GenerationParameters, generation
from simcomunita.mechanisms.homophily import HomophilyParameters
from simcomunita.mechanisms.housing import HousingParameters, housing
from simcomunita.mechanisms.meetings import MeetingsParameters, meetings
from simcomunita.mechanisms.mobility import MobilityParameters, mobility
from simcomunita.mechanisms.proximity import ProximityParameters, proximity
from simcomunita.mechanisms.reciprocity import ReciprocityParameters, reciprocity
from simcomunita.mechanisms.relational_time import RelationalTimeParameters
from simcomunita.mechanisms.routine import RoutineParameters, routine
from simcomunita.mechanisms.shocks import ShocksParameters, shocks
from simcomunita.mechanisms.spreading import SpreadingParameters, spreading
from simcomunita.mechanisms.weaving import WeavingParameters
from simcomunita.mechanisms.work import WorkParameters, work
from simcomunita.mechanisms.youth import YouthParameters, youth

if TYPE_CHECKING:
    from simcomunita.community import Community


class ModelParameters(Parameters):
    """All parameters of the model: of each mechanism, and of the rules that several share."""

    mobility: MobilityParameters = Field(default_factory=MobilityParameters)
    shocks: ShocksParameters = Field(default_factory=ShocksParameters)
    erosion: ErosionParameters = Field(default_factory=ErosionParameters)
    facilitation: FacilitationParameters = Field(default_factory=FacilitationParameters)
    co_programming: CoProgrammingParameters = Field(default_factory=CoProgrammingParameters)
    reciprocity: ReciprocityParameters = Field(default_factory=ReciprocityParameters)
    housing: HousingParameters = Field(default_factory=HousingParameters)
    work: WorkParameters = Field(default_factory=WorkParameters)
    proximity: ProximityParameters = Field(default_factory=ProximityParameters)
    youth: YouthParameters = Field(default_factory=YouthParameters)
    meetings: MeetingsParameters = Field(default_factory=MeetingsParameters)
    spreading: SpreadingParameters = Field(default_factory=SpreadingParameters)
    commitment: CommitmentParameters = Field(default_factory=CommitmentParameters)
    generation: GenerationParameters = Field(default_factory=GenerationParameters)
    routine: RoutineParameters = Field(default_factory=RoutineParameters)
    encounters: EncountersParameters = Field(default_factory=EncountersParameters)
    closure: ClosureParameters = Field(default_factory=ClosureParameters)
    brokerage: BrokerageParameters = Field(default_factory=BrokerageParameters)
    asking: AskingParameters = Field(default_factory=AskingParameters)
    homophily: HomophilyParameters = Field(default_factory=HomophilyParameters)
    relational_time: RelationalTimeParameters = Field(default_factory=RelationalTimeParameters)
    weaving: WeavingParameters = Field(default_factory=WeavingParameters)


Mechanism = Callable[["Community", ModelParameters], None]

MONTH: dict[str, Mechanism] = {
    "mobility": mobility,
    "shocks": shocks,
    "erosion": erosion,
    "facilitation": facilitation,
    "co_programming": co_programming,
    "reciprocity": reciprocity,
    "housing": housing,
    "work": work,
    "proximity": proximity,
    "youth": youth,
    "meetings": meetings,
    "spreading": spreading,
    "commitment": commitment,
    "generation": generation,
    "routine": routine,
    "encounters": encounters,
    "closure": closure,
    "brokerage": brokerage,
}
"""The mechanisms in the order of the month; each has its switch at ``parameters.<name>.on``."""

__all__ = ["MONTH", "Mechanism", "ModelParameters"]
