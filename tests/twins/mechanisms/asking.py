"""Twin of the kernel of `simcomunita.mechanisms.asking`."""

from __future__ import annotations

import numpy as np

from tests.twins.randomness import uniform


def odds_of_yes(people, closeness, company, traits, vulnerability, factors, hindrance, noise, key):
    needs, nearness, volunteer, trust, energy, competence, vulnerability = (
        column[people].astype(np.float64) for column in (*traits, vulnerability)
    )
    cold, tie, further_company, need, place, standing = factors
    paperwork, burden, burden_of_the_vulnerable = hindrance
    odds = cold * (1 + tie * closeness)
    odds = odds * (1 + further_company * np.clip(company - 1, 0, 5))
    odds = odds * (1 + need * (needs != 0))
    odds = odds * (1 + place * nearness)
    odds = odds * (1 + standing * volunteer)
    odds = odds * (0.5 + trust)
    odds = odds * energy
    weight = burden + burden_of_the_vulnerable * vulnerability
    odds = odds * np.maximum(1 - paperwork * weight * (1 - competence), 0)
    chance = odds / (1 + odds)
    threshold = 1 + (3 * uniform(key, people)).astype(np.int64)
    return np.where((noise < 1) & (company < threshold), chance * noise, chance)
