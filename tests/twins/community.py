"""Twin of the kernel of `simcomunita.community`."""

from __future__ import annotations

import numpy as np


def first_contacts(people, by, columns, what, vulnerable):
    stage, reached_how, reached_by, reached_month = columns
    how, month = what
    # Of somebody who stands there twice the first counts.
    fresh, first = np.unique(people, return_index=True)
    new = stage[fresh] == 0
    fresh, first = fresh[new], first[new]
    stage[fresh], reached_how[fresh], reached_by[fresh], reached_month[fresh] = 1, how, by[first], month
    return len(fresh), int(vulnerable[fresh].sum())
