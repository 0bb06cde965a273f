"""What a planner can fund, when it is in force, and what it costs."""

from __future__ import annotations

from simcomunita.policy.calendar import Calendar, Levers, Post
from simcomunita.policy.costs import ITEMS, PAID_OUT, STANDING, Cost, CostBook, read_cost_book
from simcomunita.policy.levers import TASKS, FacilitatorLever, Policy, TaskShares
from simcomunita.policy.posts import catchments, homes_of, place_posts

__all__ = [
    "ITEMS",
    "PAID_OUT",
    "STANDING",
    "TASKS",
    "Calendar",
    "Cost",
    "CostBook",
    "FacilitatorLever",
    "Levers",
    "Policy",
    "Post",
    "TaskShares",
    "catchments",
    "homes_of",
    "place_posts",
    "read_cost_book",
]
