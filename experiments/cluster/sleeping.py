"""A model that sleeps; a module of its own, so that workers find it by its name."""

from __future__ import annotations

import time

import numpy as np

from simcomunita.months import month_name
from simcomunita.outcomes import MEASURES

SLEEP = 0.5
MONTHS = 107


class Sleeper:
    """A model that sleeps through its first months, and says as much as a real one."""

    def __init__(self, scenario, seed, scale):
        self.months = [month_name(scenario.start)]
        self.start = scenario.start

    def advance_to(self, month):
        if len(self.months) == 1:
            time.sleep(SLEEP)
        self.months = [month_name(self.start + i) for i in range(MONTHS)]

    def branch(self, policies, name):
        return self

    def series(self):
        noise = np.random.default_rng(1)
        return {"month": np.array(self.months), **{name: noise.random(len(self.months)) for name in MEASURES}}

    def outcomes(self):
        return dict.fromkeys(MEASURES, 0.5)


def sleeper(scenario, seed, scale):
    return Sleeper(scenario, seed, scale)
