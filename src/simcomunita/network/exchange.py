"""Networks out and in: NetworkX, GraphML, GEXF and edge lists.

Written files open in Gephi, Cytoscape, igraph and NetworkX. Files that are read may come from anybody:
GraphML with a document type or entities is refused before any of them is expanded, and sizes are limited.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from numpy.typing import NDArray

from simcomunita.configuration.documents import Source, as_source, read_text
from simcomunita.configuration.problems import ConfigurationError
from simcomunita.configuration.tables import read_table
from simcomunita.months import month_name
from simcomunita.network.ties import FormedBy, TieKind, Ties

if TYPE_CHECKING:
    import networkx as nx

MOST_BYTES = 50_000_000
MOST_TIES = 1_000_000
MOST_DEPTH = 50

Attributes = Mapping[str, NDArray[Any]]
"""Columns of residents, (n) each, by name."""


def to_networkx(ties: Ties, attributes: Attributes | None = None) -> nx.Graph:
    """The network as a NetworkX graph: nodes 0 … n - 1 with attributes, edges with all that a tie has.

    Values are plain Python numbers and words, so that every writer of NetworkX takes them.
    """
    import networkx as nx

    graph = nx.Graph()
    columns = _checked(ties, attributes)
    names = list(columns)
    if names:
        rows = zip(*(_plain(columns[name]) for name in names), strict=True)
        graph.add_nodes_from((i, dict(zip(names, row, strict=True))) for i, row in enumerate(rows))
    else:
        graph.add_nodes_from(range(ties.n))
    graph.add_edges_from(
        (a, b, {"strength": s, "trust": t, "kind": k, "formed_by": f, "since": m})
        for a, b, s, t, k, f, m in _tie_rows(ties)
    )
    return graph


def write_graphml(ties: Ties, path: Path | str, attributes: Attributes | None = None) -> Path:
    """Write GraphML (Brandes et al. 2002), a line a node and tie; returns the path."""
    columns = _checked(ties, attributes)
    path = Path(path)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        out.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        for number, (name, column) in enumerate(columns.items()):
            about = f'attr.name={quoteattr(name)} attr.type="{_graphml_type(column)}"'
            out.write(f'<key id="n{number}" for="node" {about}/>\n')
        for name, kind in _TIE_TYPES.items():
            out.write(f'<key id="{name}" for="edge" attr.name="{name}" attr.type="{kind}"/>\n')
        out.write('<graph edgedefault="undirected">\n')
        plain = [_plain(c) for c in columns.values()]
        for i in range(ties.n):
            data = "".join(f'<data key="n{k}">{_xml(c[i])}</data>' for k, c in enumerate(plain))
            out.write(f'<node id="{i}">{data}</node>\n')
        for a, b, *values in _tie_rows(ties):
            data = "".join(f'<data key="{k}">{_xml(v)}</data>' for k, v in zip(_TIE_TYPES, values, strict=True))
            out.write(f'<edge source="{a}" target="{b}">{data}</edge>\n')
        out.write("</graph>\n</graphml>\n")
    return path


def write_gexf(ties: Ties, path: Path | str, attributes: Attributes | None = None) -> Path:
    """Write GEXF 1.3, Gephi's own form, with strengths as weights; returns the path."""
    columns = _checked(ties, attributes)
    path = Path(path)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        out.write('<gexf xmlns="http://gexf.net/1.3" version="1.3">\n<graph defaultedgetype="undirected">\n')
        for title, kinds in (
            ("node", {name: _graphml_type(c) for name, c in columns.items()}),
            ("edge", _TIE_TYPES),
        ):
            out.write(f'<attributes class="{title}">\n')
            for number, (name, kind) in enumerate(kinds.items()):
                kind = {"int": "integer"}.get(kind, kind)
                out.write(f'<attribute id="{number}" title={quoteattr(name)} type="{kind}"/>\n')
            out.write("</attributes>\n")
        out.write("<nodes>\n")
        plain = [_plain(c) for c in columns.values()]
        for i in range(ties.n):
            data = "".join(f'<attvalue for="{k}" value={quoteattr(_text(c[i]))}/>' for k, c in enumerate(plain))
            out.write(f'<node id="{i}" label="{i}"><attvalues>{data}</attvalues></node>\n')
        out.write("</nodes>\n<edges>\n")
        for number, (a, b, *values) in enumerate(_tie_rows(ties)):
            data = "".join(f'<attvalue for="{k}" value={quoteattr(_text(v))}/>' for k, v in enumerate(values))
            out.write(
                f'<edge id="{number}" source="{a}" target="{b}" weight="{values[0]}">'
                f"<attvalues>{data}</attvalues></edge>\n"
            )
        out.write("</edges>\n</graph>\n</gexf>\n")
    return path


def write_edge_list(ties: Ties, path: Path | str) -> Path:
    """Write ties as CSV: first, second, strength, trust, kind, formed_by, since; returns the path."""
    path = Path(path)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["first", "second", *_TIE_TYPES])
        writer.writerows(_tie_rows(ties))
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


_TIE_TYPES = {
    "strength": "double",
    "trust": "double",
    "kind": "string",
    "formed_by": "string",
    "since": "string",
}


def _tie_rows(ties: Ties) -> Iterator[tuple[int, int, float, float, str, str, str]]:
    """Ties as plain Python values; strengths to four decimals, months as YYYY-MM."""
    kinds = {int(k): k.name.lower() for k in TieKind}
    formed = {int(f): f.name.lower() for f in FormedBy}
    months = {int(m): month_name(int(m)) for m in np.unique(ties.since)}
    columns = (
        ties.first.tolist(),
        ties.second.tolist(),
        np.round(ties.strength.astype(np.float64), 4).tolist(),
        np.round(ties.trust.astype(np.float64), 4).tolist(),
        ties.kind.tolist(),
        ties.formed_by.tolist(),
        ties.since.tolist(),
    )
    for a, b, s, t, k, f, m in zip(*columns, strict=True):
        yield a, b, s, t, kinds[k], formed[f], months[m]


def _checked(ties: Ties, attributes: Attributes | None) -> dict[str, NDArray[Any]]:
    columns = {name: np.asarray(column) for name, column in (attributes or {}).items()}
    for name, column in columns.items():
        if column.shape != (ties.n,):
            raise ValueError(f"attribute {name} has shape {column.shape}; expected ({ties.n},)")
    return columns


def _plain(column: NDArray[Any]) -> list[Any]:
    rounded = np.round(column.astype(np.float64), 6) if column.dtype.kind == "f" else column
    return list(rounded.tolist())


def _graphml_type(column: NDArray[Any]) -> str:
    return {"b": "boolean", "i": "int", "u": "int", "f": "double"}.get(column.dtype.kind, "string")


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _xml(value: object) -> str:
    return escape(_text(value))
