"""Twin of the kernel of `simcomunita.agents.facilitator`."""

from __future__ import annotations

import numpy as np


def with_new(acquaintances, people, known):
    together = np.union1d(acquaintances, people[~known[people]])
    known[people] = True
    return together
