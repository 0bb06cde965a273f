from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simcomunita.agents.citizens import Source, Stage
from simcomunita.app.neighbourhood import Look, foci, nearest_focus, neighbourhood, town, usual_focus
from simcomunita.app.stories import story
from simcomunita.app.watching import KINDS, SIDES, Focus, Watch, Watched
from simcomunita.model import CommunityModel
from simcomunita.scenario import Study
from tests.app.invented import invented

Run = tuple[CommunityModel, Watched, int]
"""A model, what was seen of it, and how many ties were made, counted beside the watch."""


def lived(study: Study, months: int) -> Run:
    """So many months of the project, at a fiftieth of the size."""
    model = CommunityModel(study.history, 3, 0.02)
    seen, made = Watch(model), 0
    for _ in range(months):
        model.step()
        seen.look()
        made += int((model.ties.since == model.month).sum())
    return model, seen.watched(), made


@pytest.fixture(scope="module")
def run(study: Study) -> Run:
    return lived(study, 30)


def test_flows_add_up_to_the_ties_made_on_every_side(run: Run) -> None:
    _, seen, made = run
    assert made > 100
    for side in SIDES:
        assert seen.flows[side, "ties"].sum() == made


def test_flows_of_activations_add_up_to_those_through_another_citizen(run: Run) -> None:
    model, seen, _ = run
    through = sum(how == Source.CITIZEN and by >= 0 for *_, how, by, _ in model.lineage.activations)
    for side in SIDES:
        assert seen.flows[side, "activations"].sum() == through


def test_the_ties_seen_in_the_last_month_are_those_of_the_model(run: Run) -> None:
    model, seen, _ = run
    last = seen.ties[seen.ties[:, 3] == 30]
    assert set(map(tuple, last[:, :2].tolist())) == set(
        zip(model.ties.first.tolist(), model.ties.second.tolist(), strict=True)
    )


def test_everybody_who_was_activated_has_a_story_that_says_how(run: Run) -> None:
    model, seen, _ = run
    people = {row[1] for row in model.lineage.activations}
    assert people
    for person in people:
        for language, begins in (("en", "Begins to run things"), ("it", "Comincia a organizzare")):
            lines = [text for *_, text in story(seen, person, language).lines]
            assert any(text.startswith(begins) for text in lines)


def test_everybody_in_contact_has_a_story_that_starts_with_the_first_contact(
    run: Run,
) -> None:
    _, seen, _ = run
    stayed = set(np.flatnonzero(seen.stages[-1]).tolist()) - {person for _, person in seen.moved_in}
    assert len(stayed) > 20
    for person in sorted(stayed):
        assert story(seen, person, "en").lines[0][2].startswith("First contact")


def test_a_branch_is_followed_and_only_from_where_the_watch_stands(study: Study) -> None:
    model = CommunityModel(study.history, 3, 0.02)
    seen = Watch(model)
    model.step()
    with pytest.raises(ValueError, match="only follow a branch"):
        seen.follow(model)
    seen.look()
    twin = model.branch(study.scenarios["eight"].policies, "eight")
    seen.follow(twin)
    twin.step()
    seen.look()
    assert len(seen.watched().stages) == 3
    twin.advance_to(twin.month + 2)
    with pytest.raises(ValueError, match="expected the month after"):
        seen.look()


def test_the_same_seed_is_seen_as_the_same_bytes(study: Study) -> None:
    found = []
    for _ in range(2):
        _, seen, _ = lived(study, 6)
        near = neighbourhood(seen, town(seen, 0), 60)
        flows = b"".join(seen.flows[side, kind].tobytes() for side in SIDES for kind in KINDS)
        found.append((*near.packed().values(), near.people.tobytes(), flows))
    assert found[0] == found[1]


def test_a_model_can_be_viewed_in_a_notebook_around_what_there_is(run: Run) -> None:
    pytest.importorskip("anywidget")
    model, *_ = run
    widget = model.view(("town", 1), "it")
    assert widget.data["kind"] == "town"
    assert len(widget.data["dates"]) == 1
    widget.followed = widget.data["people"][0]
    assert widget.story["title"] == f"Persona {widget.followed}"
    with pytest.raises(ValueError, match="there is no place -5 in"):
        model.view(("place", -5))


def test_a_neighbourhood_has_as_many_people_as_asked_for_and_those_who_take_part_first() -> None:
    seen = invented()
    near = neighbourhood(seen, seen.foci[0], 50)
    assert len(near.people) == 50
    assert near.looks.shape == (len(seen.stages), 50)
    assert len(near.spots) == 51
    highest = seen.stages.max(axis=0)
    known = seen.known[seen.known[:, 0] == seen.foci[0].number, 1]
    assert set(near.people) >= set(known[highest[known] >= Stage.ACTIVE][:10])
    assert near.ties[:, :2].max() < 50


def test_everything_to_look_at_is_there_once_under_a_key_that_finds_it_again() -> None:
    seen = invented()
    twice = replace(seen, foci=(*seen.foci, Focus("facilitator", 2, 2, 1, 4)))
    known = foci(twice)
    assert len(known) == len(seen.municipalities) + len(seen.foci)
    assert (known["facilitator:3"].first, known["facilitator:3"].last) == (1, len(seen.stages) - 1)
    assert all(nearest_focus(twice, key) == one for key, one in known.items())


def test_what_a_film_does_not_have_is_replaced_by_the_nearest_of_its_kind_or_the_usual() -> None:
    seen = invented()
    assert nearest_focus(seen, "facilitator:99").key == "facilitator:4"
    assert nearest_focus(seen, "place:6").key in ("place:4", "place:7")
    assert nearest_focus(seen, "") == usual_focus(seen)
    without = replace(seen, foci=tuple(one for one in seen.foci if one.kind == "place"))
    assert nearest_focus(without, "facilitator:1") == usual_focus(without)
    assert usual_focus(without).key == "place:1"
    assert usual_focus(replace(seen, foci=())).key == "town:1"


def test_a_month_before_or_after_a_film_is_taken_as_its_first_or_last() -> None:
    seen = invented()
    last = len(seen.stages) - 1
    assert [seen.nearest_month(one) for one in ("", "1999-01", "2016-02", "2030-12")] == [last, 0, 1, last]


def test_nobody_stands_where_another_does_and_nobody_outside_the_picture() -> None:
    seen = invented()
    spots = neighbourhood(seen, seen.foci[0], 120).spots
    assert len(np.unique(spots, axis=0)) == len(spots)
    assert np.abs(spots.astype(int) - 32767).max() <= 32768


def test_who_took_part_and_does_no_more_is_shown_as_having_stopped() -> None:
    seen = invented()
    near = neighbourhood(seen, seen.foci[0], 300)
    for k, person in enumerate(near.people.tolist()):
        course = seen.stages[:, person]
        after = np.flatnonzero(course >= Stage.PARTICIPANT)
        stopped = (course < Stage.PARTICIPANT) & (np.arange(len(course)) > (after[0] if len(after) else len(course)))
        assert ((near.looks[:, k] == Look.STOPPED) == stopped).all()


def test_a_story_names_who_brought_whom_from_both_ends() -> None:
    seen = invented()
    one = next(c for c in seen.contacts if c.how == Source.CITIZEN and c.by >= 0)
    assert f"person {one.by} asks them along" in " ".join(text for *_, text in story(seen, one.person, "en").lines)
    assert one.by in story(seen, one.person, "en").people
    assert one.person in story(seen, one.by, "en").people


def test_a_story_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no person -1; expected 0 to 699"):
        story(invented(), -1, "en")
