"""Which way a measure is better: more of it, less of it, or neither.

As those who fund community work see it. Where a rise can be good or bad, or is nothing but the work that was put in,
a measure is neither, and nothing is said of what is better.
"""

from __future__ import annotations

from typing import Literal

Better = Literal["higher", "lower", "neither"]

_HIGHER = """
citizens_reached contacts vulnerable_reached active_participants vulnerable_active activated_by_citizens
active_after_taken_on active_now participants_now promoters_now
proximity_labs labs_co_led participations vulnerable_participations labs_co_led_share vulnerable_participation_share
activated_by_citizens_share asks_by_citizens
groups_started groups_alive groups_that_lived_a_year copies_that_lived_a_year
beneficiaries_taken_on households_taken_on never_askers_taken_on crises_averted
evictions_frozen rental_contracts helped_with_housing_by_citizens social_condominiums landlord_trust
placements hires placements_or_hires people_placed_or_hired firms_that_came_back taken_by_firms_again trained
firm_trust needs_met needs_met_formal needs_met_informal needs_met_mixed needs_met_in_groups referrals helped_who_help
met_in_places youth_placements mentors age_bridging_meetings age_bridging_ties_of_the_young spaces_alive
visits_to_spaces
organisations_involved firms_involved community_places places_alive joint_actions joint_bids bids_won
further_funding_euro collaboration_density organisations_collaborating_share mixed_coalitions_share
idle_resources_used_share mean_partner_trust helped_by_pooling
ties support_ties bridging_ties linking_ties bridging_ties_of_participants services_known_share links_with_services
links_with_firms isolated_hooked
citizen_projects_proposed citizen_projects_funded practices_copied copies_alive exported_practices self_started_share
self_started_last_year activation_reproduction largest_cascade mean_cascade mean_novelty mean_ease professionals_trained
"""

_LOWER = """
shocks crises in_crisis_now isolated_share isolated_share_of_the_vulnerable waiting_for_services
path_length_to_a_service path_length_to_a_service_of_the_vulnerable
cost_per_joint_action lab_hours cost_euro cost_per_newly_active cost_per_taken_on cost_per_need_met
"""

_NEITHER = """
labs_supported groups_on_their_own members_of_large_groups members_of_small_groups left_large_groups left_small_groups
groups_a_year_old copies_a_year_old groups_started_by_staff cases mixed_help_share taken_as_if_for_the_first_time
bonding_ties modularity_of_groups modularity_of_groups_at_most modularity_of_neighbourhoods modularity_of_communities
modularity_of_participants clustering
facilitators_hired newly_mapped asks_by_facilitators asks_accepted_by_facilitators residents_known
introductions_by_facilitators
hours_of_labs hours_of_starting_groups hours_of_joint_actions hours_casework hours_map hours_hook hours_connect
hours_run_groups hours_document hours_evaluate
"""

BETTER: dict[str, Better] = {
    **dict.fromkeys(_HIGHER.split(), "higher"),
    **dict.fromkeys(_LOWER.split(), "lower"),
    **dict.fromkeys(_NEITHER.split(), "neither"),
}
"""Which way every measure is better, by name."""


def better(measure: str) -> Better:
    """Which way a measure is better; neither, of one that is not known."""
    return BETTER.get(measure, "neither")


def sign(measure: str) -> float:
    """1 where more is better, -1 where less is, 0 where neither."""
    return {"higher": 1.0, "lower": -1.0, "neither": 0.0}[better(measure)]
