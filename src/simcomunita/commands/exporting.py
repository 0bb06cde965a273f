"""``simcomunita network``."""

from __future__ import annotations

import io
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from simcomunita.commands.answering import RUNS_FAILED, note
from simcomunita.commands.saying import said
from simcomunita.commands.tables import paragraphs
from simcomunita.commands.watching import watching
from simcomunita.configuration import ConfigurationError
from simcomunita.experiment.keeping import as_json, origin
from simcomunita.experiment.parts import claim, write_results
from simcomunita.experiment.plan import ExperimentError
from simcomunita.experiment.single import identity_of_run
from simcomunita.experiment.wording import month_text, number, scale_note
from simcomunita.model import CommunityModel
from simcomunita.months import month_name, parse_month
from simcomunita.network.graph import Graph, write_gexf, write_graphml, write_kumu, write_lists
from simcomunita.outcomes.networks import NETWORKS
from simcomunita.scenario import load_scenario

if TYPE_CHECKING:
    from simcomunita.experiment.plan import Identity
    from simcomunita.experiment.wording import Language
    from simcomunita.scenario import Scenario

KUMU_AT_MOST = 10_000
"""Elements and connections together: where Kumu's own guide says that a project may be too large."""

_TEXTS = {
    "head": {"en": "{name}, seed {seed}, at the end of {end}", "it": "{name}, seme {seed}, a fine {end}"},
    "residents": {"en": "{nodes} residents, {edges} ties", "it": "{nodes} residenti, {edges} legami"},
    "participants": {
        "en": "{nodes} people who take part, {edges} ties among them",
        "it": "{nodes} persone che partecipano, {edges} legami tra loro",
    },
    "organisations": {
        "en": "{nodes} organisations, {edges} pairs that worked together",
        "it": "{nodes} realtà, {edges} coppie che hanno lavorato insieme",
    },
    "municipalities": {
        "en": "{nodes} municipalities, {edges} flows between them",
        "it": "{nodes} comuni, {edges} flussi tra loro",
    },
    "kumu": {
        "en": "In Kumu, import the elements first and then the connections.",
        "it": "In Kumu si importano prima gli elementi («elements»), poi le connessioni («connections»).",
    },
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """Which network, of which month, in which form."""

    what: str
    form: str
    month: str | None
    seed: int
    scale: float
    kept: Path | None
    out: Path
    language: Language


def export(run: str, wishes: Wishes) -> None:
    """Run a scenario to a month, or take up a run that was kept, and write one of its networks."""
    if (Path(run) / "provenance.json").is_file():
        raise ExperimentError(
            f"{run}: a run's folder keeps what was counted, not its network. Name the run's scenario, with its --seed "
            "and --scale, and it is run again, the same; or a state of it that was kept (model.keep) with --kept FILE."
        )
    scenario = load_scenario(run)
    month = _month(wishes.month, scenario)
    if wishes.form == "kumu" and wishes.what == "residents" and wishes.kept is None:
        _few_enough(round(scenario.territory.residents * wishes.scale), 0, wishes.what)
    if wishes.kept is None:
        identity = identity_of_run(scenario, wishes.seed, wishes.scale)
        claim(wishes.out, identity)  # before the work, not after it
        model = _lived(lambda: CommunityModel(scenario, wishes.seed, wishes.scale), month, wishes.language)
    else:
        kept = _taken_up(wishes, scenario, month)
        identity = replace(
            identity_of_run(scenario, kept.seed, kept.population.scale), study=f"{kept.name}, seed {kept.seed}"
        )
        claim(wishes.out, identity)
        model = _lived(lambda: kept, month, wishes.language)
    graph = NETWORKS[wishes.what](model)
    if wishes.form == "kumu":
        _few_enough(len(graph), len(graph.first), wishes.what)
    files = {f"{wishes.what}-{month_name(month)}{end}": made for end, made in FORMS[wishes.form](graph).items()}
    names = ", ".join(files)
    if not (wishes.out / "provenance.json").exists():
        files["provenance.json"] = as_json(_provenance(identity, model)).encode()
    write_results(wishes.out, files)
    print(paragraphs(_told(model, graph, wishes)), flush=True)
    note(said("written", wishes.language, what=f"{wishes.out} ({names})"))


def _month(written: str | None, scenario: Scenario) -> int:
    first, last = month_name(scenario.start), month_name(scenario.end)
    try:
        month = scenario.end if written is None else parse_month(written)
    except ValueError:
        month = -1
    if not scenario.start <= month <= scenario.end:
        raise ExperimentError(
            f'--month: "{written}" is no month of {scenario.name}; expected YYYY-MM from {first} to {last}.'
        )
    return month


def _taken_up(wishes: Wishes, scenario: Scenario, month: int) -> CommunityModel:
    if (wishes.seed, wishes.scale) != (1, 1.0):
        raise ExperimentError(
            f"{wishes.kept}: a state that was kept has its own seed and scale; leave out the options."
        )
    try:
        model = CommunityModel.resume(wishes.kept or "", scenario)
    except (ValueError, OSError) as error:
        raise ExperimentError(f"--kept: {error}.") from error
    if model.month > month:
        raise ExperimentError(
            f"--month: {wishes.kept} stands at the end of {month_name(model.month)}, after {month_name(month)}; "
            "expected that month or a later one."
        )
    return model


def _few_enough(nodes: int, edges: int, what: str) -> None:
    if nodes + edges <= KUMU_AT_MOST:
        return
    smaller = "organisations" if what == "organisations" else "participants, organisations or municipalities"
    found = f"{nodes:,} elements" + (f" and {edges:,} connections" if edges else "")
    raise ExperimentError(
        f"--format kumu: the network of {what} has {found}; Kumu shows {KUMU_AT_MOST:,} of both together at most. Take "
        f"--what {smaller}, a smaller --scale, or --format gexf for Gephi, which shows more."
    )


def _lived(begun: Callable[[], CommunityModel], month: int, language: Language) -> CommunityModel:
    try:
        with watching("months", language) as tell:
            model = begun()
            total = month - model.month
            for done in range(1, total + 1):
                model.advance_to(model.month + 1)
                tell(done, total)
    except (ConfigurationError, ExperimentError):
        raise
    except Exception:  # noqa: BLE001 - whatever ends a run is told as a failed run
        note(traceback.format_exc())
        note(said("run failed", language, name="network"))
        raise typer.Exit(RUNS_FAILED) from None
    return model


def _provenance(identity: Identity, model: CommunityModel) -> dict[str, object]:
    return {**origin(identity), "seeds": [model.seed], "month": model.date}


def _told(model: CommunityModel, graph: Graph, wishes: Wishes) -> str:
    language = wishes.language
    texts = {key: phrases[language] for key, phrases in _TEXTS.items()}
    found = texts[wishes.what].format(
        nodes=number(len(graph), 0, language), edges=number(len(graph.first), 0, language)
    )
    head = texts["head"].format(name=model.name, seed=model.seed, end=month_text(model.month, language))
    lines = (f"{head}: {found}.", texts["kumu"] if wishes.form == "kumu" else "")
    return "\n".join(line for line in (*lines, scale_note(model.population.scale, language)) if line)


def _one(ending: str, write: Callable[[Graph, io.TextIOWrapper], None]) -> Callable[[Graph], dict[str, bytes]]:
    def made(graph: Graph) -> dict[str, bytes]:
        out = _Bytes()
        write(graph, out)
        return {ending: out.bytes()}

    return made


def _two(
    endings: tuple[str, str], write: Callable[[Graph, io.TextIOWrapper, io.TextIOWrapper], None]
) -> Callable[[Graph], dict[str, bytes]]:
    def made(graph: Graph) -> dict[str, bytes]:
        nodes, edges = _Bytes(), _Bytes()
        write(graph, nodes, edges)
        return {endings[0]: nodes.bytes(), endings[1]: edges.bytes()}

    return made


class _Bytes(io.TextIOWrapper):
    """Text as the bytes of a file, a quarter of what characters in memory take."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="")

    def bytes(self) -> bytes:
        """What was written."""
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue()


FORMS: dict[str, Callable[[Graph], dict[str, bytes]]] = {
    "graphml": _one(".graphml", write_graphml),
    "gexf": _one(".gexf", write_gexf),
    "kumu": _two(("-elements.csv", "-connections.csv"), write_kumu),
    "edges": _two(("-nodes.csv", "-edges.csv"), write_lists),
}
"""Forms of files, by name: what a network becomes, by the end of the file's name."""
