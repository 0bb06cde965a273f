"""What we do not know, in plain words and both languages: the best choice by price, regret, sources of spread."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simcomunita.experiment import wording
from simcomunita.experiment.better import better, sign
from simcomunita.experiment.uncertainty import share_interval
from simcomunita.experiment.value import UnansweredError, Value
from simcomunita.experiment.wording import Language, label, measure_of, number

if TYPE_CHECKING:
    from simcomunita.experiment.comparison import Comparison

TEXTS: dict[str, dict[str, str]] = {
    # The picture of what scenarios are worth.
    "value pairs": {
        "en": "A small dot is a pair of runs: one course of events; the large one is the mean. Curves: in how "
        "many courses "
        "of events each is worth most after its cost; thick: the best choice on average. Only chance is in this, not "
        "what is not known about people.",
        "it": "Un punto piccolo è una coppia di simulazioni, cioè un corso degli eventi; quello grande è la "
        "media. Curve: "
        "in quanti corsi degli eventi ciascuno scenario vale di più, tolto il costo; in grassetto: la scelta "
        "migliore in "
        "media. Qui c'è solo il caso, non ciò che non si sa delle persone.",
    },
    "value draws": {
        "en": "A small dot is a draw of what is not known (the parameters), on average over {seeds}; the large "
        "one is "
        "the mean. Curves: in how many draws each is worth most after its cost; thick: the best choice on average.",
        "it": "Un punto piccolo è un'estrazione di ciò che non si sa (i parametri), in media su {seeds}; quello "
        "grande "
        "è la media. Curve: in quante estrazioni ciascuno scenario vale di più, tolto il costo; in grassetto: la "
        "scelta "
        "migliore in media.",
    },
    "value own": {
        "en": "A small dot is a pair of runs: one course of events, with its own draw of what is not known (the "
        "parameters); the large one is the mean. Curves: in how many pairs each is worth most after its cost; thick: "
        "the best choice on average.",
        "it": "Un punto piccolo è una coppia di simulazioni: un corso degli eventi, con la sua estrazione di ciò che "
        "non si sa (i parametri); quello grande è la media. Curve: in quante coppie ciascuno scenario vale di più, "
        "tolto il costo; in grassetto: la scelta migliore in media.",
    },
    "one seed": {"en": "one run", "it": "una simulazione"},
    "seeds": {"en": "{seeds} runs", "it": "{seeds} simulazioni"},
    "euro": {"en": "extra cost, euro", "it": "costo in più, euro"},
    "thousand": {"en": "extra cost, thousand euro", "it": "costo in più, migliaia di euro"},
    "million": {"en": "extra cost, million euro", "it": "costo in più, milioni di euro"},
    "counted more": {"en": "{measure}: how many more", "it": "{measure}: quanti in più"},
    "counted less": {"en": "{measure}: how many fewer", "it": "{measure}: quanti in meno"},
    "share more": {"en": "{measure}: percentage points more", "it": "{measure}: punti percentuali in più"},
    "share less": {"en": "{measure}: percentage points less", "it": "{measure}: punti percentuali in meno"},
    "mean more": {"en": "{measure}: how much more", "it": "{measure}: quanto in più"},
    "mean less": {"en": "{measure}: how much less", "it": "{measure}: quanto in meno"},
    "best choice": {"en": "probability of being the best choice", "it": "probabilità di essere la scelta migliore"},
    "ready": {
        "en": "euro that one is ready to pay for {one}",
        "it": "euro che si è disposti a pagare per {one}",
    },
    "one more": {"en": "one more ({measure})", "it": "ciascuna unità in più ({measure})"},
    "one less": {"en": "one fewer ({measure})", "it": "ciascuna unità in meno ({measure})"},
    "one point more": {"en": "one percentage point more ({measure})", "it": "un punto percentuale in più ({measure})"},
    "one point less": {"en": "one percentage point less ({measure})", "it": "un punto percentuale in meno ({measure})"},
    "better, dearer": {"en": "better, and costs more", "it": "meglio, e costa di più"},
    "better, cheaper": {"en": "better, and costs less", "it": "meglio, e costa meno"},
    "worse, dearer": {"en": "worse, and costs more", "it": "peggio, e costa di più"},
    "worse, cheaper": {"en": "worse, and costs less", "it": "peggio, e costa meno"},
    # The best choice, in a sentence.
    "always": {
        "en": "On average the best choice is {name}, whatever one is ready to pay for {one}.",
        "it": "In media la scelta migliore è «{name}», quanto che si sia disposti a pagare per {one}.",
    },
    "turns": {
        "en": "The best choice on average, by what one is ready to pay for {one}: {parts}.",
        "it": "La scelta migliore in media, secondo quanto si è disposti a pagare per {one}: {parts}.",
    },
    "price": {"en": "{price} euro", "it": "{price} euro"},
    "below": {"en": "{name} below {high}", "it": "«{name}» sotto {high}"},
    "between": {"en": "{name} from there to {high}", "it": "«{name}» da lì a {high}"},
    "above": {"en": "{name} above that", "it": "«{name}» al di sopra"},
    "over": {
        "en": "Outcomes at the end of {end}, euro since {start}.",
        "it": "Risultati a fine {end}, euro da {start}.",
    },
    "within": {"en": " ({low} to {high})", "it": " (da {low} a {high})"},
    "never": {
        "en": "Never the best choice on average: {names}.",
        "it": "Mai la scelta migliore in media: {names}.",
    },
    # Regret.
    "regret pairs": {
        "en": "How much worse each choice turns out than the best of all {scenarios} in the same course of events",
        "it": "Quanto peggio va ciascuna scelta rispetto alla migliore delle {scenarios} nello stesso corso degli "
        "eventi",
    },
    "regret own": {
        "en": "How much worse each choice turns out than the best of all {scenarios}, in the same course of events "
        "and whatever is true of what is not known",
        "it": "Quanto peggio va ciascuna scelta rispetto alla migliore delle {scenarios}, nello stesso corso degli "
        "eventi e comunque stia ciò che non si sa",
    },
    "regret draws": {
        "en": "How much worse each choice turns out than the best of all {scenarios}, whatever turns out to be "
        "true of "
        "what is not known",
        "it": "Quanto peggio va ciascuna scelta rispetto alla migliore delle {scenarios}, comunque stia ciò che "
        "non si sa",
    },
    "regret marks": {
        "en": "Dot: on average. Ring: worse than this in 1 case in 10. Bar: the worst case. In brackets: in how "
        "many {units} "
        "it is the best. Nothing is weighed against its cost here.",
        "it": "Punto: in media. Cerchio: peggio di così in 1 caso su 10. Barra: il caso peggiore. Tra parentesi: "
        "in quanti "
        "casi è la migliore ({units}). Qui nulla è confrontato con il suo costo.",
    },
    "lost points": {"en": "{measure}, percentage points", "it": "{measure}, punti percentuali"},
    "lost euro": {"en": "{measure}, euro", "it": "{measure}, euro"},
    "lost thousand": {"en": "{measure}, thousand euro", "it": "{measure}, migliaia di euro"},
    "lost million": {"en": "{measure}, million euro", "it": "{measure}, milioni di euro"},
    "pairs": {"en": "pairs of runs", "it": "coppie di simulazioni"},
    "draws": {"en": "draws of the parameters", "it": "estrazioni dei parametri"},
    "best in": {"en": "best in {n} of {all}", "it": "migliore in {n} su {all}"},
    # Where spread comes from.
    "spread title": {
        "en": "Why single runs differ in what a policy changes: what is not known of people, or chance",
        "it": "Perché le simulazioni differiscono in ciò che una politica cambia: ciò che non si sa delle "
        "persone, o il caso",
    },
    "spread notes": {
        "en": "Shares of the variance of the difference between single pairs of runs: dark from the parameters "
        "({draws} "
        "draws), light from chance ({seeds} each). In brackets: 95 % interval of the parameters' share. "
        "More runs narrow chance; only knowing more narrows the rest.",
        "it": "Quote della varianza della differenza tra singole coppie di simulazioni: in scuro dai parametri "
        "({draws} "
        "estrazioni), in chiaro dal caso ({seeds} ciascuna). Tra parentesi: intervallo al 95 % della quota dei "
        "parametri. Con più simulazioni il caso conta meno; il resto si riduce solo sapendo di più.",
    },
    "spread": {
        "en": "Of the spread of the difference between single pairs ({measure}), so much comes from what is not known "
        "of the parameters, and the rest from chance: {parts}.",
        "it": "Della variabilità della differenza tra singole coppie ({measure}) tanto viene da ciò che non si sa dei "
        "parametri, e il resto dal caso: {parts}.",
    },
    "from parameters": {"en": "{name} {share}{within}", "it": "«{name}» {share}{within}"},
    "share within": {"en": " ({low} to {high} %)", "it": " (da {low} a {high} %)"},
    "varies not": {"en": "does not vary", "it": "non varia"},
    # Why something is not drawn.
    "not drawn": {"en": "Not drawn: {what}.", "it": "Non disegnati: {what}."},
    "two scenarios": {"en": "there are only two scenarios", "it": "gli scenari sono solo due"},
    "no cost": {"en": "nothing counts the euro spent", "it": "nulla conta gli euro spesi"},
    "no outcome": {
        "en": "of no outcome that is shown is it said whether more or less is better",
        "it": "di nessun risultato mostrato si dice se sia meglio di più o di meno",
    },
    "one unit": {"en": "there is only one pair of runs", "it": "c'è una sola coppia di simulazioni"},
    "equal cost": {
        "en": "all scenarios cost the same, so that nothing has to be weighed against money",
        "it": "tutti gli scenari costano uguale, e non c'è nulla da confrontare con il denaro",
    },
    "equal outcome": {"en": "all scenarios come to the same", "it": "tutti gli scenari danno lo stesso risultato"},
    "one draw": {
        "en": "parameters and chance cannot be told apart without several draws of the parameters and several "
        "seeds each",
        "it": "parametri e caso non si distinguono senza più estrazioni dei parametri, con più semi ciascuna",
    },
}


REGRETS = {
    "scenario": {"en": "if one chooses", "it": "se si sceglie"},
    "best": {"en": "best in", "it": "migliore in"},
    "mean": {"en": "loses on average", "it": "perde in media"},
    "p90": {"en": "in 1 case of 10 more than", "it": "in 1 caso su 10 più di"},
    "largest": {"en": "at most", "it": "al massimo"},
}
"""Heads of a table of regret."""


def text(key: str, lang: Language, **values: object) -> str:
    """Return a phrase in a language."""
    return TEXTS[key][lang].format(**values)


def seeds_a_draw(comparison: Comparison, lang: Language) -> str:
    """Say how many runs a draw has."""
    seeds = round(comparison.pairs / comparison.drawn)
    return text("one seed" if seeds == 1 else "seeds", lang, seeds=number(seeds, 0, lang))


def one(measure: str, lang: Language) -> str:
    """Name what one pays for: one more, one fewer, one percentage point less ..."""
    way = "less" if better(measure) == "lower" else "more"
    point = "point " if measure_of(measure).kind == "share" else ""
    return text(f"one {point}{way}", lang, measure=label(measure, lang))


def how_much(measure: str, lang: Language) -> str:
    """Name an axis on which more is better."""
    kind = measure_of(measure).kind
    known = kind if kind in ("share", "mean") else "counted"
    return text(f"{known} {'less' if better(measure) == 'lower' else 'more'}", lang, measure=label(measure, lang))


def euro(amount: float, lang: Language) -> str:
    """Write euro to three significant digits: more would pretend."""
    if amount == 0.0 or not math.isfinite(amount):
        return number(amount, 0, lang)
    digits = 2 - math.floor(math.log10(abs(amount)))
    return number(round(amount, digits), max(min(digits, 2), 0), lang)


def choice(comparison: Comparison, value: Value, lang: Language, *, intervals: bool = False) -> str:
    """Say which scenario is the best choice on average, by what one is ready to pay."""
    paid_for = one(value.measure, lang)

    def named(scenario: str) -> str:
        return wording.small(comparison.about.label(scenario, lang))

    if len(value.turns) == 1:
        return text("always", lang, name=named(value.turns[0].scenario), one=paid_for)
    prices = []
    for turn in value.turns[1:]:
        known = intervals and turn.interval.known
        within = {"low": euro(turn.interval.low, lang), "high": euro(turn.interval.high, lang)}
        price = text("price", lang, price=euro(turn.price, lang))
        prices.append(price + (text("within", lang, **within) if known else ""))
    parts = []
    for k, turn in enumerate(value.turns):
        low, high = ["", *prices][k], [*prices, ""][k]
        key = "below" if not low else "between" if high else "above"
        parts.append(text(key, lang, name=named(turn.scenario), high=high))
    return text("turns", lang, one=paid_for, parts=", ".join(parts))


def never_chosen(comparison: Comparison, value: Value, lang: Language) -> str:
    """Name the scenarios that are never the best choice on average; empty where there are none."""
    chosen = {turn.scenario for turn in value.turns}
    names = [wording.small(comparison.about.label(name, lang)) for name in value.scenarios if name not in chosen]
    return text("never", lang, names=", ".join(names)) if names else ""


def worth(comparison: Comparison, lang: Language = "en") -> str:
    """Say which choice is the best by price, in a paragraph; empty where it cannot be said."""
    try:
        value = Value.of(comparison)
    except UnansweredError:
        return ""
    said = (choice(comparison, value, lang, intervals=True), never_chosen(comparison, value, lang))
    return " ".join(part for part in said if part)


def where_spread_comes_from(comparison: Comparison, lang: Language = "en") -> str:
    """Say how much of the spread comes from parameters, for the first measure; empty where it cannot be told."""
    measure, parts = comparison.shown[0], []
    for policy in comparison.about.policies:
        found = comparison.spread(measure, policy).share_of_parameters
        if math.isnan(found):
            continue
        gains = comparison.final(measure, policy) - comparison.final(measure, comparison.about.baseline)
        name = wording.small(comparison.about.label(policy, lang))
        share = f"{number(100 * found, 0, lang)} %"
        within = shares_within(share_interval(gains, comparison.draws), lang)
        parts.append(text("from parameters", lang, name=name, share=share, within=within))
    return text("spread", lang, measure=label(measure, lang), parts="; ".join(parts)) if parts else ""


def shares_within(interval: tuple[float, float], lang: Language) -> str:
    """Write an interval of shares in brackets; empty where there is none."""
    low, high = (100 * end for end in interval)
    if math.isnan(low):
        return ""
    return text("share within", lang, low=number(low, 0, lang), high=number(high, 0, lang))


def regret_said(comparison: Comparison, lang: Language = "en") -> str:
    """Say what a table or picture of regret shows."""
    key = "regret draws" if comparison.over_draws else "regret pairs" if comparison.drawn == 1 else "regret own"
    return text(key, lang, scenarios=number(len(comparison.about.scenarios), 0, lang))


def regretted(comparison: Comparison) -> list[str]:
    """Measures that are shown, and of which one way is better."""
    return [name for name in comparison.shown if sign(name)]


def in_thousands(most: float) -> tuple[float, str]:
    """What euro are multiplied with to be drawn, and what they then are."""
    if most >= 1e6:
        return 1e-6, "million"
    return (1e-3, "thousand") if most >= 1e4 else (1.0, "euro")
