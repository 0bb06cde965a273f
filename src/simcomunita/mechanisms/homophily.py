"""People who are alike tie more easily.

Age, origin and social condition are among the strongest lines along which ties sort (McPherson, Smith-Lovin & Cook
2001, "Birds of a feather", Annual Review of Sociology 27:415-444). This is a rule that several mechanisms share,
not a mechanism of its own.
"""

from __future__ import annotations

from simcomunita.compiled import kernel
from simcomunita.configuration import Parameters, quantity

_BIRDS = "McPherson, Smith-Lovin & Cook (2001), Annual Review of Sociology 27:415; size is an assumption"


class HomophilyParameters(Parameters):
    """How much each difference lowers the chance that an encounter becomes a tie; 1 would be no homophily."""

    years_apart: float = quantity(12.0, low=8, high=20, unit="years", source=_BIRDS, least=0, most=120)
    """Difference of age from which two people count as different in age."""
    other_age: float = quantity(0.4, low=0.15, high=0.7, unit="factor", source=_BIRDS, least=0, most=1)
    """Factor for people who differ in age."""
    other_origin: float = quantity(0.45, low=0.15, high=0.7, unit="factor", source=_BIRDS, least=0, most=1)
    """Factor for people of different origin groups."""
    other_condition: float = quantity(0.7, low=0.4, high=0.95, unit="factor", source=_BIRDS, least=0, most=1)
    """Factor where one of the two is vulnerable and the other is not."""

    def factors(self) -> tuple[float, float, float, float]:
        """The four numbers in the order in which `alike` takes them."""
        return self.years_apart, self.other_age, self.other_origin, self.other_condition


@kernel
def alike(i, j, age, origin, vulnerability, factors):  # type: ignore[no-untyped-def]
    """The chance, in [0, 1], that difference does not stand between i and j."""
    years_apart, other_age, other_origin, other_condition = factors
    chance = 1.0
    if abs(float(age[i]) - float(age[j])) >= years_apart:
        chance *= other_age
    if origin[i] != origin[j]:
        chance *= other_origin
    if (vulnerability[i] >= 0.5) != (vulnerability[j] >= 0.5):
        chance *= other_condition
    return chance
