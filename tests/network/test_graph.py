"""Networks as files that other programs open."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import TextIO

import networkx as nx
import numpy as np
import pytest

from simcomunita.network.graph import Graph, write_gexf, write_graphml, write_kumu, write_lists


def named(directed: bool = True) -> Graph:
    return Graph(
        3,
        {
            "kind": np.array(["bank", "<library>", "school & hall"]),
            "open": np.array([True, False, True]),
            "firm": np.array([True, False, False]),
            "members": np.array([3, 0, 12], np.int32),
            "openness": np.array([0.5, 1 / 3, 1.0], np.float32),
        },
        np.array([0, 0, 1]),
        np.array([1, 2, 0]),
        {"trust": np.array([0.25, 0.5, 1.0]), "way": np.array(["bid", "è", ""])},
        ('A "bank"', "B|C", "Scuola è"),
        "trust",
        ("kind", "way"),
        directed,
    )


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize(("write", "read"), [(write_graphml, nx.read_graphml), (write_gexf, nx.read_gexf)])
def test_what_is_written_is_read_back_with_names_kinds_and_numbers(
    write: Callable[[Graph, TextIO], None], read: Callable[[io.BytesIO], nx.Graph], directed: bool
) -> None:
    graph, out = named(directed), io.StringIO()
    write(graph, out)
    back = read(io.BytesIO(out.getvalue().encode()))
    assert back.is_directed() == directed
    assert [data["label"] for _, data in back.nodes(data=True)] == list(graph.names)
    rows = [{name: data[name] for name in graph.nodes} for _, data in back.nodes(data=True)]
    assert rows == [dict(zip(graph.nodes, row, strict=True)) for row in graph.rows()]
    assert {type(value) for value in rows[0].values()} == {str, bool, int, float}
    if directed:
        assert back.edges["1", "0"]["trust"] == 1.0
        assert (back.edges["0", "2"]["way"], back.number_of_edges()) == ("è", 3)


def test_strength_is_the_weight_that_gephi_reads() -> None:
    out = io.StringIO()
    write_gexf(named(), out)
    assert nx.read_gexf(io.BytesIO(out.getvalue().encode())).edges["0", "1"]["weight"] == 0.25


def read(text: io.StringIO) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.getvalue())))


def test_kumu_finds_its_columns_and_every_end_of_a_connection_is_an_element() -> None:
    elements, connections = io.StringIO(), io.StringIO()
    write_kumu(named(), elements, connections)
    assert elements.getvalue().splitlines()[0] == "Label,Type,Tags,Members,Openness"
    assert connections.getvalue().splitlines()[0] == "From,To,Direction,Type,Strength"
    first, second, third = read(elements)
    assert (first["Label"], first["Type"], first["Tags"]) == ('A "bank"', "bank", "open|firm")
    assert (second["Label"], second["Tags"], third["Openness"]) == ("B/C", "", "1.0"), "a bar would part two labels"
    ends = {row[end] for row in read(connections) for end in ("From", "To")}
    assert ends <= {row["Label"] for row in read(elements)}
    assert read(connections)[0] == {
        "From": 'A "bank"', "To": "B/C", "Direction": "directed", "Type": "bid", "Strength": "0.25",
    }  # fmt: skip


def test_lists_name_nodes_by_number_and_edges_by_these() -> None:
    nodes, edges = io.StringIO(), io.StringIO()
    write_lists(named(), nodes, edges)
    assert read(nodes)[1]["name"] == "B|C"
    assert read(nodes)[1]["open"] == "false"
    assert [(row["first"], row["second"]) for row in read(edges)] == [("0", "1"), ("0", "2"), ("1", "0")]


def test_a_network_without_anybody_or_any_tie_is_a_file_all_the_same() -> None:
    none = Graph(0, {}, np.empty(0, np.int64), np.empty(0, np.int64), {"trust": np.empty(0)}, weight="trust")
    for write, read_back in ((write_graphml, nx.read_graphml), (write_gexf, nx.read_gexf)):
        out = io.StringIO()
        write(none, out)
        assert len(read_back(io.BytesIO(out.getvalue().encode()))) == 0


def test_columns_of_another_length_and_names_that_are_there_twice_are_refused() -> None:
    with pytest.raises(ValueError, match=r"shape \(2,\); expected \(3,\)"):
        Graph(3, {"age": np.zeros(2)}, np.zeros(0), np.zeros(0), {})
    with pytest.raises(ValueError, match="none twice"):
        Graph(2, {}, np.zeros(0), np.zeros(0), {}, ("a", "a"))
