"""What page and pictures say, in English and Italian side by side, so that neither can be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simcomunita.experiment.wording import Language

_TEXTS: dict[str, dict[str, str]] = {
    "title": {"en": "What the result hangs on", "it": "Da che cosa dipende il risultato"},
    "lead": {
        "en": "*{question}* The model answers with a difference, and the difference hangs on numbers that nobody knows "
        "exactly. Here {count} of them were moved over their plausible ranges, to see which ones matter. This says "
        "where better knowledge would pay; it does not say which value is right.",
        "it": "*{question}* Il modello risponde con una differenza, e la differenza dipende da numeri che nessuno "
        "conosce con esattezza. Qui {count} di essi sono stati spostati nei loro intervalli plausibili, per vedere "
        "quali contano. Questo dice dove servirebbe saperne di più; non dice quale valore sia giusto.",
    },
    "difference": {
        "en": "{policy} instead of {baseline}: {measure}",
        "it": "{policy} invece di {baseline}: {measure}",
    },
    "alone": {"en": "{measure}: {scenario}", "it": "{measure}: {scenario}"},
    "still": {
        "en": "Nothing that was varied moves this difference.",
        "it": "Niente di ciò che è stato variato sposta questa differenza.",
    },
    "unknown": {
        "en": "Too few runs finished to say anything.",
        "it": "Troppo poche simulazioni completate per dire qualcosa.",
    },
    "most": {
        "en": "The difference in {measure} hangs most on {first}.",
        "it": "La differenza in «{measure}» dipende soprattutto da {first}.",
    },
    "most unsure": {
        "en": "The difference in {measure} seems to hang most on {first}.",
        "it": "La differenza in «{measure}» sembra dipendere soprattutto da {first}.",
    },
    "then": {"en": " Next: {others}.", "it": " Poi: {others}."},
    "named": {"en": "`{name}` ({way}, by about {size})", "it": "`{name}` ({way}, di circa {size})"},
    "raises": {"en": "more of it raises the difference", "it": "se aumenta, la differenza cresce"},
    "lowers": {"en": "more of it lowers the difference", "it": "se aumenta, la differenza cala"},
    "depends": {
        "en": "it moves the difference now up, now down",
        "it": "sposta la differenza ora in su, ora in giù",
    },
    "way 1": {"en": "raises", "it": "fa crescere"},
    "way -1": {"en": "lowers", "it": "fa calare"},
    "way 0": {"en": "now up, now down", "it": "ora su, ora giù"},
    "none clear": {
        "en": "No parameter's effect is certainly larger than luck would make it look ({level} here): the order is a "
        "first impression, and more trajectories or seeds would make it firmer.",
        "it": "Per nessun parametro l'effetto è sicuramente maggiore di quanto farebbe apparire il solo caso (qui "
        "{level}): l'ordine è una prima impressione, e più traiettorie o semi la renderebbero più solida.",
    },
    "one clear": {
        "en": "One parameter's effect is certainly larger than luck would make it look ({level} here); the order of "
        "the others is a first impression.",
        "it": "Per un solo parametro l'effetto è sicuramente maggiore di quanto farebbe apparire il solo caso (qui "
        "{level}); per gli altri l'ordine è una prima impressione.",
    },
    "some clear": {
        "en": "{clear} parameters' effects are certainly larger than luck would make them look ({level} here); the "
        "order of the others is a first impression.",
        "it": "Per {clear} parametri l'effetto è sicuramente maggiore di quanto farebbe apparire il solo caso (qui "
        "{level}); per gli altri l'ordine è una prima impressione.",
    },
    "no level": {
        "en": "With one seed nobody can say how large effects look by luck alone: run two or more (`--seeds 2`).",
        "it": "Con un solo seme non si può dire quanto grandi appaiano gli effetti per solo caso: se ne eseguano "
        "almeno due (`--seeds 2`).",
    },
    "dummy nothing": {
        "en": "The dummy, a parameter that reaches nothing, came out as nothing, as it must.",
        "it": "Il parametro fittizio, che non tocca nulla, è risultato nullo, come deve essere.",
    },
    "dummy something": {
        "en": "**These figures cannot be trusted:** the dummy, a parameter that reaches nothing, came out as "
        "something ({dummy}). Run more points or seeds.",
        "it": "**Queste cifre non sono affidabili:** il parametro fittizio, che non tocca nulla, non è risultato "
        "nullo ({dummy}). Servono più punti o più semi.",
    },
    "much chance": {
        "en": "**Caution:** {share} of what this difference varies by between points is luck that {seeds} seeds do not "
        "average out, and it makes every parameter's total look larger. Run more seeds or a larger scale.",
        "it": "**Attenzione:** {share} di quanto questa differenza varia tra i punti è caso che {seeds} semi non "
        "compensano, e fa sembrare più grande il totale di ogni parametro. Servono più semi o una scala maggiore.",
    },
    "little chance": {
        "en": "Luck that {seeds} seeds do not average out makes up {share} of what it varies by between points.",
        "it": "Quota di caso, che {seeds} semi non compensano, in quanto varia tra i punti: {share}.",
    },
    "wide": {
        "en": "**Caution:** the intervals are so wide that the order of these parameters is not known: more points "
        "(`--points`) are needed.",
        "it": "**Attenzione:** gli intervalli sono così ampi che l'ordine di questi parametri non è noto: servono più "
        "punti (`--points`).",
    },
    "sum": {
        "en": "Of what this difference varies by when the parameters below are moved together, `{name}` by itself "
        "accounts for {share} ({low} to {high}).",
        "it": "Di quanto questa differenza varia quando i parametri qui sotto sono spostati insieme, quota spiegata "
        "da `{name}` da solo: {share} (da {low} a {high}).",
    },
    "screened": {"en": "First look: one parameter at a time", "it": "Primo sguardo: un parametro alla volta"},
    "closer": {"en": "Closer look: those that stood out", "it": "Sguardo più attento: quelli che spiccano"},
    "head screened": {
        "en": "| parameter | what it is | plausible range | moves the difference by (95 %) | more of it | more than "
        "luck |",
        "it": "| parametro | che cos'è (in inglese) | intervallo plausibile | sposta la differenza di (95 %) | se "
        "aumenta | più del caso |",
    },
    "head closer": {
        "en": "| parameter | by itself (95 %) | and with others (95 %) |",
        "it": "| parametro | da solo (95 %) | e insieme ad altri (95 %) |",
    },
    "head closer first": {"en": "| parameter | by itself (95 %) |", "it": "| parametro | da solo (95 %) |"},
    "yes": {"en": "yes", "it": "sì"},
    "no": {"en": "cannot tell", "it": "non si sa"},
    "to": {"en": "{low} to {high}", "it": "da {low} a {high}"},
    "dummy": {"en": "dummy (reaches nothing)", "it": "fittizio (non tocca nulla)"},
    "all": {
        "en": "All {count} parameters, and every scenario by itself, are in `screening.csv`.",
        "it": "Tutti i {count} parametri, e ciascuno scenario per sé, sono in `screening.csv`.",
    },
    "how": {"en": "How to read this", "it": "Come si legge"},
    "how screened": {
        "en": "First look (Morris): {trajectories} walks through the plausible ranges, one parameter a step. A size is "
        "what the difference moves by, on average, when a parameter goes over its whole plausible range; a parameter "
        "that acts through others moves it now much, now little, and its interval is wide. “More than luck” means that "
        "the whole interval lies above what luck alone makes effects look like.",
        "it": "Primo sguardo (Morris): {trajectories} percorsi negli intervalli plausibili, un parametro a ogni passo. "
        "Una grandezza è quanto si sposta in media la differenza quando un parametro percorre tutto il suo intervallo "
        "plausibile; un parametro che agisce attraverso altri la sposta ora molto ora poco, e il suo intervallo è "
        "ampio. «Più del caso» significa che tutto l'intervallo sta sopra ciò che il solo caso fa apparire.",
    },
    "how sobol": {
        "en": "Closer look (Sobol'): {points} points at which the parameters that stood out are moved together, the "
        "others as configured. “By itself” is the share of the variance that knowing this one number would take away; "
        "“and with others” adds what it does only together with others. Shares can sum to more or less than 100 %.",
        "it": "Sguardo più attento (Sobol'): {points} punti in cui i parametri che spiccano sono spostati insieme, gli "
        "altri come configurati. «Da solo» è la quota di varianza che sparirebbe conoscendo quel numero; «e insieme ad "
        "altri» aggiunge ciò che fa solo insieme ad altri. Le quote possono dare più o meno del 100 %.",
    },
    "how rbd_fast": {
        "en": "Closer look (RBD-FAST): {points} points at which the parameters that stood out are moved together, the "
        "others as configured. “By itself” is the share of the variance that knowing this one number would take away. "
        "An estimate can fall below zero; it then means about nothing.",
        "it": "Sguardo più attento (RBD-FAST): {points} punti in cui i parametri che spiccano sono spostati insieme, "
        "gli altri come configurati. «Da solo» è la quota di varianza che sparirebbe conoscendo quel numero. Una stima "
        "può scendere sotto lo zero: significa più o meno niente.",
    },
    "how seeds": {
        "en": "At every point the same {seeds} seeds were run and averaged: with other luck at every point, chance "
        "would look like an influence of all parameters at once. What is said holds for these seeds.",
        "it": "In ogni punto sono stati eseguiti, e mediati, gli stessi {seeds} semi: con un caso diverso in ogni "
        "punto, la sorte sembrerebbe un influsso di tutti i parametri insieme. Ciò che è detto vale per questi semi.",
    },
    "stands": {"en": "What this stands on", "it": "Su che cosa si basa"},
    "provenance": {
        "en": "Version {version}, configuration `{hash}`; {runs} sets of paired runs, at the end of {end}. {scaled}",
        "it": "Versione {version}, configurazione `{hash}`; {runs} serie di simulazioni accoppiate, a fine {end}. "
        "{scaled}",
    },
    "failed": {
        "en": "Runs that failed: {count}; the walks and points that they belong to are left out.",
        "it": "Simulazioni fallite: {count}; i percorsi e i punti a cui appartengono sono esclusi.",
    },
    "picture screened": {
        "en": "How far each parameter moves the difference",
        "it": "Di quanto ogni parametro sposta la differenza",
    },
    "picture closer": {
        "en": "Share of the variance that hangs on each parameter",
        "it": "Quota di varianza che dipende da ogni parametro",
    },
    "message screened": {
        "en": "The difference in {measure} hangs most on “{name}”",
        "it": "La differenza in «{measure}» dipende soprattutto da «{name}»",
    },
    "message still": {
        "en": "Nothing that was varied moves the difference in {measure}",
        "it": "Niente di ciò che è stato variato sposta la differenza in «{measure}»",
    },
    "message closer": {
        "en": "“{name}” by itself accounts for {share} of what the difference in {measure} varies by",
        "it": "Quanto varia la differenza in «{measure}»: quota spiegata da «{name}» da solo, {share}",
    },
    "message unsure": {
        "en": "The difference in {measure} seems to hang most on “{name}”, but luck could look like this",
        "it": "La differenza in «{measure}» sembra dipendere soprattutto da «{name}», ma potrebbe essere caso",
    },
    "message wide": {
        "en": "Too few points to say which of these parameters the difference in {measure} hangs on",
        "it": "Troppo pochi punti per dire da quali di questi parametri dipende la differenza in «{measure}»",
    },
    "axis screened": {
        "en": "change of the difference when a parameter goes over its whole plausible range ({unit})",
        "it": "spostamento della differenza quando un parametro percorre tutto il suo intervallo plausibile ({unit})",
    },
    "axis closer": {
        "en": "share of the variance of the difference",
        "it": "quota della varianza della differenza",
    },
    "luck": {"en": "luck alone", "it": "solo caso"},
    "nothing": {"en": "no influence", "it": "nessun influsso"},
    "first": {"en": "by itself", "it": "da solo"},
    "total": {"en": "and with others", "it": "e insieme ad altri"},
    "note screened": {
        "en": "{which}. Dots: mean size over {trajectories} walks, with 95 % intervals; the same {seeds} seeds at "
        "every point. The {shown} strongest of {count} parameters.",
        "it": "{which}. Punti: grandezza media su {trajectories} percorsi, con intervalli al 95 %; gli stessi {seeds} "
        "semi in ogni punto. I {shown} parametri più forti su {count}.",
    },
    "note closer": {
        "en": "{which}. {points} points, the same {seeds} seeds at each; lines are 95 % intervals.",
        "it": "{which}. {points} punti, gli stessi {seeds} semi in ognuno; le linee sono intervalli al 95 %.",
    },
}


def phrase(key: str, lang: Language, **values: object) -> str:
    """Return a phrase in a language."""
    return _TEXTS[key][lang].format(**values)
