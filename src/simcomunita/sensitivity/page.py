"""The page: which parameters matter for every difference, which way, how sure that is, and what it stands on."""

from __future__ import annotations

import math

from simcomunita.configuration import Quantity
from simcomunita.experiment import wording
from simcomunita.experiment.wording import Language, number
from simcomunita.sensitivity.analysis import Findings
from simcomunita.sensitivity.effects import Effects
from simcomunita.sensitivity.factors import DUMMY
from simcomunita.sensitivity.indices import MUCH_CHANCE, Indices
from simcomunita.sensitivity.phrases import phrase
from simcomunita.sensitivity.targets import Target, differences

ROWS = 12
"""Parameters that a table of the first look shows."""
NAMED = 3
"""Parameters that the sentence names."""

_RAISES = {1: "raises", -1: "lowers", 0: "depends"}


def page(findings: Findings, lang: Language, pictures: tuple[str, ...] = ()) -> str:
    """Write the page in Markdown; pictures stand under the first difference."""
    study = findings.analysis.study
    count = number(len(findings.analysis.factors.quantities), 0, lang)
    parts = [
        f"# {phrase('title', lang)}",
        phrase("lead", lang, question=wording.words(study.question)[lang], count=count),
    ]
    for place, target in enumerate(differences(findings.screening)):
        parts.append(f"## {wording.capital(heading(findings, target, lang))}")
        parts.append(summary(findings, target, lang))
        if place == 0:
            keys = ("picture screened", "picture closer")
            parts += [f"![{phrase(key, lang)}]({name})" for key, name in zip(keys, pictures, strict=False)]
        if findings.screening[target].trajectories and findings.screening[target].mu_star.any():
            parts += [f"### {phrase('screened', lang)}", _screened(findings, target, lang)]
        found = findings.indices.get(target)
        if found is not None and found.variance > 0.0:
            parts += [f"### {phrase('closer', lang)}", _closer(found, lang)]
    parts += [f"## {phrase('how', lang)}", *_how(findings, lang)]
    parts += [f"## {phrase('stands', lang)}", *_stands(findings, lang)]
    return "\n\n".join(parts) + "\n"


def heading(findings: Findings, target: Target, lang: Language) -> str:
    """Name a difference: which policy instead of which, in what."""
    study = findings.analysis.study
    policy, baseline = (wording.words(study.scenarios[name].label)[lang] for name in (target.scenario, target.less))
    measure = wording.label(target.measure, lang)
    return phrase("difference", lang, policy=policy, baseline=wording.small(baseline), measure=measure)


def summary(findings: Findings, target: Target, lang: Language) -> str:
    """Say in a few sentences what a difference hangs on, and how sure that is."""
    found = findings.screening[target]
    if not found.trajectories:
        return phrase("unknown", lang)
    if not found.mu_star.any():
        return phrase("still", lang)
    first, *others = [k for k in found.order if found.mu_star[k] > 0.0 and found.names[k] != DUMMY][:NAMED]
    measure = wording.label(target.measure, lang)
    key = "most" if found.clear[first] else "most unsure"
    said = phrase(key, lang, measure=measure, first=_named(found, first, target, lang))
    if others:
        said += phrase("then", lang, others="; ".join(_named(found, k, target, lang) for k in others))
    parts = [said, _clear(found, target, lang)]
    if target in findings.indices:
        parts += _shares(findings.indices[target], findings.analysis.size.seeds, lang)
    parts.append(dummy_said(findings, target, lang))
    return "\n\n".join(part for part in parts if part)


def _named(found: Effects, k: int, target: Target, lang: Language) -> str:
    way = phrase(_RAISES[found.direction(k)], lang)
    return phrase("named", lang, name=found.names[k], way=way, size=size(target.measure, found.mu_star[k], lang))


def size(measure: str, value: float, lang: Language) -> str:
    """Write how far something moves a measure."""
    more = wording.more_digits(measure, value, value, value)
    return wording.change(measure, value, lang, more_digits=more)


def _clear(found: Effects, target: Target, lang: Language) -> str:
    if math.isnan(found.level):
        return phrase("no level", lang)
    clear = int(found.clear.sum())
    key = "none clear" if clear == 0 else "one clear" if clear == 1 else "some clear"
    return phrase(key, lang, clear=number(clear, 0, lang), level=size(target.measure, found.level, lang))


def _shares(found: Indices, seeds: int, lang: Language) -> list[str]:
    if not found.variance > 0.0:
        return []
    k = max(range(len(found.names)), key=lambda one: (found.first[one], found.names[one]))
    low, high = found.first[k] - found.first_half[k], found.first[k] + found.first_half[k]
    told = [
        phrase(
            "sum", lang, name=found.names[k], share=share(found.first[k], lang), low=share(low, lang),
            high=share(high, lang),
        )
    ]  # fmt: skip
    if low <= 0.0:
        told.append(phrase("wide", lang))
    if not math.isnan(found.chance):
        key = "much chance" if found.chance > MUCH_CHANCE else "little chance"
        told.append(phrase(key, lang, share=share(found.chance, lang), seeds=seeds))
    return told


def share(value: float, lang: Language) -> str:
    """Write a share of a variance, as per cent without decimals; shares are known no better."""
    return f"{number(100.0 * value, 0, lang)} %"


def dummy_said(findings: Findings, target: Target, lang: Language) -> str:
    """Say whether the dummy came out as nothing."""
    effects, indices = findings.screening[target], findings.indices.get(target)
    k = effects.names.index(DUMMY)
    if effects.trajectories and effects.low[k] > 0.0:
        return phrase("dummy something", lang, dummy=size(target.measure, effects.mu_star[k], lang))
    if indices is not None and indices.variance > 0.0 and not indices.dummy_is_nothing:
        k = indices.names.index(DUMMY)
        told = indices.first[k] if math.isnan(indices.total[k]) else indices.total[k]
        return phrase("dummy something", lang, dummy=share(float(told), lang))
    return phrase("dummy nothing", lang)


def _screened(findings: Findings, target: Target, lang: Language) -> str:
    found = findings.screening[target]
    known = {one.key: one for one in findings.analysis.factors.quantities}
    rows = [phrase("head screened", lang), "|---|---|---|---|---|---|"]
    shown = [k for k in found.order if found.mu_star[k] > 0.0][:ROWS]
    for k in (*shown, *(k for k in (found.names.index(DUMMY),) if k not in shown)):
        name = found.names[k]
        one = known.get(name)
        cells = [
            f"`{name}`" if one else phrase("dummy", lang),
            one.description.split(". ")[0].replace("\n", " ").rstrip(".") if one else "",
            span(one, lang) if one else "",
            between(target.measure, found, k, lang),
            phrase(f"way {found.direction(k)}", lang) if found.mu_star[k] > 0.0 else "",
            phrase("yes" if found.clear[k] else "no", lang) if one else "",
        ]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def span(one: Quantity, lang: Language) -> str:
    """Write a plausible range with its unit."""
    low, high = (f"{value:,g}" if lang == "en" else _italian(value) for value in (one.low, one.high))
    unit = one.unit if lang == "en" else ""
    return f"{phrase('to', lang, low=low, high=high)} {unit}".rstrip()


def _italian(value: float) -> str:
    return f"{value:,g}".translate(str.maketrans(",.", ".,"))


def between(measure: str, found: Effects, k: int, lang: Language) -> str:
    """Write a size with its interval."""
    low, high = max(float(found.low[k]), 0.0), float(found.high[k])
    digits = wording.more_digits(measure, float(found.mu_star[k]), low, high)
    mean, low_said, high_said = (
        wording.amount(measure, float(value), lang, more_digits=digits).removesuffix(" %")
        for value in (found.mu_star[k], low, high)
    )
    return f"{mean} ({phrase('to', lang, low=low_said, high=high_said)})"


def _closer(found: Indices, lang: Language) -> str:
    both = not all(math.isnan(total) for total in found.total)
    rows = [phrase("head closer" if both else "head closer first", lang), "|---|---|---|" if both else "|---|---|"]
    for k in found.order:
        cells = [phrase("dummy", lang) if found.names[k] == DUMMY else f"`{found.names[k]}`"]
        for index, half in ((found.first, found.first_half), (found.total, found.total_half))[: 2 if both else 1]:
            ends = phrase("to", lang, low=share(index[k] - half[k], lang), high=share(index[k] + half[k], lang))
            cells.append(f"{share(index[k], lang)} ({ends})")
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _how(findings: Findings, lang: Language) -> list[str]:
    size_, told = findings.analysis.size, [phrase("how seeds", lang, seeds=findings.analysis.size.seeds)]
    if findings.indices:
        points = number(max(one.points for one in findings.indices.values()), 0, lang)
        told.insert(0, phrase(f"how {size_.method}", lang, points=points))
    trajectories = max(one.trajectories for one in findings.screening.values())
    count = number(len(findings.analysis.factors.quantities), 0, lang)
    return [
        phrase("how screened", lang, trajectories=number(trajectories, 0, lang)),
        *told,
        phrase("all", lang, count=count),
    ]


def _stands(findings: Findings, lang: Language) -> list[str]:
    analysis = findings.analysis
    identity = analysis.identity
    runs = number(findings.tasks - len(findings.failures), 0, lang)
    told = [
        phrase(
            "provenance",
            lang,
            version=identity.version,
            hash=identity.configuration_hash[:16],
            runs=runs,
            end=wording.month_text(analysis.study.until, lang),
            scaled=wording.scale_note(identity.scale, lang),
        ).rstrip()
    ]
    if findings.failures:
        told.append(phrase("failed", lang, count=number(len(findings.failures), 0, lang)))
    return told
