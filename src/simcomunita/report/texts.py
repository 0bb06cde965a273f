"""What a report says beside its numbers, in English and Italian.

Both languages stand side by side, so that neither can be forgotten.
"""

from __future__ import annotations

from collections.abc import Sequence

from simcomunita.experiment.wording import Language, number

TEXTS: dict[str, dict[Language, str]] = {
    # The answer: what changes.
    "does most": {
        "en": "Of the {n} policies compared with “{baseline}” from {start}{where}, “{best}” does most: {change}; next "
        "comes “{second}”, {apart}.",
        "it": "Delle {n} politiche confrontate con «{baseline}» da {start}{where}, quella che ottiene di più è "
        "«{best}»: {change}; segue «{second}», {apart}.",
    },
    "none does more": {
        "en": "{none} policies does clearly better than “{baseline}” from {start}{where}; the one that comes "
        "nearest to it is “{best}”: {change}.",
        "it": "{none} politiche fa chiaramente meglio di «{baseline}» da {start}{where}; quella che più ci "
        "si avvicina è «{best}»: {change}.",
    },
    "none of": {"en": "None of the {n}", "it": "Nessuna delle {n}"},
    "none of two": {"en": "Neither of the two", "it": "Nessuna delle due"},
    "apart": {
        "en": "and these runs tell the two apart (they differ by {difference}, {range})",
        "it": "e le simulazioni distinguono le due (differenza: {difference}, {range})",
    },
    "not apart": {
        "en": "but these runs cannot tell the two apart (they differ by {difference}, {range})",
        "it": "ma le simulazioni non bastano a distinguere le due (differenza: {difference}, {range})",
    },
    "the same": {
        "en": "and the two come out the same in every pair",
        "it": "e le due danno lo stesso risultato in ogni coppia",
    },
    "apart in one pair": {
        "en": "but one pair of runs cannot tell the two apart",
        "it": "ma una sola coppia di simulazioni non basta a distinguere le due",
    },
    # The answer: what it costs.
    "no money": {
        "en": "What it costs cannot be said, because these results hold no count of the money spent.",
        "it": "Quanto costi non si può dire, perché questi risultati non contengono un conto del denaro speso.",
    },
    "it": {"en": "it", "it": ""},
    "smaller": {"en": "in this smaller model {said}", "it": "in questo modello ridotto {said}"},
    "larger": {"en": "in this larger model {said}", "it": "in questo modello ingrandito {said}"},
    "named": {"en": "“{name}”", "it": "«{name}»"},
    "costs more": {
        "en": "{who} costs {amount} euro a year more{range}",
        "it": "{who} costa {amount} euro in più all'anno{range}",
    },
    "costs less": {
        "en": "{who} costs {amount} euro a year less{range}",
        "it": "{who} costa {amount} euro in meno all'anno{range}",
    },
    "costs the same": {
        "en": "{who} costs exactly as much as “{baseline}”",
        "it": "{who} costa esattamente quanto «{baseline}»",
    },
    "cost unclear": {
        "en": "whether {who} costs more or less cannot be told ({amount} euro a year{range})",
        "it": "non si può dire se {who} costi di più o di meno ({amount} euro all'anno{range})",
    },
    "for each": {
        "en": ", which over {time} is about {each} euro ({range}) for each one more counted under “{measure}” at the "
        "end",
        "it": ", cioè in {time} circa {each} euro ({range}) per ogni unità in più contata alla fine tra «{measure}»",
    },
    "for each again": {
        "en": ", or about {each} euro ({range}) for each one more",
        "it": ", cioè circa {each} euro ({range}) per ogni unità in più",
    },
    "unclear": {
        "en": "; what each one more costs cannot be said, since these runs cannot tell whether the measure "
        "“{measure}” rises",
        "it": "; quanto costi ogni unità in più non si può dire, perché un aumento della misura «{measure}» non è "
        "accertato",
    },
    "fewer": {
        "en": "; one more has no price here, since the measure “{measure}” falls",
        "it": "; un'unità in più qui non ha prezzo, perché la misura «{measure}» diminuisce",
    },
    "unchanged": {
        "en": "; one more has no price here, since the measure “{measure}” does not change",
        "it": "; un'unità in più qui non ha prezzo, perché la misura «{measure}» non cambia",
    },
    "cheaper": {
        "en": ", and the measure “{measure}” rises all the same",
        "it": ", e la misura «{measure}» aumenta comunque",
    },
    "one pair": {
        "en": "; what each one more costs cannot be said from one pair of runs",
        "it": "; quanto costi ogni unità in più non si può dire da una sola coppia di simulazioni",
    },
    "uncounted": {
        "en": "; there is no price for each one more, since the measure “{measure}” is not counted one by one",
        "it": "; non c'è un prezzo per ogni unità in più, perché la misura «{measure}» non si conta per unità",
    },
    "between": {"en": "between {low} and {high}", "it": "tra {low} e {high}"},
    "from to": {"en": "{low} to {high}", "it": "da {low} a {high}"},
    # The answer: what does not change, and what it all stands on.
    "rises": {"en": "there is also a rise in {list}", "it": "si vede anche un aumento di {list}"},
    "falls": {"en": "there is a fall in {list}", "it": "si vede una diminuzione di {list}"},
    "not told": {
        "en": "for {list} these runs cannot tell a rise from a fall",
        "it": "per {list} le simulazioni non distinguono un aumento da una diminuzione",
    },
    "does not change": {"en": "nothing changes in {list}", "it": "nulla cambia per {list}"},
    "one pair tells nothing": {
        "en": "for {list} one pair tells nothing",
        "it": "per {list} una sola coppia non dice nulla",
    },
    "under": {"en": "with “{policy}” {said}", "it": "con «{policy}» {said}"},
    "stands": {
        "en": "all of this stands on {pairs}{scale}{few}, with {parameters}, and is no forecast.",
        "it": "tutto questo si basa su {pairs}{scale}{few}, con {parameters}, e non è una previsione.",
    },
    "pairs": {"en": "{pairs} pairs of simulated runs", "it": "{pairs} coppie di simulazioni"},
    "a pair": {"en": "a single pair of simulated runs", "it": "una sola coppia di simulazioni"},
    "few": {"en": ", too few to rely on", "it": ", troppo poche per farvi affidamento"},
    "of part": {"en": " of a model with {share}", "it": " di un modello con il {share}"},
    "of multiple": {"en": " of a model with {share}", "it": " di un modello con {share}"},
    "as configured": {
        "en": "the parameters as configured, whose own uncertainty the intervals leave out",
        "it": "i parametri così come configurati, la cui incertezza gli intervalli non comprendono",
    },
    "from posterior": {
        "en": 'parameters drawn from the posterior "{calibration}", so that the intervals hold what is not '
        "known of these",
        "it": "i parametri estratti dalla distribuzione a posteriori «{calibration}», cosicché gli intervalli "
        "comprendono ciò che di essi non si sa",
    },
    "as drawn": {
        "en": "{draws} draws of the parameters, so that the intervals hold what is not known of these",
        "it": "{draws} estrazioni dei parametri, cosicché gli intervalli comprendono ciò che di essi non si sa",
    },
    "and": {"en": " and ", "it": " e "},
    # Headings.
    "answer": {"en": "The answer", "it": "La risposta"},
    "what changes": {"en": "What changes", "it": "Che cosa cambia"},
    "the money": {"en": "The money", "it": "Il denaro"},
    "figures": {"en": "The figures", "it": "Le figure"},
    "assumptions": {"en": "What was assumed", "it": "Che cosa si è supposto"},
    "limits": {"en": "What this cannot say", "it": "Che cosa questo non può dire"},
    "provenance": {"en": "Where this comes from", "it": "Da dove viene"},
    "how to read": {
        "en": "How to read the brackets: “{said}” is the mean difference over {units}, and then the range in which the "
        "model's own mean lies; with {twenty} or more, ranges worked out in this way are right about 19 times in 20. A "
        "range that holds zero cannot tell a rise from a fall.",
        "it": "Come leggere le parentesi: «{said}» è la differenza media su {units}, seguita dall'intervallo in cui si "
        "trova la media del modello; da {twenty} in su, intervalli calcolati così sono giusti circa 19 volte su 20. Un "
        "intervallo che comprende lo zero non distingue un aumento da una diminuzione.",
    },
    "no intervals": {
        "en": "Only one pair was run, so no difference on this page has an interval: read none of them as a result.",
        "it": "È stata simulata una sola coppia, quindi nessuna differenza in questa pagina ha un intervallo: non "
        "vanno lette come risultati.",
    },
    "subtitle": {
        "en": "{territory}, {residents} residents. Scenarios part in {start}; results at the end of {end}.",
        "it": "{territory}, {residents} residenti. Gli scenari si separano a {start}; risultati a fine {end}.",
    },
    # The table of measures.
    "against": {
        "en": "{policy} against {baseline}, at the end of {end}",
        "it": "{policy} rispetto a {baseline}, a fine {end}",
    },
    "measure": {"en": "Measure", "it": "Misura"},
    "difference": {"en": "Difference (95 % interval)", "it": "Differenza (intervallo al 95 %)"},
    "higher in pairs": {"en": "Higher in how many pairs", "it": "Coppie con valore più alto"},
    "higher in draws": {"en": "Higher in how many draws", "it": "Estrazioni con valore più alto"},
    "of": {"en": "{n} of {all}", "it": "{n} su {all}"},
    # The money.
    "euro by year": {"en": "Euro spent in each year, by scenario", "it": "Euro spesi in ciascun anno, per scenario"},
    "year": {"en": "Year", "it": "Anno"},
    "since": {"en": "From {start} on", "it": "Da {start}"},
    "year part": {"en": "{year} ({months} months)", "it": "{year} ({months} mesi)"},
    "year month": {"en": "{year} (1 month)", "it": "{year} (1 mese)"},
    "extra": {
        "en": "What each policy costs more than {baseline}, from {start} to {end}",
        "it": "Quanto costa ciascuna politica in più rispetto a {baseline}, da {start} a {end}",
    },
    "policy": {"en": "Policy", "it": "Politica"},
    "extra a year": {"en": "Euro more a year (95 % interval)", "it": "Euro in più all'anno (intervallo al 95 %)"},
    "extra in all": {"en": "Euro more in all", "it": "Euro in più in tutto"},
    "prices": {
        "en": "Euro for each one more at the end (95 % interval)",
        "it": "Euro per ogni unità in più alla fine (intervallo al 95 %)",
    },
    "prices note": {
        "en": "All the extra money is set against each measure in turn: the prices are no parts of a whole and must "
        "not be added up.",
        "it": "Tutto il denaro in più viene rapportato a ciascuna misura, una alla volta: i prezzi non sono parti di "
        "un totale e non vanno sommati.",
    },
    "price unclear": {"en": "cannot tell whether there are more", "it": "aumento non accertato"},
    "price fewer": {"en": "fewer, not more", "it": "di meno, non di più"},
    "price unchanged": {"en": "no change", "it": "nessun cambiamento"},
    "price cheaper": {"en": "more, and no dearer", "it": "di più, e senza costare di più"},
    "price one pair": {"en": "one pair: cannot be said", "it": "una sola coppia: non si può dire"},
    "price cost open": {"en": "cannot tell whether it costs more", "it": "non si sa se costi di più"},
    # Figures.
    "course": {"en": "How it went: {measure}", "it": "Come è andata: {measure}"},
    "course alt": {
        "en": "Lines over the months from {first} to {end}: {measure} in every scenario, with a shared past through "
        "{start}. At the end: {ends}.",
        "it": "Linee nei mesi da {first} a {end}: {measure} in ogni scenario, con un passato comune fino a tutto "
        "{start}. Alla fine: {ends}.",
    },
    "differences": {"en": "What changes, and how sure that is", "it": "Che cosa cambia, e con quale certezza"},
    "differences against": {
        "en": "Difference from “{baseline}” at the end of {end}",
        "it": "Differenza rispetto a «{baseline}» a fine {end}",
    },
    "differences note": {
        "en": "Dot: mean of {units}. Line: 95 % interval. A line that crosses zero cannot tell a rise from a fall.",
        "it": "Punto: media di {units}. Linea: intervallo al 95 %. Una linea che attraversa lo zero non distingue un "
        "aumento da una diminuzione.",
    },
    "units pairs": {"en": "{n} pairs", "it": "{n} coppie"},
    "units draws": {"en": "{n} draws", "it": "{n} estrazioni"},
    "differences alt": {
        "en": "Dots with intervals. {said}.",
        "it": "Punti con intervalli. {said}.",
    },
    "money": {"en": "What is spent each year", "it": "Quanto si spende ogni anno"},
    "money note": {
        "en": "Means over runs, in euro of the cost book; years that are not run whole are left out.",
        "it": "Medie delle simulazioni, in euro del prezzario; mancano gli anni non simulati per intero.",
    },
    "money alt": {
        "en": "Lines by year: euro spent in each scenario. In {year}: {ends}.",
        "it": "Linee per anno: euro spesi in ogni scenario. Nel {year}: {ends}.",
    },
    "thousand euro": {"en": "thousand euro a year", "it": "migliaia di euro all'anno"},
    "million euro": {"en": "million euro a year", "it": "milioni di euro all'anno"},
    "value": {"en": "What the money buys", "it": "Che cosa compra il denaro"},
    "value alt": {
        "en": "Dots: extra cost against the difference in {measure}. {said}. Curves: how probably each is the best "
        "choice.",
        "it": "Punti: costo in più rispetto alla differenza di {measure}. {said}. Curve: con quale probabilità "
        "ciascuno è la scelta migliore.",
    },
    "value of": {
        "en": "“{policy}”: {gain} for {cost} thousand euro",
        "it": "«{policy}»: {gain} per {cost} mila euro",
    },
    "figures without money": {
        "en": "The pictures of the money are missing, because these results hold no count of it.",
        "it": "Mancano le figure sul denaro, perché questi risultati non ne contengono il conto.",
    },
}


def text(key: str, lang: Language, **values: object) -> str:
    """Return a phrase in a language."""
    return TEXTS[key][lang].format(**values)


_COUNTS: dict[Language, str] = {
    "en": "two three four five six seven eight nine ten",
    "it": "due tre quattro cinque sei sette otto nove dieci",
}


def count(n: int, lang: Language) -> str:
    """Write a number of things: in letters from two to ten, as running text does."""
    words = _COUNTS[lang].split()
    return words[n - 2] if 2 <= n < len(words) + 2 else number(n, 0, lang)


def listed(names: Sequence[str], lang: Language) -> str:
    """Join names in quotes: “a”, “b” and “c”."""
    quoted = [text("named", lang, name=name) for name in names]
    return text("and", lang).join(", ".join(part) for part in (quoted[:-1], quoted[-1:]) if part)
