"""How small a territory may be made before nothing that is simulated means anything."""

from __future__ import annotations

import math

LEAST_RESIDENTS = 100
"""Fewer are no community: no group comes about, no facilitator has an hour left. A territory that has fewer is taken
as it is."""


def check_enough(scale: float, residents: int) -> None:
    """See that enough of a territory's residents remain.

    Raises
    ------
    ValueError
        If not; it says the smallest scale that does.
    """
    least = min(LEAST_RESIDENTS, residents)
    remain = round(scale * residents)
    if remain < least:
        raise ValueError(
            f"scale is {scale:g}: {remain:,} of {residents:,} residents remain; expected at least {least}, "
            f"which is a scale of {smallest(residents):g} or more here."
        )


def smallest(residents: int) -> float:
    """Return the smallest scale that leaves enough residents, rounded up to three digits."""
    exact = min(LEAST_RESIDENTS / residents, 1.0)
    unit = 10.0 ** (math.floor(math.log10(exact)) - 2)
    return float(f"{math.ceil(round(exact / unit, 6)) * unit:.3g}")
