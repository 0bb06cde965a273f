"""Twin of the kernel of `simcomunita.mechanisms.commitment`."""

from __future__ import annotations

import numpy as np


def rest_and_forget(energy, competence, rest, forgetting):
    energy += rest * (1 - energy)
    competence -= forgetting * np.maximum(competence - np.float32(0.1), 0)
