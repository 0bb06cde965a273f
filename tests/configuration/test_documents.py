"""YAML is read as plain data with places, whatever is in the file."""

from __future__ import annotations

import math
import re
import string

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from simcomunita.configuration import ConfigurationError, Problems, parse_yaml, read_yaml
from simcomunita.configuration.documents import written


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", True),
        ("Off", False),
        ("yes", True),
        ("false", False),
        ("~", None),
        ("", None),
        ("8", 8),
        ("-3", -3),
        ("37_000", 37000),
        ("0.5", 0.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1.5e-3", 0.0015),
        (".inf", math.inf),
        ("08", "08"),
        ("017001", "017001"),
        ("1:30", "1:30"),
        ("0x10", "0x10"),
        ("2016-02", "2016-02"),
        ("2016-02-01", "2016-02-01"),
        ("0,5", "0,5"),
        ("'8'", "8"),
        ('"on"', "on"),
        ("!!str 8", "8"),
        ("none", "none"),
        ("=", "="),
    ],
)
def test_a_value_is_read_as_people_mean_it(text, value):
    assert parse_yaml(f"key: {text}\n", "a.yaml").data == {"key": value}


def test_the_keys_on_and_no_stay_words():
    assert parse_yaml("on: 1\nno: 2\n2016: 3\n~: 4\n", "a.yaml").data == {"on": 1, "no": 2, "2016": 3, "~": 4}


def test_every_value_knows_its_line():
    document = parse_yaml("a: 1\nb:\n  - x\n  - c: 2\n    d: 3\n", "a.yaml")
    lines = {written(at): place.line for at, place in document.places.items()}
    assert lines == {"": 1, "a": 1, "b": 2, "b[0]": 3, "b[1]": 4, "b[1].c": 4, "b[1].d": 5}


def test_what_is_missing_stands_where_its_nearest_parent_does():
    document = parse_yaml("a:\n  b:\n    c: 1\n", "a.yaml")
    problem = document.problem(("a", "b", "d", 0), "it is missing.")
    assert (problem.line, problem.key) == (2, "a.b.d[0]")


def test_a_value_that_an_alias_repeats_is_read_twice():
    document = parse_yaml("a: &x {b: 1}\nc: *x\n", "a.yaml")
    assert document.data == {"a": {"b": 1}, "c": {"b": 1}}
    assert document.data["a"] is not document.data["c"]


def test_all_problems_of_single_values_are_told_at_once():
    with pytest.raises(ConfigurationError) as raised:
        parse_yaml("a: !x 1\nb: 1\nb: 2\nc: !!python/name:os ''\n", "a.yaml")
    assert [(p.line, p.key) for p in raised.value.problems] == [(1, "a"), (3, "b"), (4, "c")]


def test_the_rest_of_a_file_can_be_read_on():
    found = Problems()
    document = parse_yaml("a: !x 1\nb: 1\n", "a.yaml", found)
    assert document.data == {"a": None, "b": 1}
    assert document.refused == {("a",)}
    assert len(found.found) == 1


def test_a_byte_order_mark_is_no_problem(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_yaml(file).data == {"a": 1}


def test_windows_line_ends_count_as_lines(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_bytes(b"a: 1\r\nb: 2\r\n")
    assert read_yaml(file).place(("b",)).line == 2


keys = st.text(string.ascii_letters + "àè .-_:#'\"", min_size=1, max_size=8)
# PyYAML writes the text 1e3 without quotes, since to YAML 1.1 it is none of a number; here it is one.
texts = st.text(max_size=12).filter(lambda text: not re.fullmatch(r"[-+]?[0-9_.]+[eE][-+]?[0-9]+", text))
plain = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | texts
values = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3), max_leaves=8
)


@given(st.dictionaries(keys, values, min_size=1, max_size=4))
def test_what_yaml_writes_is_read_back(data):
    text = yaml.safe_dump(data)
    assert parse_yaml(text, "a.yaml").data == data


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_with_a_line(text):
    last = text.count("\n") + len(text.splitlines()) + 2
    problems = Problems()
    with problems.gathering():
        parse_yaml(text, "a.yaml")
    assert all(p.line is None or 1 <= p.line <= last for p in problems.found)


@given(st.binary(max_size=200))
def test_any_file_is_read_or_refused(tmp_path_factory, raw):
    file = tmp_path_factory.mktemp("any") / "a.yaml"
    file.write_bytes(raw)
    problems = Problems()
    with problems.gathering():
        read_yaml(file)
    assert all(p.file == str(file) for p in problems.found)
