"""Twin of the kernel of `simcomunita.mechanisms.mobility`."""

from __future__ import annotations

import numpy as np

from simcomunita.network import TieKind


def cut_off(people, keeps_kin, rows, kind, household):
    _, second, _, _, first, strength = rows
    moves, with_kin = np.zeros(len(household), np.bool_), np.zeros(len(household), np.bool_)
    moves[people], with_kin[people] = True, keeps_kin
    kin = kind == TieKind.KIN
    lost = np.zeros(len(first), np.bool_)
    for end in (first, second):
        lost |= moves[end] & ~(with_kin[end] & kin)
    strength[lost & (household[first] != household[second])] = 0
