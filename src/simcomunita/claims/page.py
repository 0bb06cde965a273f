"""The page: every claim, what was done, what came out, and the verdict; and the same as tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simcomunita.claims.contrasts import WAYS
from simcomunita.claims.judging import NAMES, RULE
from simcomunita.claims.screening import Screen, Screening
from simcomunita.claims.trying import Result, Size
from simcomunita.experiment.wording import Language, label, number
from simcomunita.months import month_name

if TYPE_CHECKING:
    from simcomunita.claims.amounts import Amount, Window
    from simcomunita.claims.contrasts import Contrast
    from simcomunita.claims.judging import Finding
    from simcomunita.experiment.plan import Identity

PICTURE = "claims.png"

_TEXTS: dict[str, dict[str, str]] = {
    "title": {"en": "The ledger of claims", "it": "Il registro delle affermazioni"},
    "lead": {
        "en": "What the project says of itself, tried one by one in the model. Nothing in the model refers to these "
        "claims: they come out, or they do not. A verdict is about the model over its plausible parameters, not about "
        "the territory.",
        "it": "Che cosa il progetto dice di sé, provato punto per punto nel modello. Niente nel modello si riferisce a "
        "queste affermazioni: emergono, oppure no. Un verdetto riguarda il modello nei suoi parametri plausibili, non "
        "il territorio.",
    },
    "counts": {
        "en": "Of {total} claims: {parts}.",
        "it": "Su {total} affermazioni: {parts}.",
    },
    "picture": {
        "en": "Effect of every part of every claim with its interval",
        "it": "Effetto di ogni parte di ogni affermazione con il suo intervallo",
    },
    "head": {
        "en": "| claim | verdict | what is expected | effect (95 % interval) | draws in that direction |",
        "it": "| affermazione | verdetto | che cosa ci si aspetta | effetto (intervallo 95 %) "
        "| estrazioni in quella direzione |",
    },
    "effects": {
        "en": "An effect is the difference as a share of the larger of the two figures; above zero it goes in the "
        "direction expected. Each draw sets all parameters at once within their plausible ranges; the interval is of "
        "the mean over {draws} plausible draws, each of {seeds} seeds that are the same in every arm.",
        "it": "L'effetto è la differenza in rapporto alla maggiore delle due cifre; sopra lo zero va nella direzione "
        "attesa. Ogni estrazione fissa tutti i parametri insieme nei loro intervalli plausibili; l'intervallo è della "
        "media su {draws} estrazioni plausibili, ciascuna con {seeds} semi uguali in ogni braccio.",
    },
    "rule": {"en": "How a verdict is reached", "it": "Come si arriva al verdetto"},
    "claimed": {"en": "Claimed", "it": "Affermato in"},
    "simulated": {"en": "With {share} of the residents.", "it": "Con il {share} dei residenti."},
    "done": {"en": "Done", "it": "Che cosa si è fatto"},
    "verdict": {"en": "Verdict", "it": "Verdetto"},
    "discussion": {"en": "Discussion", "it": "Discussione"},
    "parts": {
        "en": "| expected | measured | as configured | effect (95 %) | matters from | in that direction | verdict |",
        "it": "| atteso | misurato | come configurato | effetto (95 %) | conta da | in quella direzione | verdetto |",
    },
    "against": {"en": "{this} against {that}", "it": "{this} contro {that}"},
    "to": {"en": "{low} to {high}", "it": "da {low} a {high}"},
    "of": {"en": "{share} of {draws}", "it": "{share} di {draws}"},
    "per": {"en": "{amount}, by {whole}", "it": "{amount}, per {whole}"},
    "stands": {"en": "What this stands on", "it": "Su che cosa si basa"},
    "failed": {"en": "Runs that failed: {count}.", "it": "Simulazioni fallite: {count}."},
    "provenance": {
        "en": "Version {version}, configuration `{hash}`, written {when}. {draws} plausible draws beside the values as "
        "configured, {seeds} seeds each, {scale} of the residents where a claim says nothing else (counts are of that "
        "share).",
        "it": "Versione {version}, configurazione `{hash}`, scritto {when}. {draws} estrazioni plausibili oltre ai "
        "valori configurati, {seeds} semi ciascuna, {scale} dei residenti dove non è detto altro (i numeri si "
        "riferiscono a questa quota).",
    },
    "screened": {
        "en": "{tried} draws were tried: {kept} kept, {out} screened out, because of {names} one was more than "
        "{factor} times above or below the published figure (`tried.csv` says which).",
        "it": "Estrazioni provate: {tried}; tenute {kept}, scartate {out}, perché tra {names} uno era più di {factor} "
        "volte sopra o sotto il dato pubblicato (`tried.csv` dice quale).",
    },
}


@dataclass(frozen=True)
class About:
    """What results stand on."""

    identity: Identity
    size: Size
    screen: Screen
    screening: Screening


def page(results: Sequence[Result], about: About, lang: Language) -> str:
    """Write the page in Markdown."""
    texts = {key: text[lang] for key, text in _TEXTS.items()}
    parts = [
        f"# {texts['title']}",
        texts["lead"],
        texts["counts"].format(total=len(results), parts=counted(results, lang)),
        f"![{texts['picture']}]({PICTURE})",
        _summary(results, lang),
        texts["effects"].format(draws=about.size.draws, seeds=about.size.seeds),
        f"## {texts['rule']}",
        RULE[lang],
        *(_section(result, lang) for result in results),
        f"## {texts['stands']}",
        _origin(results, about, lang),
    ]
    return "\n\n".join(parts) + "\n"


def counted(results: Sequence[Result], lang: Language) -> str:
    """Say how many claims have each verdict."""
    numbers = ((verdict, sum(result.verdict == verdict for result in results)) for verdict in reversed(NAMES))
    return ", ".join(f"{count} {NAMES[verdict][lang]}" for verdict, count in reversed(list(numbers)) if count)


def _summary(results: Sequence[Result], lang: Language) -> str:
    rows = [_TEXTS["head"][lang], "|---|---|---|---|---|"]
    for result in results:
        name, verdict = f"[{getattr(result.claim.title, lang)}](#{result.claim.name})", NAMES[result.verdict][lang]
        for contrast, finding in zip(result.claim.contrasts, result.findings, strict=True):
            cells = (name, verdict, contrast.says[lang], effect_text(finding, lang), _share(finding, lang))
            rows.append(f"| {' | '.join(cells)} |")
            name = verdict = ""
    return "\n".join(rows)


def _section(result: Result, lang: Language) -> str:
    claim = result.claim
    texts = {key: text[lang] for key, text in _TEXTS.items()}
    parts = [
        f'<a id="{claim.name}"></a>\n\n## {getattr(claim.title, lang)}',
        f"{getattr(claim.claim, lang)} *({texts['claimed']}: {claim.source})*",
        f"**{texts['done']}.** {getattr(claim.done, lang)} "
        + texts["simulated"].format(share=f"{number(100 * result.scale, 0, lang)} %"),
        _parts(result, lang),
        f"**{texts['verdict']}: {NAMES[result.verdict][lang]}.**",
    ]
    if result.failures:
        parts.append(texts["failed"].format(count=len(result.failures)))
    if claim.discussion is not None:
        parts.append(f"**{texts['discussion']}.** {getattr(claim.discussion, lang)}")
    return "\n\n".join(parts)


def _parts(result: Result, lang: Language) -> str:
    rows = [_TEXTS["parts"][lang], "|---|---|---|---|---|---|---|"]
    for i, (contrast, finding) in enumerate(zip(result.claim.contrasts, result.findings, strict=True)):
        this, that = at_configured(result, i)
        figures = _TEXTS["against"][lang].format(this=_figure(this, lang), that=_figure(that, lang))
        cells = (
            contrast.says[lang],
            measured(contrast, lang),
            figures,
            effect_text(finding, lang),
            _percent(contrast.matters, lang),
            _share(finding, lang),
            NAMES[finding.verdict][lang],
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def at_configured(result: Result, part: int) -> tuple[float, float]:
    """Both numbers of a part with the values as configured, means over seeds."""
    own = result.pairs[result.draws.index(0), :, part]
    known = own[np.isfinite(own).all(axis=1)]
    this, that = known.mean(axis=0).tolist() if len(known) else (math.nan, math.nan)
    return this, that


def measured(contrast: Contrast, lang: Language) -> str:
    """Say what is measured, of which arms and when: ``asks accepted, by asks; mapped, unmapped; 2016-08 to ...``."""
    look = contrast.look
    times = [_window(window, lang) for window in (look.late, look.early) if window is not None]
    way = WAYS[contrast.kind].text[lang]
    return f"{_amount(look.amount, lang)}; {way} ({', '.join(contrast.arms)}); {' / '.join(times)}"


def _amount(amount: Amount, lang: Language) -> str:
    whole = " + ".join(label(name, lang) for name in amount.measures)
    if not amount.per:
        return whole
    return _TEXTS["per"][lang].format(amount=whole, whole=" + ".join(label(name, lang) for name in amount.per))


def _window(window: Window, lang: Language) -> str:
    first, last = month_name(window.start), month_name(window.until)
    return first if first == last else _TEXTS["to"][lang].format(low=first, high=last)


def effect_text(finding: Finding, lang: Language) -> str:
    """Write an effect with its interval."""
    if math.isnan(finding.mean):
        return "–"
    between = _TEXTS["to"][lang].format(low=_percent(finding.low, lang), high=_percent(finding.high, lang))
    return f"{_percent(finding.mean, lang)} ({between})"


def _share(finding: Finding, lang: Language) -> str:
    if math.isnan(finding.holds):
        return "–"
    return _TEXTS["of"][lang].format(share=f"{number(100 * finding.holds, 0, lang)} %", draws=finding.draws)


def _percent(value: float, lang: Language) -> str:
    return f"{number(100 * value, 1 if abs(value) < 0.1 else 0, lang)} %"


def _figure(value: float, lang: Language) -> str:
    """Write a number with about three digits."""
    if math.isnan(value):
        return "–"
    decimals = 0 if abs(value) >= 100 else max(0, 2 - math.floor(math.log10(abs(value)))) if value else 0
    return number(value, min(decimals, 5), lang)


def _origin(results: Sequence[Result], about: About, lang: Language) -> str:
    screen, screening, size = about.screen, about.screening, about.size
    said = [
        _TEXTS["provenance"][lang].format(
            version=about.identity.version,
            hash=about.identity.configuration_hash,
            when=f"{datetime.now(UTC):%Y-%m-%d}",
            draws=size.draws,
            seeds=size.seeds,
            scale=f"{number(100 * size.scale, 0, lang)} %",
        ),
        _TEXTS["screened"][lang].format(
            tried=len(screening.tried),
            kept=len(screening.kept),
            out=screening.out,
            names=", ".join(label(name, lang) for name in screen.published),
            factor=f"{screen.factor:g}",
        ),
    ]
    return " ".join(said)


def claims_table(results: Sequence[Result]) -> pd.DataFrame:
    """A row a part of a claim."""
    rows = []
    for result in results:
        for i, (contrast, finding) in enumerate(zip(result.claim.contrasts, result.findings, strict=True)):
            this, that = at_configured(result, i)
            rows.append(
                {
                    "claim": result.claim.name,
                    "verdict": NAMES[result.verdict]["en"],
                    "part": i + 1,
                    "says": contrast.says["en"],
                    "kind": contrast.kind,
                    "arms": " ".join(contrast.arms),
                    "measure": " ".join(contrast.look.amount.measures),
                    "per": " ".join(contrast.look.amount.per),
                    "expect": contrast.expect,
                    "matters": contrast.matters,
                    "verdict_of_part": NAMES[finding.verdict]["en"],
                    "effect": finding.mean,
                    "ci_low": finding.low,
                    "ci_high": finding.high,
                    "share_of_draws": finding.holds,
                    "draws": finding.draws,
                    "variance_by_chance": finding.differ,
                    "this_as_configured": this,
                    "that_as_configured": that,
                }
            )
    return pd.DataFrame(rows)


def effects_table(results: Sequence[Result]) -> pd.DataFrame:
    """A row a part and draw: its effect, above zero in the direction expected."""
    rows = [
        (result.claim.name, i + 1, draw, contrast.sign * float(result.effects[d, i]))
        for result in results
        for i, contrast in enumerate(result.claim.contrasts)
        for d, draw in enumerate(result.draws)
    ]
    return pd.DataFrame(rows, columns=["claim", "part", "draw", "effect"])


def draws_table(screening: Screening) -> pd.DataFrame:
    """A row a draw that was tried: outcomes as multiples of those published, and whether it was kept."""
    return pd.DataFrame([{"draw": one.draw, **one.ratios, "kept": int(one.kept)} for one in screening.tried])
