"""What became of one person of a run, in sentences: who brought them, whom they brought, and when.

The people are figures of a simulation, never real persons.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simcomunita.agents.citizens import Source, Stage
from simcomunita.experiment.wording import capital, month_text, number
from simcomunita.outcomes.lineage import Relation
from simcomunita.territory.population import Area

if TYPE_CHECKING:
    from simcomunita.app.watching import Watched
    from simcomunita.experiment.wording import Language

MOST_NAMED = 8
"""Of the people whom somebody brought, so many are named."""

_TEXTS = {
    "person": {"en": "Person {number}", "it": "Persona {number}"},
    "who": {"en": "{age} years old, lives in {town}", "it": "{age} anni, vive a {town}"},
    "who vulnerable": {
        "en": "{age} years old, lives in {town}, at risk of poverty or exclusion",
        "it": "{age} anni, vive a {town}, a rischio di povertà o esclusione",
    },
    "not real": {
        "en": "A figure of the simulation, not a real person.",
        "it": "Una figura della simulazione, non una persona reale.",
    },
    "nothing": {
        "en": "In these months the project never came into contact with this person.",
        "it": "In questi mesi il progetto non è mai entrato in contatto con questa persona.",
    },
    "moved in": {
        "en": "The household that lived here moves away; somebody new moves in, and begins anew.",
        "it": "La famiglia che abitava qui si trasferisce; arriva qualcuno di nuovo, che ricomincia da capo.",
    },
    "reached FACILITATOR": {
        "en": "First contact: a facilitator comes up ({who}).",
        "it": "Primo contatto: si fa avanti un facilitatore ({who}).",
    },
    "reached CITIZEN": {
        "en": "First contact: person {by} asks them along.",
        "it": "Primo contatto: l'invito arriva dalla persona {by}.",
    },
    "reached CITIZENS": {
        "en": "First contact: at a meeting that citizens run themselves.",
        "it": "Primo contatto: a un incontro gestito dai cittadini stessi.",
    },
    "reached PLACE": {
        "en": "First contact: walks into a community place nearby.",
        "it": "Primo contatto: entra in un Punto di Comunità vicino a casa.",
    },
    "reached ORGANISATION": {
        "en": "First contact: through an organisation.",
        "it": "Primo contatto: tramite un'organizzazione.",
    },
    "reached NOBODY": {"en": "First contact.", "it": "Primo contatto."},
    "takes part": {"en": "From now on takes part.", "it": "Da qui in poi partecipa."},
    "takes part again": {"en": "Takes part again.", "it": "Torna a partecipare."},
    "activated FACILITATOR": {
        "en": "Begins to run things, with the backing of a facilitator ({who}).",
        "it": "Comincia a organizzare iniziative, con l'appoggio di un facilitatore ({who}).",
    },
    "activated CITIZEN": {
        "en": "Begins to run things, after the example of person {by}.",
        "it": "Comincia a organizzare iniziative, sull'esempio della persona {by}.",
    },
    "activated CITIZENS": {
        "en": "Begins to run things, among citizens who meet by themselves.",
        "it": "Comincia a organizzare iniziative, tra cittadini che si incontrano da soli.",
    },
    "activated PLACE": {
        "en": "Begins to run things, having come through a community place.",
        "it": "Comincia a organizzare iniziative: tutto è partito da un Punto di Comunità.",
    },
    "activated ORGANISATION": {
        "en": "Begins to run things, having come through an organisation.",
        "it": "Comincia a organizzare iniziative: tutto è partito da un'organizzazione.",
    },
    "activated NOBODY": {"en": "Begins to run things.", "it": "Comincia a organizzare iniziative."},
    "again": {"en": "Runs things again.", "it": "Torna a organizzare iniziative."},
    "promoter": {
        "en": "Becomes a promoter: carries things on and asks many others.",
        "it": "Diventa una figura promotrice: porta avanti le iniziative e invita molte altre persone.",
    },
    "less": {
        "en": "Runs nothing any more, but still takes part.",
        "it": "Non organizza più iniziative, ma continua a partecipare.",
    },
    "stops": {"en": "Stops taking part.", "it": "Smette di partecipare."},
    "joins": {
        "en": "Joins group {group} in {town}, about {area}{copied}.",
        "it": "Entra nel gruppo {group} di {town} (tema: {area}){copied}.",
    },
    "copied": {"en": ", copied from another group", "it": ", ripreso da un altro gruppo"},
    "leaves": {"en": "Leaves group {group}.", "it": "Lascia il gruppo {group}."},
    "ends": {"en": "Group {group} ends.", "it": "Il gruppo {group} finisce."},
    "brings": {"en": "Asks along: {people}.", "it": "Coinvolge: {people}."},
    "lights": {
        "en": "Following this example, {people} begins to run things.",
        "it": "Seguendo questo esempio comincia a organizzare iniziative: {people}.",
    },
    "one": {"en": "person {number}", "it": "persona {number}"},
    "more": {"en": "{count} more", "it": "altre {count}"},
    "post": {"en": "post {number}, {town}", "it": "posto {number}, {town}"},
    "unknown post": {"en": "post {number}", "it": "posto {number}"},
    "chain": {
        "en": "The chain began with {root}; with everyone it reached, {size} people came to run things.",
        "it": "La catena è partita da: {root}; in tutto, {size} persone hanno cominciato a organizzare iniziative.",
    },
    "root self": {"en": "this person", "it": "questa stessa persona"},
}

_AREAS = {
    Area.HOUSING: {"en": "housing", "it": "abitare"},
    Area.WORK: {"en": "work", "it": "lavoro"},
    Area.PROXIMITY: {"en": "neighbourly help", "it": "aiuto tra vicini"},
    Area.YOUTH: {"en": "young people", "it": "giovani"},
}


def phrase(key: str, language: Language, **values: object) -> str:
    """Return a phrase in a language."""
    return _TEXTS[key][language].format(**values)


@dataclass(frozen=True)
class Story:
    """What became of a person.

    Attributes
    ----------
    person
        Their number.
    title, who, note
        How they are called, who they are, and that they are nobody real.
    lines
        (month's position, its name, sentence), in the order of time.
    people
        Numbers of those who brought them, and whom they brought.
    """

    person: int
    title: str
    who: str
    note: str
    lines: tuple[tuple[int, str, str], ...]
    chain: str
    people: tuple[int, ...]

    def data(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "person": self.person,
            "title": self.title,
            "who": self.who,
            "note": self.note,
            "lines": [list(line) for line in self.lines],
            "chain": self.chain,
            "people": list(self.people),
        }


def story(watched: Watched, person: int, language: Language) -> Story:
    """Tell what became of a person.

    Raises
    ------
    ValueError
        If there is no such person.
    """
    if not 0 <= person < watched.residents:
        raise ValueError(f"there is no person {person}; expected 0 to {watched.residents - 1}")
    teller = _Teller(watched, person, language)
    events = sorted(teller.events(), key=lambda one: one[:2])
    lines = tuple(
        (max(month - watched.first, 0), capital(month_text(month, language)), text) for month, _, text in events
    )
    kind = "who vulnerable" if watched.groups["vulnerable"][person] else "who"
    who = phrase(
        kind,
        language,
        age=int(watched.age[person]),
        town=watched.municipalities[int(watched.groups["municipality"][person])],
    )
    if not lines:
        lines = ((0, "", phrase("nothing", language)),)
    return Story(
        person,
        phrase("person", language, number=person),
        who,
        phrase("not real", language),
        lines,
        teller.chain(),
        tuple(sorted(teller.others - {person})),
    )


class _Teller:
    def __init__(self, watched: Watched, person: int, language: Language) -> None:
        self.watched, self.person, self.language = watched, person, language
        self.others: set[int] = set()

    def say(self, key: str, **values: object) -> str:
        return phrase(key, self.language, **values)

    def events(self) -> list[tuple[int, int, str]]:
        """(month, place among what happens in a month, sentence) of everything."""
        return [*self._steps(), *self._contact(), *self._activation(), *self._groups(), *self._brought()]

    def _steps(self) -> list[tuple[int, int, str]]:
        watched = self.watched
        moved = {month for month, person in watched.moved_in if person == self.person}
        told = [(month, 0, self.say("moved in")) for month in sorted(moved)]
        began = {month for month, person, *_ in watched.lineage.activations if person == self.person}
        course = watched.stages[:, self.person].tolist()
        took_part = before = 0
        for t, stage in enumerate(course):
            month = watched.first + t
            if month in moved:
                took_part = before = 0
            key = ""
            if stage >= Stage.PARTICIPANT > before:
                told.append((month, 2, self.say("takes part again" if took_part else "takes part")))
            if stage >= Stage.ACTIVE > before and month not in began and (t or not began):
                key = "again"
            elif stage == Stage.PROMOTER and before == Stage.ACTIVE:
                key = "promoter"
            elif before >= Stage.ACTIVE and stage == Stage.PARTICIPANT:
                key = "less"
            elif before >= Stage.PARTICIPANT > stage:
                key = "stops"
            if key:
                told.append((month, 5, self.say(key)))
            took_part, before = max(took_part, int(stage >= Stage.PARTICIPANT)), stage
        return told

    def _source(self, kind: str, how: int, by: int) -> str:
        source = Source(how)
        if source == Source.CITIZEN and (by < 0 or by == self.person):
            return self.say(f"{kind} CITIZENS")
        if source == Source.CITIZEN:
            self.others.add(by)
        return self.say(f"{kind} {source.name}", by=by, who=self._post(by))

    def _post(self, post: int) -> str:
        homes = [one.municipality for one in self.watched.foci if (one.kind, one.number) == ("facilitator", post)]
        if not homes:
            return self.say("unknown post", number=post + 1)
        return self.say("post", number=post + 1, town=self.watched.municipalities[homes[-1]])

    def _contact(self) -> list[tuple[int, int, str]]:
        return [
            (one.month, 1, self._source("reached", one.how, one.by))
            for one in self.watched.contacts
            if one.person == self.person
        ]

    def _activation(self) -> list[tuple[int, int, str]]:
        return [
            (month, 4, self._source("activated", how, by))
            for month, person, how, by, _ in self.watched.lineage.activations
            if person == self.person
        ]

    def _groups(self) -> list[tuple[int, int, str]]:
        told = []
        last = self.watched.first + len(self.watched.stages) - 1
        for one in self.watched.memberships:
            if one.person != self.person:
                continue
            group = self.watched.lineage.initiatives[one.initiative]
            joined = self.say(
                "joins",
                group=one.initiative,
                town=self.watched.municipalities[group.municipality],
                area=_AREAS[Area(group.area)][self.language],
                copied=self.say("copied") if group.relation == Relation.COPIED else "",
            )
            told.append((one.first, 3, joined))
            if one.last < last:
                ended = 0 <= group.ended <= one.last + 1
                told.append((one.last + 1, 6, self.say("ends" if ended else "leaves", group=one.initiative)))
        return told

    def _brought(self) -> list[tuple[int, int, str]]:
        """Whom this person brought, month by month."""
        contacts: dict[int, list[int]] = {}
        for one in self.watched.contacts:
            if one.how == Source.CITIZEN and one.by == self.person:
                contacts.setdefault(one.month, []).append(one.person)
        examples: dict[int, list[int]] = {}
        for month, person, how, by, _ in self.watched.lineage.activations:
            if how == Source.CITIZEN and by == self.person != person:
                examples.setdefault(month, []).append(person)
        told = [(month, 7, self.say("brings", people=self._named(people))) for month, people in contacts.items()]
        return told + [(month, 8, self.say("lights", people=self._named(people))) for month, people in examples.items()]

    def _named(self, people: list[int]) -> str:
        self.others.update(people)
        named = [self.say("one", number=one) for one in people[:MOST_NAMED]]
        if len(people) > MOST_NAMED:
            named.append(self.say("more", count=number(len(people) - MOST_NAMED, 0, self.language)))
        return ", ".join(named)

    def chain(self) -> str:
        """Where the chain of examples began that this person is part of; empty for who is part of none."""
        lineage = self.watched.lineage
        roots = lineage.roots()
        mine = [position for position, row in enumerate(lineage.activations) if row[1] == self.person]
        if not mine:
            return ""
        root = roots[mine[-1]]
        size = sum(one == root for one in roots)
        if size == 1:
            return ""
        first = lineage.activations[root][1]
        self.others.add(first)
        named = self.say("root self") if first == self.person else self.say("one", number=first)
        return self.say("chain", root=named, size=number(size, 0, self.language))
