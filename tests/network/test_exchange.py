from __future__ import annotations

from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from simcomunita.configuration import ConfigurationError
from simcomunita.network import FormedBy, TieKind, Ties
from simcomunita.network.exchange import (
    read_named_ties,
    to_networkx,
    write_edge_list,
    write_gexf,
    write_graphml,
)


@pytest.fixture
def ties() -> Ties:
    return Ties(
        4,
        np.array([0, 0, 1], np.int32),
        np.array([1, 2, 3], np.int32),
        np.array([0.9, 0.5, 0.25], np.float32),
        np.array([0.8, 0.4, 0.2], np.float32),
        np.array([TieKind.KIN, TieKind.FRIEND, TieKind.GROUP], np.uint8),
        np.array([FormedBy.HOUSEHOLD, FormedBy.CLOSURE, FormedBy.ASSOCIATION], np.uint8),
        np.array([24000, 24100, 24193], np.int16),
    )


@pytest.fixture
def attributes() -> dict[str, np.ndarray]:
    return {
        "age": np.array([40, 12, 70, 33], np.uint8),
        "volunteer": np.array([True, False, False, True]),
        "trust": np.array([0.5, 0.25, 0.75, 1.0], np.float32),
        'place <&> "name"': np.array(["a", "b & c", "<d>", "è"]),
    }


def test_networkx_bears_everything_as_plain_values(ties: Ties, attributes: dict[str, np.ndarray]) -> None:
    graph = to_networkx(ties, attributes)
    assert graph.nodes[0] == {"age": 40, "volunteer": True, "trust": 0.5, 'place <&> "name"': "a"}
    assert type(graph.nodes[0]["age"]) is int
    assert graph.edges[0, 1] == {
        "strength": 0.9, "trust": 0.8, "kind": "kin", "formed_by": "household", "since": "2000-01",
    }  # fmt: skip
    assert set(graph) == {0, 1, 2, 3}


@pytest.mark.parametrize(("write", "read"), [(write_graphml, nx.read_graphml), (write_gexf, nx.read_gexf)])
def test_written_files_are_read_back_by_networkx(
    write: object, read: object, ties: Ties, attributes: dict[str, np.ndarray], tmp_path: Path
) -> None:
    path = write(ties, tmp_path / "network", attributes)  # type: ignore[operator]
    graph, expected = read(path), to_networkx(ties, attributes)  # type: ignore[operator]
    assert {frozenset(e) for e in graph.edges} == {frozenset(map(str, e)) for e in expected.edges}
    for node in expected:
        for name, value in expected.nodes[node].items():
            assert graph.nodes[str(node)][name] == value
    for a, b, about in expected.edges(data=True):
        for name, value in about.items():
            assert graph.edges[str(a), str(b)][name] == value


def test_an_edge_list_has_a_line_a_tie(ties: Ties, tmp_path: Path) -> None:
    lines = write_edge_list(ties, tmp_path / "ties.csv").read_text().splitlines()
    assert lines[0] == "first,second,strength,trust,kind,formed_by,since"
    assert lines[1] == "0,1,0.9,0.8,kin,household,2000-01"
    assert len(lines) == 4


def test_what_is_written_can_be_read_by_name(ties: Ties, tmp_path: Path) -> None:
    path = write_graphml(ties, tmp_path / "n.graphml", {"label": np.array(["Anna", "Bo", "Chen", "Dario"])})
    assert [(a, b) for _, a, b in read_named_ties(path)] == [
        ("Anna", "Bo"),
        ("Anna", "Chen"),
        ("Bo", "Dario"),
    ]


def test_attributes_of_another_length_are_refused(ties: Ties) -> None:
    with pytest.raises(ValueError, match="expected"):
        to_networkx(ties, {"age": np.zeros(3)})


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.txt", "x", "not read"),
        ("a.csv", "one,two\nx,y\n", "missing"),
        ("a.csv", "from,to\nx,\n", "empty end"),
        ("a.graphml", '<!DOCTYPE x [<!ENTITY a "b">]><graphml/>', "refused"),
        ("a.graphml", "<graphml>", "cannot be read"),
        ("a.graphml", "plain", "cannot be read"),
    ],
)
def test_broken_files_are_refused(name: str, text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(ConfigurationError, match=words):
        read_named_ties(tmp_path / name)
