"""Twin of the kernel of `simcomunita.mechanisms.facilitation.casework`."""

from __future__ import annotations

import numpy as np

from simcomunita.agents.citizens import NO_CRISIS


def waiting(start, stop, columns, month):
    needs, crisis, taken_on, asks_for_help, age, known = (column[start:stop] for column in columns)
    in_crisis = crisis != NO_CRISIS
    in_need = needs & 0b0111 != 0
    concerned = np.where(taken_on < 0, in_crisis | in_need, in_crisis & (taken_on < month - 12))
    return start + np.flatnonzero(concerned & (known | in_crisis & asks_for_help) & (age >= 14))
