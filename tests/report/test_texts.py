from __future__ import annotations

import string

import pytest

from simcomunita.report import grounds, means, sheets, texts, workbook

BOOKS = {
    "texts": texts.TEXTS,
    "grounds": grounds._TEXTS,
    "means": {**means._TEXTS, **{f"item {key}": value for key, value in means._ITEMS.items()}},
    "sheets": sheets._TEXTS,
    "workbook": workbook._TEXTS,
}


def holes(phrase: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name is not None}


@pytest.mark.parametrize("book", BOOKS)
def test_every_phrase_is_there_in_both_languages_with_the_same_numbers_in_it(book: str) -> None:
    for key, phrase in BOOKS[book].items():
        assert set(phrase) == {"en", "it"}, key
        assert holes(phrase["en"]) == holes(phrase["it"]), key
        assert phrase["en"] != phrase["it"] or len(phrase["en"]) < 12, f"{key} is not translated"


@pytest.mark.parametrize(
    ("names", "en", "it"),
    [
        (["a"], "“a”", "«a»"),
        (["a", "b"], "“a” and “b”", "«a» e «b»"),
        (["a", "b", "c"], "“a”, “b” and “c”", "«a», «b» e «c»"),
    ],
)
def test_lists_are_joined_as_each_language_does(names: list[str], en: str, it: str) -> None:
    assert (texts.listed(names, "en"), texts.listed(names, "it")) == (en, it)


@pytest.mark.parametrize(("n", "en", "it"), [(2, "two", "due"), (10, "ten", "dieci"), (11, "11", "11"), (1, "1", "1")])
def test_small_numbers_of_things_are_written_in_letters(n: int, en: str, it: str) -> None:
    assert (texts.count(n, "en"), texts.count(n, "it")) == (en, it)
