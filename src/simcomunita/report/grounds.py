"""What a report stands on: what was assumed, what it cannot say, and where it comes from."""

from __future__ import annotations

import math
import shlex
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from simcomunita.experiment import wording
from simcomunita.experiment.wording import Language, month_text, number
from simcomunita.report.answer import price_case
from simcomunita.report.means import policies_table, prices_table
from simcomunita.report.page import Section, Table
from simcomunita.report.texts import listed, text

if TYPE_CHECKING:
    from simcomunita.experiment.about import About
    from simcomunita.experiment.comparison import Comparison

_TEXTS: dict[str, dict[Language, str]] = {
    "model": {
        "en": "The numbers come from a simulation, person by person and month by month, of how citizens, facilitators "
        "and organisations form ties and spread participation. It works out what follows from its assumptions; it "
        "does not foresee what will happen.",
        "it": "I numeri vengono da una simulazione, persona per persona e mese per mese, di come cittadini, "
        "facilitatori e organizzazioni stringono legami e diffondono la partecipazione. Calcola ciò che segue dalle "
        "sue ipotesi; non prevede che cosa accadrà.",
    },
    "pairs": {
        "en": "Each scenario was run {pairs} times. Runs of the same pair share their past and their luck, so that "
        "what differs between them is the policy's doing.",
        "it": "Ogni scenario è stato simulato {pairs} volte. Le simulazioni di una stessa coppia hanno in comune il "
        "passato e il caso: ciò che le distingue è opera della politica.",
    },
    "configured": {
        "en": "The model's parameters are those of the configuration, one value each. That they may be different is "
        "not in the intervals.",
        "it": "I parametri del modello sono quelli della configurazione, un solo valore per ciascuno. Gli intervalli "
        "non tengono conto del fatto che potrebbero essere diversi.",
    },
    "posterior": {
        "en": 'The model\'s parameters were drawn {draws} times from the posterior "{calibration}" ({date}, version '
        "{version}): values that fit what the project published. The intervals hold what remains unknown of them. "
        "Parameters that were not calibrated have the one value of the configuration.",
        "it": "I parametri del modello sono stati estratti {draws} volte dalla distribuzione a posteriori "
        "«{calibration}» ({date}, versione {version}): valori compatibili con ciò che il progetto ha pubblicato. Gli "
        "intervalli comprendono ciò che di essi resta ignoto. I parametri che non sono stati calibrati hanno l'unico "
        "valore della configurazione.",
    },
    "drawn": {
        "en": "The model's parameters were drawn {draws} times. Intervals are over these draws, so they hold what is "
        "not known of the parameters.",
        "it": "I parametri del modello sono stati estratti {draws} volte. Gli intervalli sono calcolati tra queste "
        "estrazioni e comprendono quindi ciò che non si sa dei parametri.",
    },
    "residents": {
        "en": "{territory} has {residents} residents; {simulated} of them were simulated.",
        "it": "{territory} ha {residents} residenti; ne sono stati simulati {simulated}.",
    },
    "old": {
        "en": "This folder was written before amounts and prices were kept in it. The same compare command adds them, "
        "without running anything again that is kept there.",
        "it": "Questa cartella è stata scritta quando importi e prezzi non vi venivano ancora conservati. Lo stesso "
        "comando compare li aggiunge, senza ripetere le simulazioni che vi sono conservate.",
    },
    "failed": {
        "en": "{failed} of {all} repetitions failed and are left out in every scenario. If they failed for what "
        "happened in them, the others are no fair sample.",
        "it": "{failed} ripetizioni su {all} non sono riuscite e mancano in ogni scenario. Se non sono riuscite per "
        "ciò che vi accadeva, le altre non sono un campione fedele.",
    },
    "unclear": {
        "en": "Under “{policy}”, whether there is a rise or a fall in {list}.",
        "it": "Con «{policy}», se ci sia un aumento o una diminuzione di {list}.",
    },
    "no price": {
        "en": "Under “{policy}”, what each one more costs of {list}.",
        "it": "Con «{policy}», quanto costi ogni unità in più di {list}.",
    },
    "whole": {
        "en": "What would happen with all residents: only {share} were simulated. Euro and counts grow about in "
        "proportion, but chance weighs less in the whole territory. Run it without --scale before deciding.",
        "it": "Che cosa accadrebbe con tutti i residenti: ne è stato simulato solo il {share}. Euro e conteggi "
        "crescono all'incirca in proporzione, ma nel territorio intero il caso pesa meno. Prima di decidere, si "
        "ripeta senza --scale.",
    },
    "enlarged": {
        "en": "What would happen with the real number of residents: {times} times as many were simulated.",
        "it": "Che cosa accadrebbe con il vero numero di residenti: ne sono stati simulati {times} volte tanti.",
    },
    "after": {
        "en": "What comes after {end}: nothing beyond that month was run.",
        "it": "Che cosa viene dopo {end}: oltre quel mese non si è simulato nulla.",
    },
    "elsewhere": {
        "en": "What holds in another place: the ties, places and services are those of {territory}.",
        "it": "Che cosa vale in un altro luogo: legami, luoghi e servizi sono quelli di {territory}.",
    },
    "worth": {
        "en": "Whether it is worth the money: that is for those who decide, who also see what is not counted here.",
        "it": "Se ne valga la spesa: spetta a chi decide, che vede anche ciò che qui non si conta.",
    },
    "fact": {"en": "Fact", "it": "Dato"},
    "value": {"en": "Value", "it": "Valore"},
    "facts": {"en": "How to trace every number", "it": "Come risalire a ogni numero"},
    "study": {"en": "Study", "it": "Studio"},
    "version": {"en": "Version of simcomunita", "it": "Versione di simcomunita"},
    "code": {"en": "Fingerprint of the model's code", "it": "Impronta del codice del modello"},
    "configuration": {"en": "Hash of the configuration", "it": "Impronta della configurazione"},
    "scale": {"en": "Share of the residents", "it": "Quota dei residenti"},
    "seeds": {"en": "Seeds", "it": "Semi"},
    "draws": {"en": "Draws of the parameters", "it": "Estrazioni dei parametri"},
    "written": {"en": "Comparison written", "it": "Confronto scritto"},
    "python": {"en": "Python", "it": "Python"},
    "packages": {"en": "Packages", "it": "Pacchetti"},
    "of posterior": {
        "en": '{draws}, from the posterior "{calibration}" ({date}, hash {hash})',
        "it": "{draws}, dalla distribuzione a posteriori «{calibration}» ({date}, impronta {hash})",
    },
    "as it is": {"en": "as configured", "it": "come configurati"},
    "again": {
        "en": "The same numbers come out again, bit for bit, with this command and the same configuration files (a "
        "study of your own goes by the path of its file):",
        "it": "Gli stessi numeri si ottengono di nuovo, bit per bit, con questo comando e gli stessi file di "
        "configurazione (uno studio proprio si indica con il percorso del suo file):",
    },
    "again in Python": {
        "en": "The seeds were chosen one by one, so the same numbers come out again, bit for bit, in Python:",
        "it": "I semi sono stati scelti uno per uno: gli stessi numeri si ottengono di nuovo, bit per bit, in Python:",
    },
    "at": {"en": "{day} {month}, {hour} UTC", "it": "{day} {month}, ore {hour} UTC"},
}


def _text(key: str, lang: Language, **values: object) -> str:
    return _TEXTS[key][lang].format(**values)


def assumptions(comparison: Comparison, lang: Language) -> Section:
    """What the model is, what stands behind the runs, what is funded and at what prices."""
    about, drawn = comparison.about, comparison.drawn
    parameters = "posterior" if about.from_posterior else "configured" if drawn == 1 else "drawn"
    residents = _text(
        "residents",
        lang,
        territory=about.territory[lang],
        residents=number(about.residents, 0, lang),
        simulated=number(round(about.residents * about.scale), 0, lang),
    )
    paragraphs = [
        _text("model", lang),
        _text("pairs", lang, pairs=number(comparison.pairs, 0, lang)),
        _text(parameters, lang, draws=number(drawn, 0, lang), **_posterior(about)),
        residents,
    ]
    if comparison.cost is not None and not about.prices:
        paragraphs.append(_text("old", lang))
    tables = (policies_table(about, lang), prices_table(about, lang))
    return Section(text("assumptions", lang), tuple(paragraphs), tables=tuple(one for one in tables if one is not None))


def _posterior(about: About) -> dict[str, str]:
    """What is said of the posterior that parameters were drawn from."""
    of = about.parameters.get("about", {})
    return {"calibration": about.calibration, "date": str(of.get("date", "")), "version": str(of.get("version", ""))}


def limits(comparison: Comparison, provenance: Mapping[str, Any], lang: Language) -> Section:
    """What the comparison cannot say, from its own numbers first."""
    about = comparison.about
    points = []
    failures = provenance.get("failures") or ()
    few = wording.few_note(comparison.fewest_pairs, lang, draws=comparison.over_draws)
    if few:
        points.append(few)
    if failures:
        tried = comparison.pairs + len(failures)
        points.append(_text("failed", lang, failed=number(len(failures), 0, lang), all=number(tried, 0, lang)))
    for policy in about.policies:
        unknown = [name for name in comparison.shown if _open(comparison, name, policy)]
        dear = [
            name
            for name in comparison.shown
            if name != comparison.cost
            and name not in unknown
            and price_case(comparison, name, policy) in ("unclear", "cost open")
        ]
        for key, names in (("unclear", unknown), ("no price", dear)):
            if names:
                these = listed([wording.label(name, lang) for name in names], lang)
                points.append(_text(key, lang, policy=about.label(policy, lang), list=these))
    if about.scale < 1.0:
        points.append(_text("whole", lang, share=_share(about.scale, lang)))
    elif about.scale > 1.0:
        points.append(_text("enlarged", lang, times=number(about.scale, 1, lang)))
    points += [
        _text("after", lang, end=month_text(about.until, lang)),
        _text("elsewhere", lang, territory=about.territory[lang]),
        _text("worth", lang),
    ]
    return Section(text("limits", lang), points=tuple(points))


def _open(comparison: Comparison, measure: str, policy: str) -> bool:
    """Whether nobody can tell a rise of a measure from a fall."""
    found = comparison.difference(measure, policy)
    if found.pairs < 2 or math.isnan(found.low):
        return True
    return not found.clear and not found.low == found.high == 0.0


def _share(scale: float, lang: Language) -> str:
    digits = next((d for d in range(6) if abs(100 * scale - round(100 * scale, d)) < 1e-9), 6)
    return f"{number(100 * scale, digits, lang)} %"


def moment(provenance: Mapping[str, Any]) -> datetime:
    """When a comparison was written: the one date that a report has."""
    try:
        return datetime.fromisoformat(str(provenance["written"])).astimezone(UTC)
    except (KeyError, ValueError):
        return datetime(1980, 1, 1, tzinfo=UTC)  # a folder that does not tell; the earliest that a workbook can hold


def provenance_rows(comparison: Comparison, provenance: Mapping[str, Any], lang: Language) -> list[tuple[str, str]]:
    """Every fact that is needed to trace a number, with its name."""
    identity, written = comparison.about.identity, moment(provenance)
    drawn = _text("as it is", lang) if comparison.drawn == 1 else number(comparison.drawn, 0, lang)
    if comparison.about.from_posterior:
        posterior = str(comparison.about.parameters["configuration_hash"])
        drawn = _text("of posterior", lang, draws=drawn, hash=posterior, **_posterior(comparison.about))
    packages = provenance.get("packages") or {}
    facts = {
        "study": identity.study,
        "configuration": identity.configuration_hash,
        "scale": _share(identity.scale, lang),
        "seeds": spans(seeds_of(comparison), lang),
        "draws": drawn,
        "version": identity.version,
        "code": identity.code,
        "written": _text(
            "at",
            lang,
            day=written.day,
            month=month_text(written.year * 12 + written.month - 1, lang),
            hour=f"{written:%H:%M}",
        ),
        "python": str(provenance.get("python", "–")),
        "packages": ", ".join(f"{name} {version}" for name, version in packages.items() if version) or "–",
    }
    return [(_text(key, lang), value) for key, value in facts.items()]


def provenance_section(comparison: Comparison, provenance: Mapping[str, Any], lang: Language) -> Section:
    """Where the numbers come from, and the command that gives them again."""
    rows = provenance_rows(comparison, provenance, lang)
    head = (_text("fact", lang), _text("value", lang))
    facts = Table(_text("facts", lang), head, tuple(rows), (1.0, 2.6), in_words=True)
    said, code = again(comparison)
    return Section(text("provenance", lang), (_text(said, lang),), code=code, tables=(facts,))


def seeds_of(comparison: Comparison) -> list[int]:
    """The seeds that were run, ascending."""
    return sorted({int(seed) for seed in comparison.runs["seed"]})


def again(comparison: Comparison) -> tuple[str, str]:
    """Return how the numbers come out again: the key of what introduces it, and a command (or two lines of Python)."""
    identity, seeds = comparison.about.identity, seeds_of(comparison)
    scale = f" --scale {identity.scale:g}" if identity.scale != 1.0 else ""
    if seeds == list(range(1, len(seeds) + 1)):
        study = shlex.quote(identity.study)
        return "again", f"simcomunita compare {study} --seeds {len(seeds)}{scale} --out out/{study}"
    chosen = f'compare("{identity.study}", seeds={seeds}, scale={identity.scale!r})'
    return "again in Python", f"from simcomunita import compare\n{chosen}"


def spans(numbers: list[int], lang: Language) -> str:
    """Write ascending numbers shortly: ``1 to 8, 11``."""
    said = []
    start = 0
    for i, value in enumerate(numbers):
        if i + 1 < len(numbers) and numbers[i + 1] == value + 1:
            continue
        first = numbers[start]
        said.append(str(value) if first == value else text("from to", lang, low=first, high=value))
        start = i + 1
    return ", ".join(said)
