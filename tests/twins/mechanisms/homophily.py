"""Twin of the kernel of `simcomunita.mechanisms.homophily`."""

from __future__ import annotations

import numpy as np


def alike(i, j, age, origin, vulnerability, factors):
    years_apart, other_age, other_origin, other_condition = factors
    years = np.abs(age[i].astype(np.int64) - age[j].astype(np.int64))
    chance = np.where(years >= years_apart, other_age, 1.0)
    chance = chance * np.where(origin[i] != origin[j], other_origin, 1.0)
    vulnerable = vulnerability >= 0.5
    return chance * np.where(vulnerable[i] != vulnerable[j], other_condition, 1.0)
