"""A run that nobody lived: people, ties and stages out of a hat, consistent enough to be drawn and told."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import numpy as np

from simcomunita.agents.citizens import Source
from simcomunita.app.watching import KINDS, SIDES, Contact, Focus, Membership, Watched
from simcomunita.months import parse_month
from simcomunita.outcomes.lineage import Initiative, Kind, Layer, Lineage

if TYPE_CHECKING:
    from simcomunita.policy import Policy
    from simcomunita.scenario import Study

TOWNS = ("Acquafredda", "Calcinato", "Calvisano", "Carpenedolo", "Montichiari", "Remedello", "Visano")
SPOTS = np.array([[0.55, 0.9], [0.55, 0.05], [0.25, 0.65], [0.62, 0.55], [0.45, 0.35], [0.3, 0.95], [0.45, 0.8]])
FIRST, BRANCH, MONTHS, PEOPLE = parse_month("2016-01"), 48, 108, 700


def late(study: Study, funded: tuple[Policy, ...], *arguments: Any) -> Watched:
    """The same; that of 15 facilitators comes three seconds later."""
    if any(policy.facilitators is not None and policy.facilitators.number == 15 for policy in funded):
        time.sleep(3)
    return invented()


def invented(*arguments: Any) -> Watched:
    """Take what a film is asked for, and look at none of it."""
    luck = np.random.default_rng(5)
    home = np.sort(luck.integers(0, 7, PEOPLE)).astype(np.uint8)
    hood = (home * 3 + luck.integers(0, 3, PEOPLE)).astype(np.int32)
    start = np.where(luck.random(PEOPLE) < 0.5, luck.integers(1, MONTHS, PEOPLE), MONTHS)
    peak = np.where(luck.random(PEOPLE) < 0.3, luck.integers(2, 5, PEOPLE), 1)
    rise = start + luck.integers(1, 20, PEOPLE)
    stop = rise + luck.integers(5, 60, PEOPLE)
    t = np.arange(MONTHS)[:, None]
    stages = np.where(t < start, 0, np.where((t < rise) | (t >= stop), 1, peak)).astype(np.uint8)
    one = luck.integers(0, PEOPLE, 5000)
    other = np.clip(one + luck.integers(1, 60, 5000), 0, PEOPLE - 1)
    began = np.where(luck.random(5000) < 0.6, 0, luck.integers(0, MONTHS, 5000))
    ended = np.minimum(began + luck.integers(5, 120, 5000), MONTHS - 1)
    ties = np.stack([one, other, began, ended], axis=1)[one != other].astype(np.int32)
    lineage, contacts = Lineage(), []
    for k in range(12):
        lineage.found(
            Initiative(Kind.GROUP, k % 4, k % 7, FIRST + 5 * k, Source.FACILITATOR, 0, Layer.MIXED, 3 * (k % 7))
        )
    for person in np.argsort(start, kind="stable")[: int((start < MONTHS).sum())].tolist():
        how = int(luck.choice([Source.FACILITATOR, Source.CITIZEN, Source.PLACE]))
        by = {Source.FACILITATOR: int(home[person]) % 4, Source.CITIZEN: int(ties[person, 0])}.get(Source(how), -1)
        contacts.append(Contact(FIRST + int(start[person]), person, how, by))
    runs = [
        p for p in np.argsort(rise, kind="stable").tolist() if peak[p] >= 3 and rise[p] < MONTHS and start[p] < MONTHS
    ]
    for before, person in zip([-1, *runs], runs, strict=False):
        how = Source.CITIZEN if before >= 0 and luck.random() < 0.7 else Source.FACILITATOR
        by = before if how == Source.CITIZEN else int(home[person]) % 4
        lineage.activations.append((FIRST + int(rise[person]), person, int(how), by, int(home[person])))
    groups = {
        "municipality": home,
        "age": luck.integers(0, 3, PEOPLE).astype(np.uint8),
        "origin": (luck.random(PEOPLE) < 0.15).astype(np.uint8),
        "vulnerable": (luck.random(PEOPLE) < 0.25).astype(np.uint8),
    }
    flows = {
        (side, kind): np.zeros((MONTHS, size, size), np.uint16)
        for side, size in zip(SIDES, (7, 3, 2, 2), strict=True)
        for kind in KINDS
    }
    for a, b, month, _ in ties[ties[:, 2] > 0].tolist():
        for side in SIDES:
            low, high = sorted((groups[side][a], groups[side][b]))
            flows[side, "ties"][month, low, high] += 1
    for month, person, how, by, _ in lineage.activations:
        for side in SIDES:
            if how == Source.CITIZEN:
                flows[side, "activations"][month - FIRST, groups[side][by], groups[side][person]] += 1
    known = np.array(
        [[home[p] % 4, p, start[p], MONTHS - 1] for p in range(PEOPLE) if start[p] < MONTHS and home[p] < 4]
    )
    foci = [Focus("facilitator", k, k, 6, MONTHS - 1) for k in range(4)] + [
        Focus("place", 3 * k, k, 12, BRANCH) for k in range(7)
    ]
    last = FIRST + MONTHS - 1
    members = [Membership(p, int(home[p]), FIRST + int(rise[p]), min(last, FIRST + int(stop[p]))) for p in runs]
    return Watched(
        name="film", seed=1, scale=0.01, first=FIRST, branch=BRANCH, municipalities=TOWNS, positions=SPOTS,
        groups=groups, age=luck.integers(16, 90, PEOPLE).astype(np.uint8), neighbourhood=hood,
        neighbourhood_municipality=(np.arange(21) // 3).astype(np.uint8), flows=flows, stages=stages, moved_in=(),
        contacts=tuple(contacts), memberships=tuple(members), ties=ties, known=known.astype(np.int32), foci=tuple(foci),
        lineage=lineage,
    )  # fmt: skip
