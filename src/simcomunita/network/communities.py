"""Communities that ties themselves show: groups of nodes with more ties within than chance would give.

Found by the Leiden algorithm (Traag, Waltman & van Eck 2019, Scientific Reports 9:5233), as igraph has it.
"""

from __future__ import annotations

import random

import numpy as np
from numpy.typing import NDArray


def strongest_modularity(n: int, ends: NDArray[np.integer], weight: NDArray[np.integer], seed: int) -> float:
    """Modularity of the best division into communities that is found; 0 without ties.

    Parameters
    ----------
    n
        Number of nodes.
    ends, weight
        Ties (k, 2), and how much each counts (k).
    seed
        All luck of the search follows from it; no other randomness, of Python or NumPy, is touched.
    """
    import igraph

    if not len(ends):
        return 0.0
    graph = igraph.Graph(n=n, edges=ends)
    counts = weight.astype(np.float64)
    strength = np.bincount(ends.T.ravel(), np.tile(counts, 2), n)
    # Modularity written as the constant Potts model, since igraph's own search for it leaves out ties within a node.
    sought = {"objective_function": "CPM", "node_weights": strength.tolist(), "resolution": 1 / strength.sum()}
    igraph.set_random_number_generator(random.Random(seed))
    try:
        found = graph.community_leiden(weights=counts.tolist(), n_iterations=2, **sought)
    finally:
        igraph.set_random_number_generator(random)
    return float(graph.modularity(found.membership, weights=counts.tolist()))
