from __future__ import annotations

import numpy as np
import pytest

from simcomunita.network import Partnerships


@pytest.fixture
def partnerships():
    return Partnerships.of(np.array([[0, 3], [5, 2]], np.int32), trust=0.4)


def test_trust_is_the_same_from_both_sides(partnerships):
    assert partnerships.between(2, 5) == partnerships.between(5, 2) == 0.4


def test_strangers_are_not_trusted(partnerships):
    assert partnerships.between(0, 5) == 0.0
    assert partnerships.of_one(7) == {}


def test_joint_work_closes_a_share_of_what_is_missing(partnerships):
    partnerships.work_together(3, 0, gain=0.5)
    partnerships.work_together(7, 0, gain=0.5)
    assert partnerships.between(0, 3) == pytest.approx(0.7)
    assert partnerships.between(0, 7) == pytest.approx(0.5)
    assert partnerships.joint_work[0, 3] == 2
    assert partnerships.of_one(0) == pytest.approx({3: 0.7, 7: 0.5})


def test_what_goes_wrong_takes_a_share_of_trust_and_nothing_from_strangers(partnerships):
    partnerships.disappoint(3, 0, loss=0.25)
    partnerships.disappoint(0, 7, loss=0.25)
    assert partnerships.between(0, 3) == pytest.approx(0.3)
    assert len(partnerships) == 2


def test_pairs_among_some_are_those_with_both_inside(partnerships):
    pairs, trust = partnerships.among(np.array([True, False, True, True, False, False]))
    assert pairs.tolist() == [[0, 3]]
    assert trust.tolist() == [0.4]


def test_trust_never_exceeds_one(partnerships):
    for _ in range(200):
        partnerships.work_together(0, 3, gain=0.3)
    assert 0.99 < partnerships.between(0, 3) <= 1


def test_nobody_is_their_own_partner(partnerships):
    with pytest.raises(ValueError, match="its own partner"):
        partnerships.work_together(4, 4, gain=0.1)


def test_what_is_remembered_can_be_recalled(partnerships):
    partnerships.work_together(9, 1, gain=0.2)
    again = Partnerships.recall(partnerships.remember())
    assert again == partnerships
    again.work_together(9, 1, gain=0.2)
    assert again != partnerships


def test_none_can_be_remembered_too():
    assert Partnerships.recall(Partnerships().remember()) == Partnerships()


def test_common_partners_tell_what_they_trust(partnerships):
    partnerships.work_together(0, 5, gain=0.5)
    known, told = partnerships.matrix(np.array([True, False, True, True, False, True]))
    assert known[0, 2] == known[2, 0] == 0.4
    assert known[0, 1] == -1
    assert told[0, 1] == told[1, 0] == pytest.approx(0.5 * 0.4)
    assert told[1, 2] == 0


def test_who_is_introduced_begins_with_some_trust_and_who_has_worked_together_keeps_it(partnerships):
    partnerships.introduce(0, 3, trust=0.9)
    partnerships.introduce(1, 4, trust=0.3)
    assert partnerships.between(0, 3) == 0.4
    assert partnerships.between(4, 1) == 0.3
    assert partnerships.joint_work[1, 4] == 0


def test_the_latest_of_what_two_did_together_is_remembered(partnerships):
    assert partnerships.last_done(3, 0) == -1
    partnerships.work_together(3, 0, gain=0.1, initiative=7)
    again = Partnerships.recall(partnerships.remember())
    assert again.last_done(0, 3) == 7
    assert again.last_done(2, 5) == -1
