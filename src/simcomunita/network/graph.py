"""A network as plain columns, and the files that other programs open: GraphML, GEXF, Kumu's tables and edge lists.

Written a line a node and tie, straight from the columns: a library that builds a tree of the whole file first needs
gigabytes where a network has as many people as a district.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from numpy.typing import NDArray

Columns = Mapping[str, NDArray[Any]]
"""Columns of the same length, by name: whole numbers, numbers, yes or no, or words."""

SEVERAL = "|"
"""Between several values of one cell, as Kumu reads them."""


@dataclass(frozen=True, eq=False)
class Graph:
    """n nodes and m edges between them.

    Attributes
    ----------
    nodes
        Columns of nodes, (n) each.
    first, second
        Whole numbers (m): positions of the two ends.
    edges
        Columns of edges, (m) each.
    names
        How nodes are called, none twice; their numbers, if there are none.
    weight
        The column of edges that is their weight.
    kinds
        What nodes and edges are, for Kumu's field "Type": the name of a column, or a word that holds for all.
    directed
        Whether an edge goes from the first to the second.

    Raises
    ------
    ValueError
        If columns or names are of another length, or a name is there twice.
    """

    count: int
    nodes: Columns
    first: NDArray[Any]
    second: NDArray[Any]
    edges: Columns
    names: tuple[str, ...] = ()
    weight: str = ""
    kinds: tuple[str, str] = ("node", "edge")
    directed: bool = False

    def __post_init__(self) -> None:
        for columns, length in ((self.nodes, self.count), (self.edges, len(self.first))):
            for name, column in columns.items():
                if column.shape != (length,):
                    raise ValueError(f"attribute {name} has shape {column.shape}; expected ({length},)")
        if self.names and (len(self.names) != self.count or len(set(self.names)) != self.count):
            raise ValueError(f"expected {self.count} names, none twice")

    def __len__(self) -> int:
        return self.count

    def name(self, node: int) -> str:
        """How a node is called."""
        return self.names[node] if self.names else str(node)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Columns of every node as plain values; fractions to six decimals."""
        return _rows(self.nodes, self.count)

    def ties(self) -> Iterator[tuple[int, int, tuple[Any, ...]]]:
        """Both ends and columns of every edge as plain values."""
        return zip(self.first.tolist(), self.second.tolist(), _rows(self.edges, len(self.first)), strict=True)


def write_graphml(graph: Graph, out: TextIO) -> None:
    """Write GraphML (Brandes et al. 2002), which Gephi, Cytoscape, igraph and NetworkX open."""
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    if graph.names:
        out.write('<key id="label" for="node" attr.name="label" attr.type="string"/>\n')
    for kind, columns in (("node", graph.nodes), ("edge", graph.edges)):
        for k, (name, column) in enumerate(columns.items()):
            about = f'attr.name={quoteattr(name)} attr.type="{_type(column)}"'
            out.write(f'<key id="{kind[0]}{k}" for="{kind}" {about}/>\n')
    out.write(f'<graph edgedefault="{"directed" if graph.directed else "undirected"}">\n')
    for node, row in enumerate(graph.rows()):
        label = f'<data key="label">{escape(graph.name(node))}</data>' if graph.names else ""
        data = "".join(f'<data key="n{k}">{escape(_text(value))}</data>' for k, value in enumerate(row))
        out.write(f'<node id="{node}">{label}{data}</node>\n')
    for one, other, row in graph.ties():
        data = "".join(f'<data key="e{k}">{escape(_text(value))}</data>' for k, value in enumerate(row))
        out.write(f'<edge source="{one}" target="{other}">{data}</edge>\n')
    out.write("</graph>\n</graphml>\n")


def write_gexf(graph: Graph, out: TextIO) -> None:
    """Write GEXF 1.3, Gephi's own form (gexf.net)."""
    direction = "directed" if graph.directed else "undirected"
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n')
    out.write(f'<graph defaultedgetype="{direction}">\n')
    for kind, columns in (("node", graph.nodes), ("edge", graph.edges)):
        out.write(f'<attributes class="{kind}">\n')
        for k, (name, column) in enumerate(columns.items()):
            known = {"int": "integer"}.get(_type(column), _type(column))
            out.write(f'<attribute id="{k}" title={quoteattr(name)} type="{known}"/>\n')
        out.write("</attributes>\n")
    out.write("<nodes>\n")
    for node, row in enumerate(graph.rows()):
        data = "".join(f'<attvalue for="{k}" value={quoteattr(_text(value))}/>' for k, value in enumerate(row))
        out.write(f'<node id="{node}" label={quoteattr(graph.name(node))}><attvalues>{data}</attvalues></node>\n')
    out.write("</nodes>\n<edges>\n")
    weight = list(graph.edges).index(graph.weight) if graph.weight else -1
    for number, (one, other, row) in enumerate(graph.ties()):
        weighed = f' weight="{row[weight]}"' if weight >= 0 else ""
        data = "".join(f'<attvalue for="{k}" value={quoteattr(_text(value))}/>' for k, value in enumerate(row))
        out.write(
            f'<edge id="{number}" source="{one}" target="{other}"{weighed}><attvalues>{data}</attvalues></edge>\n'
        )
    out.write("</edges>\n</graph>\n</gexf>\n")


def write_lists(graph: Graph, nodes: TextIO, edges: TextIO) -> None:
    """Write nodes and edges as two CSV tables: ``number`` (and ``name``) and the columns; ``first``, ``second`` and the
    columns. Whoever reads an edge list reads them.
    """
    table = csv.writer(nodes, lineterminator="\n")
    table.writerow(["number", *(["name"] if graph.names else []), *graph.nodes])
    for node, row in enumerate(graph.rows()):
        table.writerow([node, *([graph.name(node)] if graph.names else []), *map(_text, row)])
    table = csv.writer(edges, lineterminator="\n")
    table.writerow(["first", "second", *graph.edges])
    table.writerows([one, other, *map(_text, row)] for one, other, row in graph.ties())


def write_kumu(graph: Graph, elements: TextIO, connections: TextIO) -> None:
    """Write what Kumu imports (docs.kumu.io, *Structure your data for Kumu*): elements with ``Label`` first, ``Type``
    and ``Tags``; connections with ``From`` and ``To`` first, ``Direction``, ``Type`` and ``Strength``.

    What is so or not so of an element is a tag; all else is a field of its own. Elements go by their labels, so a bar,
    which would part several labels, is written as a slash.
    """
    node_kind, edge_kind = graph.kinds
    tags = [k for k, column in enumerate(graph.nodes.values()) if column.dtype.kind == "b"]
    fields = [k for k, name in enumerate(graph.nodes) if k not in tags and name != node_kind]
    names = list(graph.nodes)
    table = csv.writer(elements, lineterminator="\n")
    table.writerow(["Label", "Type", "Tags", *(_title(names[k]) for k in fields)])
    for node, row in enumerate(graph.rows()):
        kind = row[names.index(node_kind)] if node_kind in graph.nodes else node_kind
        told = SEVERAL.join(names[k] for k in tags if row[k])
        table.writerow([_label(graph.name(node)), kind, told, *(_text(row[k]) for k in fields)])
    names = list(graph.edges)
    fields = [k for k, name in enumerate(names) if name not in (edge_kind, graph.weight)]
    table = csv.writer(connections, lineterminator="\n")
    table.writerow(["From", "To", "Direction", "Type", "Strength", *(_title(names[k]) for k in fields)])
    for one, other, row in graph.ties():
        kind = row[names.index(edge_kind)] if edge_kind in graph.edges else edge_kind
        weight = row[names.index(graph.weight)] if graph.weight else ""
        ends = [_label(graph.name(end)) for end in (one, other)]
        direction = "directed" if graph.directed else "undirected"
        table.writerow([*ends, direction, kind, weight, *(_text(row[k]) for k in fields)])


def _label(name: str) -> str:
    return name.replace(SEVERAL, "/")


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _rows(columns: Columns, length: int) -> Iterator[tuple[Any, ...]]:
    if not columns:
        return iter([()] * length)
    return zip(*(plain(column) for column in columns.values()), strict=True)


def plain(column: NDArray[Any]) -> list[Any]:
    """A column as plain Python values; fractions to six decimals."""
    rounded = np.round(column.astype(np.float64), 6) if column.dtype.kind == "f" else column
    return list(rounded.tolist())


def _type(column: NDArray[Any]) -> str:
    return {"b": "boolean", "i": "int", "u": "int", "f": "double"}.get(column.dtype.kind, "string")


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
