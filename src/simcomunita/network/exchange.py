"""Networks out and in: NetworkX, GraphML, GEXF and edge lists.

Written files open in Gephi, Cytoscape, igraph and NetworkX. Files that are read may come from anybody:
GraphML with a document type or entities is refused before any of them is expanded, and sizes are limited.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

import numpy as np

from simcomunita.configuration.documents import Source, as_source, read_text
from simcomunita.configuration.problems import ConfigurationError
from simcomunita.configuration.tables import read_table
from simcomunita.months import month_name
from simcomunita.network import graph
from simcomunita.network.graph import Columns, Graph
from simcomunita.network.ties import FormedBy, TieKind, Ties

if TYPE_CHECKING:
    import networkx as nx

MOST_BYTES = 50_000_000
MOST_TIES = 1_000_000
MOST_DEPTH = 50

Attributes = Columns
"""Columns of residents, (n) each, by name."""


def graph_of(ties: Ties, attributes: Attributes | None = None) -> Graph:
    """Ties as columns that can be written: strengths to four decimals, months as YYYY-MM.

    Raises
    ------
    ValueError
        If an attribute is of another length.
    """
    kinds = np.array([kind.name.lower() for kind in sorted(TieKind)])
    formed = np.array([one.name.lower() for one in sorted(FormedBy)])
    months, since = np.unique(ties.since, return_inverse=True)
    columns = {
        "strength": np.round(ties.strength.astype(np.float64), 4),
        "trust": np.round(ties.trust.astype(np.float64), 4),
        "kind": kinds[np.searchsorted(sorted(map(int, TieKind)), ties.kind)],
        "formed_by": formed[np.searchsorted(sorted(map(int, FormedBy)), ties.formed_by)],
        "since": np.array([month_name(int(month)) for month in months] or [""])[since],
    }
    checked = {name: np.asarray(column) for name, column in (attributes or {}).items()}
    return Graph(ties.n, checked, ties.first, ties.second, columns, weight="strength", kinds=("resident", "kind"))


def to_networkx(ties: Ties, attributes: Attributes | None = None) -> nx.Graph:
    """The network as a NetworkX graph: nodes 0 … n - 1 with attributes, edges with all that a tie has.

    Values are plain Python numbers and words, so that every writer of NetworkX takes them.
    """
    import networkx as nx

    net, columns = nx.Graph(), graph_of(ties, attributes)
    nodes, edges = list(columns.nodes), list(columns.edges)
    net.add_nodes_from((i, dict(zip(nodes, row, strict=True))) for i, row in enumerate(columns.rows()))
    net.add_edges_from((a, b, dict(zip(edges, row, strict=True))) for a, b, row in columns.ties())
    return net


def write_graphml(ties: Ties, path: Path | str, attributes: Attributes | None = None) -> Path:
    """Write GraphML; returns the path."""
    columns, path = graph_of(ties, attributes), Path(path)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        graph.write_graphml(columns, out)
    return path


def write_gexf(ties: Ties, path: Path | str, attributes: Attributes | None = None) -> Path:
    """Write GEXF 1.3 with strengths as weights; returns the path."""
    columns, path = graph_of(ties, attributes), Path(path)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        graph.write_gexf(columns, out)
    return path


def write_edge_list(ties: Ties, path: Path | str) -> Path:
    """Write ties as CSV: first, second, strength, trust, kind, formed_by, since; returns the path."""
    columns, path = graph_of(ties), Path(path)
    with path.open("w", encoding="utf-8", newline="") as out:
        graph.write_lists(columns, io.StringIO(), out)
    return path


def read_named_ties(source: Source | Path | str) -> list[tuple[int | None, str, str]]:
    """Read who is tied to whom by name, from a CSV table (columns `from` and `to`) or a GraphML file.

    Returns
    -------
    list
        (line of the file, one name, the other name). In GraphML a node's name is its data `label` or `name`
        where it has one, its id otherwise.

    Raises
    ------
    ConfigurationError
        If the file is missing, too large, not of this kind, holds entities or a document type, or names
        nobody.
    """
    source = as_source(source)
    kind = source.path.suffix.lower()
    if kind == ".csv":
        table = read_table(source, ["from", "to"], optional=None)
        found: list[tuple[int | None, str, str]] = [(r.line, r.cells["from"], r.cells["to"]) for r in table.rows]
    elif kind in (".graphml", ".xml"):
        found = _GraphML(source).ties
    else:
        message = f'"{kind}" is not read; expected an edge list (.csv, columns from,to) or GraphML (.graphml).'
        raise ConfigurationError.of(source.shown, message)
    if len(found) > MOST_TIES:
        raise ConfigurationError.of(source.shown, f"{len(found):,} ties; expected at most {MOST_TIES:,}.")
    for line, one, other in found:
        if not one or not other:
            raise ConfigurationError.of(source.shown, "a tie has an empty end; expected two names.", line=line)
    return [(line, one, other) for line, one, other in found]


class _GraphML:
    """A streaming reader of the little of GraphML that names nodes and edges."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.ties: list[tuple[int | None, str, str]] = []
        self._edges: list[tuple[int, str, str]] = []
        self._names: dict[str, str] = {}
        self._naming: set[str] = set()
        self._node: str | None = None
        self._text: list[str] | None = None
        self._depth = 0
        self._graphs = 0
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        text = read_text(source, MOST_BYTES)
        try:
            self._parser.Parse(text, True)
        except expat.ExpatError as error:
            message = f"this cannot be read as GraphML: {expat.errors.messages.get(error.code, 'broken XML')}."
            raise ConfigurationError.of(source.shown, message, line=error.lineno) from error
        if not self._graphs:
            raise ConfigurationError.of(source.shown, "there is no <graph> in it; expected GraphML.")
        for line, one, other in self._edges:
            self.ties.append((line, self._names.get(one, one), self._names.get(other, other)))

    def _refuse(self, *_: object) -> None:
        message = "it declares a document type or entities; these are refused, remove them."
        raise ConfigurationError.of(self.source.shown, message, line=self._parser.CurrentLineNumber)

    def _start(self, tag: str, about: dict[str, str]) -> None:
        self._depth += 1
        line = self._parser.CurrentLineNumber
        if self._depth > MOST_DEPTH:
            raise ConfigurationError.of(
                self.source.shown, f"elements are nested in more than {MOST_DEPTH} levels.", line=line
            )
        tag = tag.rpartition(":")[2]
        if tag == "graph":
            self._graphs += 1
        elif tag == "key" and about.get("for") in ("node", "all"):
            if about.get("attr.name", "").casefold() in ("label", "name"):
                self._naming.add(about.get("id", ""))
        elif tag == "node":
            self._node = about.get("id", "")
        elif tag == "data" and self._node is not None and about.get("key") in self._naming:
            self._text = []
        elif tag == "edge":
            if "source" not in about or "target" not in about:
                raise ConfigurationError.of(self.source.shown, "an edge lacks its source or its target.", line=line)
            if len(self._edges) >= MOST_TIES:
                raise ConfigurationError.of(self.source.shown, f"more than {MOST_TIES:,} ties.", line=line)
            self._edges.append((line, about["source"], about["target"]))

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, tag: str) -> None:
        self._depth -= 1
        tag = tag.rpartition(":")[2]
        if tag == "data" and self._text is not None:
            name = "".join(self._text).strip()
            if self._node and name:
                self._names.setdefault(self._node, name)
            self._text = None
        elif tag == "node":
            self._node = None
