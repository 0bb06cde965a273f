"""What a measure is, and how dear ones are worked out now and then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from simcomunita.community import Community

Row = dict[str, float]


@dataclass(frozen=True)
class Measure:
    """One measure.

    Attributes
    ----------
    name
        Column in tables.
    unit
        In English.
    label_en, label_it
        As readers see it.
    kind
        ``stock`` (at the end of the month), ``flow`` (added up since the start), ``share`` or ``mean``.
    decimals
        How many to show.
    inside
        Measures of which this one is a part, so that it is never more than any of them.
    """

    name: str
    unit: str
    label_en: str
    label_it: str
    kind: Literal["stock", "flow", "share", "mean"]
    decimals: int = 0
    inside: tuple[str, ...] = ()


def share(part: float, whole: float) -> float:
    """A share, 0 where there is nothing yet to share."""
    return part / whole if whole else 0.0


def now_and_then(
    community: Community, months: int, measures: tuple[Measure, ...], work: Callable[[], Row], turn: int = 0
) -> Row:
    """Measures that are dear: worked out in the first month and then every so many, in between as they last were; of a
    year's twelve, `turn` 0 is January.
    """
    rows = community.ledger.rows
    if not rows or community.month % months == turn:
        return work()
    return {measure.name: rows[-1][measure.name] for measure in measures}
