"""Twins of the kernels of `simcomunita.network.ego`."""

from __future__ import annotations

import numpy as np

from simcomunita.network import FormedBy, TieKind


def company_kept(columns, traits, support, grown_up):
    first, second, strength, kind, formed_by = columns
    age, look = (traits & 0xFF).astype(np.int64), traits >> 8
    outside = np.where(formed_by != FormedBy.HOUSEHOLD, strength, np.float32(0))
    load = np.zeros(len(traits), np.float32)
    # In a sorted list all ties to lower numbers come before those to higher ones.
    np.add.at(load, second, outside)
    np.add.at(load, first, outside)

    supporting, beyond_family = strength >= support, kind != TieKind.KIN
    unlike = (look[first] != look[second]) | (np.abs(age[first] - age[second]) >= 25)
    backed = np.zeros(len(traits), np.bool_)
    for end in (first, second):
        backed[end[supporting & beyond_family]] = True
    return (
        load,
        int(supporting.sum()),
        int((beyond_family & unlike).sum()),
        int(((age >= grown_up) & ~backed).sum()),
        backed.astype(np.uint8),
    )


def unsupported(people, rows, support):
    up, down, down_edge, strength, kind = rows
    without = np.ones(len(people), np.bool_)
    for k, i in enumerate(people.tolist()):
        edges = np.concatenate([np.arange(up[i], up[i + 1]), down_edge[down[i] : down[i + 1]]])
        without[k] = not ((strength[edges] >= support) & (kind[edges] != TieKind.KIN)).any()
    return without


def bridges_of(people, rows, kind, traits):
    up, second, down, down_edge, first, _ = rows
    count = 0
    for i in people.tolist():
        lower = down_edge[down[i] : down[i + 1]]
        edges = np.concatenate([lower, np.arange(up[i], up[i + 1])])
        theirs = traits[np.concatenate([first[lower], second[up[i] : up[i + 1]]])].astype(np.int64)
        mine = int(traits[i])
        unlike = (theirs >> 8 != mine >> 8) | (np.abs((theirs & 0xFF) - (mine & 0xFF)) >= 25)
        count += int((unlike & (kind[edges] != TieKind.KIN)).sum())
    return count
