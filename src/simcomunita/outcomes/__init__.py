"""What comes out: counts, networks and money, month by month."""

from simcomunita.outcomes.ledger import Ledger
from simcomunita.outcomes.lineage import Lineage
from simcomunita.outcomes.measures import MEASURES, Measure, measure

__all__ = ["MEASURES", "Ledger", "Lineage", "Measure", "measure"]
