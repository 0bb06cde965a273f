"""The answer in three sentences: what changes and how sure that is, what it costs and for what, and what does not
change or cannot be told, with what all of it stands on.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simcomunita.experiment import wording
from simcomunita.experiment.better import sign
from simcomunita.experiment.intervals import Difference, paired_difference
from simcomunita.experiment.wording import Language, amount, label, month_text, number
from simcomunita.report.texts import count, listed, text

if TYPE_CHECKING:
    from simcomunita.experiment.comparison import Comparison


def answer(comparison: Comparison, lang: Language) -> tuple[str, str, str]:
    """Answer a study's question.

    Returns
    -------
    tuple of str
        Exactly three sentences, each with its full stop.
    """
    return changes(comparison, lang), costs(comparison, lang), stands_on(comparison, lang)


def ranked(comparison: Comparison) -> list[str]:
    """Policies by the mean of the first measure, the best first; those that are equal in the study's order."""
    measure = comparison.shown[0]
    upwards = sign(measure) >= 0.0

    def place(policy: str) -> float:
        mean = comparison.difference(measure, policy).mean
        return math.inf if math.isnan(mean) else -mean if upwards else mean

    return sorted(comparison.about.policies, key=place)


def better(comparison: Comparison, policy: str) -> bool:
    """Whether a policy clearly has more than the baseline of the first measure (or less, where that is better)."""
    measure = comparison.shown[0]
    found = comparison.difference(measure, policy)
    return found.low > 0.0 if sign(measure) >= 0.0 else found.high < 0.0


def changes(comparison: Comparison, lang: Language) -> str:
    """What the policy changes in the first measure; of several, the one that does most, and which comes next."""
    about, measure = comparison.about, comparison.shown[0]
    where = f", in {named}" if (named := wording.scale_named(about.scale, lang)) else ""
    if len(about.policies) == 1:
        policy = about.policies[0]
        start = wording.text(
            "instead",
            lang,
            policy=wording.capital(about.label(policy, lang)),
            baseline=wording.small(about.label(about.baseline, lang)),
            start=month_text(about.branch_at, lang),
            where=where,
        )
        return f"{start} {comparison.change(measure, policy, lang)}"
    best, second, *_ = ranked(comparison)
    n = count(len(about.policies), lang)
    return text(
        "does most" if better(comparison, best) else "none does more",
        lang,
        n=n,
        none=text("none of two" if len(about.policies) == 2 else "none of", lang, n=n),
        best=about.label(best, lang),
        second=about.label(second, lang),
        baseline=about.label(about.baseline, lang),
        start=month_text(about.branch_at, lang),
        where=where,
        change=comparison.change(measure, best, lang).removesuffix("."),
        apart=_apart(comparison, best, second, lang),
    )


def _apart(comparison: Comparison, best: str, second: str, lang: Language) -> str:
    """Say whether two policies can be told apart in the first measure."""
    measure = comparison.shown[0]
    found = paired_difference(comparison.units(measure, second), comparison.units(measure, best))
    if found.pairs < 2:
        return text("apart in one pair", lang)
    if found.low == found.high == 0.0:
        return text("the same", lang)
    low, high = (found.low, found.high) if found.mean >= 0.0 or not found.clear else (-found.high, -found.low)
    digits = wording.more_digits(measure, found.mean, low, high)
    return text(
        "apart" if found.clear else "not apart",
        lang,
        difference=wording.change(measure, abs(found.mean), lang, more_digits=digits),
        range=text(
            "between",
            lang,
            low=_bare(measure, low, lang, digits),
            high=_bare(measure, high, lang, digits),
        ),
    )


def _bare(measure: str, value: float, lang: Language, digits: int) -> str:
    return amount(measure, value, lang, more_digits=digits).removesuffix(" %")


def price_case(comparison: Comparison, measure: str, policy: str) -> str:
    """What can be said of the price of one more of a measure.

    Returns
    -------
    str
        ``price`` if there is one; ``cheaper`` (more, without costing more); ``unchanged``; ``fewer``; ``unclear`` (more
        or fewer, nobody can tell); ``cost open`` (dearer or cheaper, nobody can tell); ``one pair``; or ``uncounted``.
    """
    if comparison.cost is None or not wording.is_counted(measure):
        return "uncounted"
    cost, gain = comparison.difference(comparison.cost, policy), comparison.difference(measure, policy)
    if min(cost.pairs, gain.pairs) < 2:
        return "one pair"
    if gain.low == gain.high == 0.0:
        return "unchanged"
    if gain.high < 0.0:
        return "fewer"
    if not gain.clear:
        return "unclear"
    if cost.high <= 0.0:
        return "cheaper"
    if not cost.clear:
        return "cost open"
    return "price" if comparison.price(measure, policy).known else "unclear"


def costs(comparison: Comparison, lang: Language) -> str:
    """What the policy costs a year and what one more costs; of several, for the best and the next."""
    about = comparison.about
    if comparison.cost is None:
        return text("no money", lang)
    if len(about.policies) == 1:
        said = _clause(comparison, about.policies[0], text("it", lang), lang)
    else:
        best, second, *_ = ranked(comparison)
        whos = [text("named", lang, name=about.label(policy, lang)) for policy in (best, second)]
        cases = [price_case(comparison, comparison.shown[0], policy) for policy in (best, second)]
        same = cases[0] == cases[1]  # why there is no price is then said once, for both
        first = _clause(comparison, best, whos[0], lang, why=cases[0] == "price" or not same)
        said = f"{first}; {_clause(comparison, second, whos[1], lang, again=cases[0] == 'price')}"
    said = said.replace("  ", " ").strip()
    if about.scale != 1.0:
        said = text("smaller" if about.scale < 1.0 else "larger", lang, said=said)
    return f"{wording.capital(said)}."


def _clause(
    comparison: Comparison, policy: str, who: str, lang: Language, *, again: bool = False, why: bool = True
) -> str:
    """Say what one policy costs, and for what; shortly, if it was just said in full for another."""
    about, measure = comparison.about, comparison.shown[0]
    extra = comparison.difference(comparison.cost or "", policy)
    if extra.mean == 0.0 and not extra.low < extra.high:
        return text("costs the same", lang, who=who, baseline=about.label(about.baseline, lang))
    unsure = extra.pairs >= 2 and not extra.clear
    a_year = extra.mean / comparison.years
    said = text(
        "cost unclear" if unsure else "costs more" if extra.mean > 0.0 else "costs less",
        lang,
        who=who,
        amount=_euro(a_year, lang, sign=True) if unsure else _euro(abs(a_year), lang),
        range=_range(extra, comparison.years, lang, signed=unsure),
    )
    case = price_case(comparison, measure, policy)
    saves = extra.mean < 0.0 and not unsure
    if measure == comparison.cost or case == "cost open" or not why or (saves and case != "cheaper"):
        return said
    if case == "price":
        return said + _price(comparison, measure, policy, lang, again=again)
    return said + text(case, lang, measure=label(measure, lang))


def _price(comparison: Comparison, measure: str, policy: str, lang: Language, *, again: bool) -> str:
    each = comparison.price(measure, policy)
    return text(
        "for each again" if again else "for each",
        lang,
        time=wording.years_text(comparison.years, lang),
        each=_euro(each.each, lang),
        range=text("between", lang, low=_euro(each.low, lang), high=_euro(each.high, lang)),
        measure=label(measure, lang),
    )


def _range(extra: Difference, years: float, lang: Language, *, signed: bool) -> str:
    """The interval of an extra cost a year in brackets; nothing where there is none, or no width to be seen."""
    if math.isnan(extra.low):
        return ""
    ends = (extra.low, extra.high) if signed or extra.mean > 0.0 else (-extra.high, -extra.low)
    low, high = (_euro(end / years, lang, sign=signed) for end in ends)
    if low == high:
        return ""
    between = text("between", lang, low=low, high=high)
    return f", {between}" if signed else f" ({between})"


def _euro(euro: float, lang: Language, *, sign: bool = False) -> str:
    """Write an amount of euro to three significant digits: more would pretend."""
    if abs(euro) < 0.005 or not math.isfinite(euro):
        return number(euro, 0, lang)
    digits = 2 - math.floor(math.log10(abs(euro)))
    return number(round(euro, digits), max(min(digits, 2), 0), lang, sign=sign)


def stands_on(comparison: Comparison, lang: Language) -> str:
    """What else changes, what does not or cannot be told, and what all of it stands on."""
    about = comparison.about
    policy = ranked(comparison)[0]
    others = [name for name in comparison.shown[1:] if name != comparison.cost]
    kinds: dict[str, list[str]] = {}
    for name in others:
        kinds.setdefault(_kind(comparison.difference(name, policy)), []).append(label(name, lang))
    clauses = [
        text(kind, lang, list=listed(kinds[kind], lang))
        for kind in ("rises", "falls", "not told", "does not change", "one pair tells nothing")
        if kind in kinds
    ]
    if clauses and len(about.policies) > 1:
        clauses[0] = text("under", lang, policy=about.label(policy, lang), said=clauses[0])
    return wording.capital("; ".join([*clauses, _ground(comparison, lang)]))


def _kind(found: Difference) -> str:
    if found.pairs < 2:
        return "one pair tells nothing"
    if found.low == found.high == 0.0:
        return "does not change"
    return "rises" if found.low > 0.0 else "falls" if found.high < 0.0 else "not told"


def _ground(comparison: Comparison, lang: Language) -> str:
    about, drawn = comparison.about, comparison.drawn
    parameters = "from posterior" if about.from_posterior else "as configured" if drawn == 1 else "as drawn"
    return text(
        "stands",
        lang,
        pairs=text("a pair", lang)
        if comparison.pairs == 1
        else text("pairs", lang, pairs=number(comparison.pairs, 0, lang)),
        few=text("few", lang) if 1 < comparison.fewest_pairs < wording.FEW_PAIRS else "",
        scale=_scale(about.scale, lang),
        parameters=text(parameters, lang, draws=number(drawn, 0, lang), calibration=about.calibration),
    )


def _scale(scale: float, lang: Language) -> str:
    if scale == 1.0:
        return ""
    return text("of part" if scale < 1.0 else "of multiple", lang, share=wording.scale_named(scale, lang, short=True))
