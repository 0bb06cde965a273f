"""What a process lives, and keeps."""

from __future__ import annotations

import fake_workshop as fake
from fake_community import FakeModel

from simcomunita.app.living import Basis, Task, Worker


def test_histories_are_kept_while_there_is_room_and_those_of_the_last_pairs_go() -> None:
    made: list[int] = []

    def counted(*given: object) -> FakeModel:
        made.append(given[1])
        return FakeModel(*given)

    worker = Worker(Basis(fake.STUDY, ("active_now",), (None,), counted), 2.5 * fake.STUDY.history.territory.residents)
    for pair in (0, 1, 0, 1, 2, 1, 0):
        worker.live(Task("n", pair, 1.0), ())
    assert made == [1, 2, 3, 2]
