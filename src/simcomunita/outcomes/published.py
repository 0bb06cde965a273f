"""The fourteen outcomes that the project published, and what is counted beside each because a published figure can be
read in more than one way: people or attendances, people or households, ever or at the end.
"""

from __future__ import annotations

PUBLISHED: dict[str, tuple[str, ...]] = {
    "citizens_reached": ("contacts", "participations", "vulnerable_reached"),
    "active_participants": ("active_now", "vulnerable_active"),
    "beneficiaries_taken_on": ("households_taken_on", "cases", "never_askers_taken_on"),
    "professionals_trained": ("facilitators_hired",),
    "community_places": ("places_alive",),
    "organisations_involved": (),
    "firms_involved": ("firms_that_came_back",),
    "youth_placements": (),
    "placements_or_hires": ("placements", "hires", "people_placed_or_hired"),
    "social_condominiums": (),
    "citizen_projects_funded": ("citizen_projects_proposed",),
    "proximity_labs": ("labs_supported", "groups_started"),
    "labs_co_led_share": ("labs_co_led",),
    "vulnerable_participation_share": ("participations", "vulnerable_participations"),
}
"""By the measure that counts an outcome as published: the measures that count it in another way."""
