from __future__ import annotations

from urllib.parse import quote, unquote

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from simcomunita.app.asking import MEASURES
from simcomunita.app.assumptions import Assumed, assumptions
from simcomunita.app.choices import PRESETS, Choice, ends_early, idle
from simcomunita.app.levers import LEVERS
from simcomunita.app.state import FILMS, KINDS, MOST_FILE, MOST_LINK, PAGES, SECONDS, Named, State, changed
from simcomunita.experiment.wording import LANGUAGES
from simcomunita.months import month_name, parse_month

values = st.fixed_dictionaries({key: st.sampled_from(lever.values) for key, lever in LEVERS.items()})
choices = values.filter(lambda v: not ends_early(v) and not idle(v)).map(Choice.of)
names = st.text("abcÈé Z19.,'’()+%€&/!?°:-_", min_size=1, max_size=40).map(lambda n: " ".join(n.split())).filter(bool)
named = st.builds(Named, names, choices)
known = st.deferred(
    lambda: st.fixed_dictionaries({}, optional={k: st.sampled_from(one.values) for k, one in assumptions().items()})
)
states = st.builds(
    State,
    st.sampled_from(LANGUAGES),
    st.sampled_from(PAGES),
    choices,
    choices,
    st.lists(named, max_size=4, unique_by=lambda one: one.name).map(tuple),
    st.sampled_from(MEASURES),
    st.booleans(),
    known.map(Assumed.of),
    st.sampled_from(SECONDS),
    st.sampled_from(FILMS),
    st.one_of(st.just(""), st.builds("{}:{}".format, st.sampled_from(KINDS), st.integers(1, 999_999))),
    st.one_of(st.just(""), st.integers(parse_month("2016-01"), parse_month("2030-12")).map(month_name)),
)


@settings(deadline=None)
@given(states)
def test_every_state_survives_its_link(state: State) -> None:
    query = state.to_query()
    assert State.from_query(query) == (state, ())
    assert State.from_query(f"?{query}", "it") == (state, ())
    assert len(query) < MOST_LINK


@settings(deadline=None)
@given(states)
def test_every_state_survives_its_file(state: State) -> None:
    assert State.from_file(state.to_file(), "it") == (state, ())


@settings(deadline=None)
@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
def test_no_link_whatever_raises(query: str, lang: str) -> None:
    state, _ = State.from_query(query, lang)
    assert State.from_query(state.to_query()) == (state, ())


KEYS = ["lang", "page", "now", "base", "measure", "predict", "assume", "second", "film", "around", "month", "s", "x"]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(KEYS), st.text(max_size=40))))
def test_no_value_in_a_link_raises(pairs: list[tuple[str, str]]) -> None:
    state, _ = State.from_query("&".join(f"{key}={quote(value)}" for key, value in pairs))
    assert State.from_query(state.to_query()) == (state, ())


plain = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["name", "levers", "current", *LEVERS, "costs.facilitator", "x"]), inner, max_size=4
        ),
    ),
    max_leaves=12,
)
files = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(str.encode),
    st.fixed_dictionaries(
        {"current": plain, "baseline": plain, "assumed": plain, "scenarios": plain, "page": plain},
        optional={"second": plain, "film": plain, "around": plain, "month": plain},
    ).map(lambda data: yaml.safe_dump(data).encode()),
)


@settings(deadline=None)
@given(files)
def test_no_file_whatever_raises(content: bytes) -> None:
    state, _ = State.from_file(content)
    assert State.from_file(state.to_file()) == (state, ())


def test_the_longest_state_survives_its_link() -> None:
    moved = {"facilitators": 16, "from": "2020-02", "until": "2024-11", "groups": 10, "cases": 10, "ties": 10}
    moved |= {"outreach": "office", "where": "evenly", "kept": "closed", "places": 60, "calls": 100_000}
    choice = Choice.of(moved)
    scenarios = tuple(Named(f"{'𝒜' * 39}{k}", choice) for k in range(4))
    assumed = Assumed.of({key: one.values[-2] for key, one in assumptions().items()})
    looks = (SECONDS[-1], FILMS[-1], "facilitator:999999", "2024-11")
    state = State("it", "confidence", choice, choice, scenarios, MEASURES[-1], True, assumed, *looks)
    assert State.from_query(state.to_query()) == (state, ())


def test_a_link_is_short_and_readable() -> None:
    assert State().to_query() == "lang=en&now=eight"
    state = State("it", "compare", Choice.of({"facilitators": 4, "from": "2022-01"}), scenarios=(_kept("Quattro"),))
    assert unquote(state.to_query()) == "lang=it&page=compare&now=facilitators:4,from:2022-01&s=eight~Quattro"


def test_what_is_assumed_stands_in_the_link_as_the_models_own_names_and_values() -> None:
    state = State(assumed=Assumed.of({"costs.facilitator": 40_000, "commitment.stopping": 0.05}))
    assert state.to_query() == "lang=en&now=eight&assume=commitment.stopping:0.05,costs.facilitator:40000"
    assert State.from_query("assume=costs.facilitator:37000") == (State(), ())


def test_of_a_file_that_assumes_nonsense_the_rest_is_taken() -> None:
    content = b"current: {facilitators: 4}\nassumed: {commitment.stopping: soon, costs.facilitator: 40000, x: 1}\n"
    state, problems = State.from_file(content)
    assert (state.current, state.assumed) == (Choice.of(facilitators=4), Assumed.of({"costs.facilitator": 40_000}))
    assert problems[0] == "How soon people stop: “soon” is not possible; taken instead: as calibrated."
    assert problems[1].startswith("“x” is no assumption that can be changed here")
    _, problems = State.from_file(b"current: {}\nassumed: [1]\n", "it")
    assert problems == ("«[1]» non dice nulla sulle ipotesi; tutto è come stimato e come nel prezzario.",)


def test_what_is_looked_at_stands_in_the_link_only_where_it_is_not_the_usual() -> None:
    looks = State(page="community", second="cost_euro", film="baseline", around="facilitator:3", month="2018-05")
    said = "second=cost_euro&film=baseline&around=facilitator:3&month=2018-05"
    assert unquote(looks.to_query()) == f"lang=en&page=community&now=eight&{said}"


@pytest.mark.parametrize(
    "looks", [{"second": "cost"}, {"film": "mine"}, {"around": "facilitator:0"}, {"around": "x:1"}, {"month": "2018"}]
)
def test_nothing_is_looked_at_that_there_cannot_be(looks: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(looks.values()))):
        State(**looks)


def test_what_a_page_tells_and_there_cannot_be_changes_nothing() -> None:
    assert changed(State(), film="baseline") == State(film="baseline")
    for field in ("measure", "second", "film", "around"):
        assert changed(State(), **{field: "<script>"}) == State()


def _kept(name: str) -> Named:
    return Named(name, PRESETS["eight"].choice)


@pytest.mark.parametrize(
    ("query", "lang", "said"),
    [
        ("now=facilitators:99", "en", "Community facilitators: “99” is not possible; taken instead: 16 facilitators."),
        ("now=facilitators:99", "it", "Facilitatori di comunità: «99» non è possibile; al suo posto: 16 facilitatori."),
        ("lang=it&now=from:1850-01", "en", "Facilitatori da: «1850-01» non è possibile; al suo posto: gennaio 2020."),
        ("now=facilitator:3", "en", "“facilitator” is no lever and was left out. The nearest is “facilitators”."),
        ("now=eigth", "en", "“eigth” is no ready-made choice and was left out. The nearest is “eight”."),
        ("page=/etc/passwd", "it", "«/etc/passwd» non è una pagina ed è stato tralasciato."),
        ("lang=fr", "it", "«fr» non è una lingua di questa pagina ed è stato tralasciato."),
        ("policy=eight", "en", "“policy” is no part of a link or file and was left out."),
        ("now=from:2022-01,until:2021-01", "en", "The facilitators ended before they began"),
        ("now=groups:0,cases:0,ties:0", "it", "Le ore dei facilitatori non andavano a nulla"),
        ("assume=commitment.stopping:0.01", "en", "How soon people stop: “0.01” is not possible; taken instead: 4 % a"),
        (
            "assume=costs.facilitator:9e9",
            "it",
            "Quanto costa un facilitatore: «9e9» non è possibile; al suo posto: 42.000",
        ),
        (
            "assume=asking.cold:<b>",
            "it",
            "Quanto spesso si dice sì a un estraneo: «<b>» non è possibile; al suo posto: come",
        ),
        ("assume=commitment.stoping:0.05", "en", "“commitment.stoping” is no assumption that can be changed here and"),
        ("assume=../../etc/passwd", "it", "«../../etc/passwd» non è un'ipotesi che qui si possa modificare"),
        ("s=eight~<b>x</b>", "en", "“<b>x</b>” cannot be a scenario's name; it is called “bx/b”."),
        ("s=eight~a&s=eight~a", "it", "«a» non può essere il nome di uno scenario; si chiama «a 2»."),
        ("second=cost_eur", "en", "“cost_eur” is no measure of the second picture and was left out. The nearest is"),
        ("film=curent", "it", "«curent» non è un filmato di questa pagina ed è stato tralasciato. Il più vicino è"),
        ("around=facilitatore:3", "it", "«facilitatore:3» non indica nulla che si possa guardare da vicino; al suo"),
        ("around=/etc/passwd", "en", "“/etc/passwd” names nothing that can be looked at from near; what is usual"),
        ("month=2018-13", "en", "“2018-13” is no month; the film stands at its end."),
        ("&".join(f"s=eight~n{i}" for i in range(5)), "it", "Più di 4 scenari; sono stati presi i primi 4."),
        ("x" * (MOST_LINK + 1), "it", "Questo link supera 4.000 caratteri"),
    ],
)
def test_what_is_wrong_with_a_link_is_said_in_the_readers_language(query: str, lang: str, said: str) -> None:
    state, problems = State.from_query(query, lang)
    assert len(problems) == 1
    assert problems[0].startswith(said)
    assert State.from_query(state.to_query()) == (state, ())


@pytest.mark.parametrize("written", ["null", "true"])
def test_what_is_wrong_with_a_file_is_said_as_it_is_written(written: str) -> None:
    _, problems = State.from_file(f"current: {{facilitators: {written}}}".encode(), "it")
    assert len(problems) == 1
    assert f"«{written}» non è possibile" in problems[0]


def test_the_nearest_valid_values_are_taken() -> None:
    state, _ = State.from_query("lang=it&now=facilitators:-5,places:61,calls:abc&page=explore&around=facilitatore:3")
    assert state.current == Choice.of(facilitators=0, places=60)
    assert state.around == "facilitator:3"


@pytest.mark.parametrize(
    "content",
    [
        b"current: !!python/object/apply:os.system ['touch /tmp/owned']",
        b"current: &a [*a]",
        b"include: [/etc/passwd]\n",
        b"- 1",
        b"\xff\xfe\x00",
        b"current: {facilitators: 3",
        b"",
        b"current: {" + b"a: 1, " * (MOST_FILE // 6) + b"}",
    ],
)
def test_a_file_that_is_none_is_refused_whole(content: bytes) -> None:
    state, problems = State.from_file(content, "it")
    assert state == State("it")
    assert len(problems) == 1
    assert problems[0].startswith("Questo file")


def test_a_file_names_no_path_and_no_policy() -> None:
    content = b"current: {facilitators: 4, policy: eight_facilitators.yaml}\ninclude: [/etc/passwd]\npolicies: [x]\n"
    state, problems = State.from_file(content)
    assert state.current == Choice.of(facilitators=4)
    assert len(problems) == 3
    assert all("was left out" in problem for problem in problems)


def test_however_much_is_wrong_little_is_said() -> None:
    _, problems = State.from_query("&".join(f"k{i}=1" for i in range(200)))
    assert len(problems) == 9
    assert problems[-1] == "And 192 more."
