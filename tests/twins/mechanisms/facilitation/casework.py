"""Twin of the kernel of `simcomunita.mechanisms.facilitation.casework`."""

from __future__ import annotations

import numpy as np

from simcomunita.agents.citizens import NO_CRISIS


def waiting(acquaintances, in_crisis, columns, municipality, looked_after, month):
    needs, crisis, taken_on, asks_for_help, age, known = columns
    mine = (age >= 14) & looked_after[municipality]
    suffers = crisis != NO_CRISIS
    again = suffers & (taken_on < month - 12)
    first = ~suffers & (taken_on < 0) & (needs & 0b0111 != 0)
    knocking = again & asks_for_help & ~known
    return np.concatenate(
        [acquaintances[(mine & (again | first))[acquaintances]], in_crisis[(mine & knocking)[in_crisis]]]
    )


def untouched(homes, start, taken_on):
    return sum(bool((taken_on[start[home] : start[home + 1]] < 0).all()) for home in np.unique(homes))
