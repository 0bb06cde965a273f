"""A comparison in plain words: what a policy changes, how sure that is, what it costs, and what it stands on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from simcomunita.experiment import wording
from simcomunita.experiment.wording import Language, amount, label, month_text, number, text

if TYPE_CHECKING:
    from simcomunita.experiment.comparison import Comparison


def headline(comparison: Comparison, lang: Language = "en") -> str:
    """Say in plain words what every policy changes, at what price, and what that stands on."""
    said = [_sentence(comparison, policy, lang) for policy in comparison.about.policies]
    said.append(wording.few_note(comparison.fewest_pairs, lang, draws=comparison.over_draws))
    if comparison.pairs > 1:
        said.append(stands_on(comparison, lang))
        said.append(_precision(comparison, lang))
    said.append(wording.scale_note(comparison.about.scale, lang))
    return "\n".join(line for line in said if line)


def stands_on(comparison: Comparison, lang: Language = "en") -> str:
    """Say how many pairs there are, and what parameters they were run with."""
    about, stands = comparison.about, "stands_on" if comparison.drawn == 1 else "stands_on_draws"
    if about.from_posterior:
        stands = "stands_on_posterior_draws" if comparison.over_draws else "stands_on_posterior"
    return text(
        stands,
        lang,
        pairs=number(comparison.pairs, 0, lang),
        draws=number(comparison.drawn, 0, lang),
        calibration=about.calibration,
    )


def _precision(comparison: Comparison, lang: Language) -> str:
    """Say whether the precision that was asked for was reached."""
    asked = comparison.about.precision
    if asked is None:
        return ""
    found = [comparison.difference(asked["measure"], policy) for policy in comparison.about.policies]
    reached, wanted = [], []
    for one in found:
        half = (one.high - one.low) / 2
        reached.append(half / abs(one.mean) if asked["relative"] and one.mean else half)
        wanted.append(asked["within"] if one.mean or not asked["relative"] else 0.0)
    met = all(half <= most for half, most in zip(reached, wanted, strict=True))

    def said(half: float) -> str:
        if asked["relative"]:
            return text("of_itself", lang, share=number(100 * half, 1, lang))
        return amount(asked["measure"], half, lang)

    return text(
        "precise_enough" if met else "not_precise_enough",
        lang,
        pairs=number(comparison.pairs, 0, lang),
        measure=label(asked["measure"], lang),
        wanted=said(asked["within"]),
        reached=said(max(reached)),
    )


def change(comparison: Comparison, measure: str, policy: str, lang: Language = "en") -> str:
    """Say what a policy changes in one measure, with the interval."""
    found = comparison.difference(measure, policy)
    gains = comparison.gains(measure, policy)
    more = found.mean > 0.0
    low, high = (found.low, found.high) if more or not found.clear else (-found.high, -found.low)
    digits = wording.more_digits(measure, found.mean, low, high)
    values = {
        "measure": label(measure, lang),
        "when": text("when", lang, end=month_text(comparison.about.until, lang)),
        "difference": wording.change(measure, found.mean, lang, sign=True, more_digits=digits),
        "size": wording.change(measure, abs(found.mean), lang, more_digits=digits),
        "range": _between("range", measure, low, high, lang, digits),
        "pairs": wording.pairs_text(
            int(np.sum(gains > 0.0 if more else gains < 0.0)), found.pairs, lang, draws=comparison.over_draws
        ),
        "all": number(found.pairs, 0, lang),
    }
    drawn = comparison.between_draws(measure, policy)
    if drawn is not None:
        ends = drawn if more or not found.clear else (-drawn[1], -drawn[0])
        values["range"] += _between("range_draws", measure, *ends, lang, digits)
    if found.pairs < 2:
        return text("one_pair", lang, **values)
    if found.low == found.high == 0.0:
        return text("equal", lang, **values)
    direction = "more" if more else "fewer"
    if not found.clear:
        return text(f"unclear_{direction}", lang, **values)
    several = wording.is_counted(measure) and abs(found.mean) >= 2.0
    return text(f"counted_{direction}" if several else "up" if more else "down", lang, **values)


def _between(key: str, measure: str, low: float, high: float, lang: Language, digits: int) -> str:
    ends = (amount(measure, end, lang, more_digits=digits).removesuffix(" %") for end in (low, high))
    return text(key, lang, **dict(zip(("low", "high"), ends, strict=True)))


def _sentence(comparison: Comparison, policy: str, lang: Language) -> str:
    start = text(
        "instead",
        lang,
        policy=wording.capital(comparison.about.label(policy, lang)),
        baseline=wording.small(comparison.about.label(comparison.about.baseline, lang)),
        start=month_text(comparison.about.branch_at, lang),
        where=f", in {named}" if (named := wording.scale_named(comparison.about.scale, lang)) else "",
    )
    said = f"{start} {change(comparison, comparison.shown[0], policy, lang)}"
    paid = _paid(comparison, policy, lang)
    return f"{said} {paid}" if paid else said


def _paid(comparison: Comparison, policy: str, lang: Language) -> str:
    if comparison.cost is None or comparison.cost == comparison.shown[0]:
        return ""
    found = comparison.difference(comparison.cost, policy)
    extra, years = found.mean, comparison.years
    if extra == 0.0:
        return ""
    said = text("costs_more" if extra > 0 else "costs_less", lang, amount=in_euro(abs(extra) / years, lang))
    if found.low < found.high:
        ends = sorted((found.low / years, found.high / years), key=abs)
        said += text("cost_range", lang, low=_signed(ends[0], extra, lang), high=_signed(ends[1], extra, lang))
    gain = comparison.difference(comparison.shown[0], policy)
    each = comparison.price(comparison.shown[0], policy)
    if extra > 0 and gain.low > 0 and each.known:
        return said + text(
            "each",
            lang,
            time=wording.years_text(comparison.years, lang),
            each=in_euro(each.each, lang),
            low=in_euro(each.low, lang),
            high=in_euro(each.high, lang),
        )
    return said + (text("no_price", lang) if extra > 0 and not gain.clear else ".")


def _signed(euro: float, extra: float, lang: Language) -> str:
    """Write the end of an interval of what is spent more, or less; an end on the other side of zero bears its sign."""
    return in_euro(abs(euro), lang) if euro * extra >= 0.0 else f"\N{MINUS SIGN}{in_euro(abs(euro), lang)}"


def in_euro(euro: float, lang: Language) -> str:
    """Write an amount of euro to three significant digits: more would pretend."""
    if euro == 0.0 or not math.isfinite(euro):
        return number(euro, 0, lang)
    digits = 2 - math.floor(math.log10(abs(euro)))
    return number(round(euro, digits), max(min(digits, 2), 0), lang)
