"""What facilitators' hours yield, and how they move between posts."""

from __future__ import annotations

from simcomunita.configuration import Parameters, quantity

_ORGANISERS = (
    "England's Community Organisers programme: about 231 people listened to an organiser-year (Cameron, Rennick, "
    "Maguire & Freeman 2015, Ipsos MORI and NEF Consulting, for the Cabinet Office); this project, if it had 8 "
    "full-time equivalents, about 200; hours are an assumption"
)
_LABS = "552 labs in 44 months, 1.6 a month and full-time equivalent if there were 8; hours are an assumption"
_CASES = "2,595 taken on in 44 months, 7.4 a month and full-time equivalent if there were 8; hours are an assumption"
_OWN = "assumption"


class FacilitationParameters(Parameters):
    """Hours and yields of the seven things that facilitators do."""

    on: bool = True
    """Whether posts are filled at all."""
    turnover: float = quantity(
        0.015,
        low=0.005,
        high=0.03,
        unit="per month",
        source="assumption: 6-30 % of social-work staff leave a year",
        least=0,
        most=1,
    )
    """Probability that a facilitator leaves and is replaced."""

    hours_of_a_case: float = quantity(4.2, low=2.5, high=10, unit="hours", source=_CASES, least=0.1, most=500)
    """To take on one person: talk, accompany to a service, follow up."""
    case_solves: float = quantity(0.5, low=0.3, high=0.8, unit="probability", source=_OWN, least=0, most=1)
    """That casework of middling skill ends a crisis and meets the needs that come with it."""
    helped_learns: float = quantity(0.08, low=0.02, high=0.2, unit="share", source=_OWN, least=0, most=1)
    """Share of what is missing to full competence and trust that having been helped gives (people who were helped
    become people who help)."""

    link_by_casework: float = quantity(
        0.4,
        low=0.2,
        high=0.7,
        unit="share",
        source="Szreter & Woolcock (2004), Int. J. Epidemiology 33:650, for the form; size is an assumption",
        least=0,
        most=1,
    )
    """Share of what is missing to a full link with a service that being taken on gives."""
    invited: float = quantity(0.8, low=0.3, high=1, unit="probability", source=_OWN, least=0, most=1)
    """That somebody taken on is asked to take part as well (accompany and develop)."""

    contacts_an_hour: float = quantity(1.2, low=0.5, high=3, unit="people", source=_OWN, least=0, most=100)
    """People met in an hour of mapping; whether they are new depends on how much is known already."""
    through_people: float = quantity(0.4, low=0.2, high=0.6, unit="share", source=_OWN, least=0, most=1)
    """Share of these met through people known already; a fifth through organisations, the others where the outreach
    lever says."""

    hours_of_an_ask: float = quantity(1.6, low=1, high=3, unit="hours", source=_ORGANISERS, least=0.05, most=100)
    """To listen to somebody and ask."""
    hours_of_trying: float = quantity(0.4, low=0.2, high=2, unit="hours", source=_OWN, least=0, most=100)
    """To give somebody who says yes something to try at once, where that is how facilitators work."""
    trying_learns: float = quantity(0.02, low=0.0, high=0.1, unit="share", source=_OWN, least=0, most=1)
    """Share of what is missing to full competence that trying gives."""
    misfit: float = quantity(0.5, low=0.2, high=0.8, unit="share", source=_OWN, least=0, most=1)
    """How far being asked what does not fit one's tie wears: that share less comes, and the more leaves."""
    ask_again_after: float = quantity(12.0, low=6, high=24, unit="months", source=_OWN, least=0, most=600)
    """Before the same person is asked again."""
    mission: float = quantity(4.0, low=1, high=8, unit="factor - 1", source=_OWN, least=0, most=100)
    """How much more facilitators care to win somebody who is vulnerable or in need."""
    voice: float = quantity(0.35, low=0.2, high=0.6, unit="strength", source=_OWN, least=0, most=1)
    """What a fully skilled facilitator's word is worth to somebody on the map, as a tie's strength; nothing to a
    stranger."""
    voice_of_who_helped: float = quantity(0.9, low=0.4, high=1, unit="strength", source=_OWN, least=0, most=1)
    """The same to somebody whom the facilitator has just taken on."""

    trained_open: float = quantity(
        0.1,
        low=0.03,
        high=0.25,
        unit="share",
        source="Tushman & Scanlan (1981), Acad. Manag. J. 24:289, for the form; size is an assumption",
        least=0,
        most=1,
    )
    """Share of what is missing to full openness that somebody trained gives the organisation that sent them."""

    hours_of_an_introduction: float = quantity(2.5, low=1.5, high=5, unit="hours", source=_OWN, least=0.05, most=100)
    """To bring two people together who are far apart."""
    introduction_takes: float = quantity(0.5, low=0.3, high=0.8, unit="probability", source=_OWN, least=0, most=1)
    """That it takes, at full skill."""
    hours_of_a_visit: float = quantity(2.85, low=1.5, high=8, unit="hours", source=_OWN, least=0.05, most=100)
    """To visit a school, a library, a club, a firm."""
    visiting: float = quantity(0.4, low=0.2, high=0.6, unit="share", source=_OWN, least=0, most=1)
    """Share of the hours for connecting that goes to organisations."""
    visit_gain: float = quantity(0.15, low=0.05, high=0.3, unit="share", source=_OWN, least=0, most=1)
    """Share of what is missing to full openness that each further visit gives."""

    introduced_trust: float = quantity(
        0.2,
        low=0.1,
        high=0.4,
        unit="share",
        source="Gulati (1995), Academy of Management Journal 38:85, for the form; size is an assumption",
        least=0,
        most=1,
    )
    """Share of what is missing to full trust that an introduction by a facilitator gives two organisations."""

    hours_of_a_lab: float = quantity(22.0, low=12, high=28, unit="hours", source=_LABS, least=0.1, most=500)
    """To prepare, call round for, run and follow up a month's meeting of a group that has not taken shape, where
    nothing is routine yet."""
    hours_on_call: float = quantity(6.0, low=1, high=6, unit="hours a month", source=_OWN, least=0, most=500)
    """For a group that has taken shape."""
    hours_of_a_start: float = quantity(28.0, low=20, high=60, unit="hours", source=_LABS, least=0.1, most=500)
    """To start a group where nothing is written down."""
    practice_saves: float = quantity(0.5, low=0.2, high=0.7, unit="share", source=_OWN, least=0, most=1)
    """Share of these hours that fully documented practice saves."""
    first_members: float = quantity(8.0, low=5, high=12, unit="people", source=_OWN, least=3, most=100)
    """Participants whom a new group brings together, at most."""
    full_group: float = quantity(10.0, low=10, high=30, unit="people", source=_OWN, least=3, most=500)
    """Size from which facilitators bring nobody more into a group."""
    taken_shape: float = quantity(0.9, low=0.5, high=0.9, unit="share", source=_OWN, least=0, most=1)
    """Shape from which a group that is accompanied by tapering is only kept on call."""

    written_an_hour: float = quantity(6.0, low=3, high=12, unit="people", source=_OWN, least=0, most=1000)
    """People on the map who are written down in an hour of documenting."""
    practice_an_hour: float = quantity(0.01, low=0.004, high=0.03, unit="share", source=_OWN, least=0, most=1)
    """Share of what is missing to full documented practice that an hour gives; a fiftieth goes out of date a
    month."""

    evaluation_full: float = quantity(6.0, low=3, high=12, unit="hours a month", source=_OWN, least=0.1, most=500)
    """Hours of evaluation that let a facilitator follow fully what the evidence says."""
    boldness: float = quantity(0.25, low=0.1, high=0.5, unit="share", source=_OWN, least=0, most=1)
    """How far one quarter's evidence moves hours towards the task that yielded most."""
    worth_of_contact: float = quantity(0.08, low=0.03, high=0.3, unit="points", source=_OWN, least=0, most=100)
    """What evaluators find a newly mapped person worth, against one accepted ask."""
    worth_of_bridge: float = quantity(1.0, low=0.5, high=2, unit="points", source=_OWN, least=0, most=100)
    """The same for an introduction that took, or an organisation won."""
    worth_of_lab: float = quantity(1.5, low=0.5, high=3, unit="points", source=_OWN, least=0, most=100)
    """The same for a month's meeting supported."""
