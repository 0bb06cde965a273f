"""Twin of the kernel of `simcomunita.network.reaching`."""

from __future__ import annotations

import numpy as np


def steps_to(near, ends, most):
    first, second = ends
    steps = np.where(near, 0, most).astype(np.uint8)
    # One step after the other, over all ties both ways.
    for further in range(1, most):
        for here, there in ((first, second), (second, first)):
            reached = there[(steps[here] == further - 1) & (steps[there] == most)]
            steps[reached] = further
    return steps
