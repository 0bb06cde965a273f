"""Which parameters a study is run with: as configured, or drawn from the posterior that its territory ships."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from simcomunita.experiment.plan import MOST_RUNS, ExperimentError

if TYPE_CHECKING:
    from simcomunita.scenario import Study

Asked = Literal["posterior", "point"]


def with_parameters(study: Study, parameters: Asked | None = None, draws: int | None = None) -> Study:
    """Return a study with other parameters than it says.

    Parameters
    ----------
    study
        As `load_study` returns it.
    parameters
        ``"posterior"``: drawn from what the history's territory ships; ``"point"``: as configured. As the study says,
        or as is usual, if not given.
    draws
        How many draws of the posterior, each with every seed; if not given, every pair of runs has a draw of its own.

    Raises
    ------
    ExperimentError
        If the study says its own draws, the territory ships no posterior that goes with the history, or draws are
        asked for that are none.
    """
    from simcomunita.scenario.studies import no_posterior

    if parameters is None and draws is None:
        return study
    if study.draws is not None:
        raise ExperimentError(
            'the study says itself what parameters are, in "draws"; leave out --parameters and --draws.'
        )
    asked = replace(study, parameters=parameters or ("posterior" if draws is not None else study.parameters))
    if asked.parameters == "point":
        if draws is not None:
            raise ExperimentError("draws are asked for of parameters as configured; expected one of the two.")
        return asked
    if asked.drawn_from is None:
        raise ExperimentError(no_posterior(study.history.territory.name, study.unlike))
    if draws is not None and not 1 < draws <= MOST_RUNS:
        raise ExperimentError(f"draws are {draws:,}; expected 2 to {MOST_RUNS:,}.")
    return replace(asked, draws_of_posterior=draws)


def told(study: Study) -> dict[str, Any]:
    """Say what parameters a study is run with, in plain values: ``drawn`` ("posterior", "design", "list", or "point",
    as configured), and of a posterior its hash and provenance.
    """
    if study.draws is not None:
        return {"drawn": "list" if study.draws.design is None else "design"}
    posterior = study.drawn_from
    if posterior is None:
        return {"drawn": "point"}
    return {
        "drawn": "posterior",
        "territory": study.history.territory.name,
        "configuration_hash": posterior.configuration_hash,
        "rows": len(posterior.rows),
        "about": dict(posterior.about),
    }
