"""Twin of the kernel of `simcomunita.mechanisms.facilitation.hooking`."""

from __future__ import annotations


def askable(people, last_asked, stage, age, again):
    free = (stage < 2) & (age >= 14) & ((last_asked < 0) | (last_asked <= again))
    return people[free[people]]
