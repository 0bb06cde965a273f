"""A calibration in files: the sample that studies read, tables, an export for ArviZ, and where it all comes from."""

from __future__ import annotations

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import simcomunita
from simcomunita.calibration.curve import curve_table
from simcomunita.calibration.mechanisms import mechanisms_table
from simcomunita.calibration.outcomes import summaries
from simcomunita.calibration.surrogate import Emulator
from simcomunita.calibration.variants import variants_table
from simcomunita.experiment.keeping import as_csv, as_json, origin
from simcomunita.experiment.plan import Identity, code_fingerprint
from simcomunita.scenario.posterior import PROVENANCE, TABLE, table_hash
from simcomunita.scenario.scenario import fingerprint

if TYPE_CHECKING:
    from simcomunita.calibration.calibration import Calibration
    from simcomunita.calibration.result import Result

SAMPLE = TABLE
"""The posterior as studies read it: from the territory's folder, or ``draws: {sample: posterior.csv, number: 200}``."""


def identity_of(calibration: Calibration) -> Identity:
    """Return what a folder of results is of: what is run and what it is fitted to, not how much of it."""
    content = {
        "bank": calibration.bank_hash(),
        "method": calibration.method,
        "seed": calibration.fit_seed,
        "outcomes": [
            {
                "measure": one.measure,
                "month": one.month,
                "published": one.published,
                "use": one.use,
                "error": one.error,
                "of": one.of,
                "bound": one.bound,
            }
            for one in calibration.outcomes
        ],
    }
    name = f"calibration {calibration.name}"
    return Identity(name, fingerprint(content), calibration.scale, simcomunita.__version__, code_fingerprint())


def tables(result: Result) -> dict[str, bytes]:
    """Return the tables by their files' names."""
    found = {
        SAMPLE: result.sample(),
        "parameters.csv": result.parameters(),
        "outcomes.csv": result.outcomes(),
        "ranks.csv": result.ranks(),
        "methods.csv": result.methods(),
    }
    if result.curve:
        found["learning.csv"] = curve_table(result)
    if result.variants:
        found["variants.csv"] = variants_table(result)
    if result.mechanisms is not None:
        found["mechanisms.csv"] = mechanisms_table(result.mechanisms)
    files = {name: as_csv(table).encode() for name, table in found.items()}
    return {**files, PROVENANCE: shipped(result, files[SAMPLE])}


def shipped(result: Result, sample: bytes) -> bytes:
    """Return what a territory that ships the posterior says of where it is from, as YAML.

    Parameters
    ----------
    sample
        The table that lies beside it.
    """
    calibration, identity = result.calibration, identity_of(result.calibration)
    parameters = calibration.scenario.parameters
    usual = type(parameters)()
    switches = {
        name: part.on
        for name in type(parameters).model_fields
        if isinstance(getattr(part := getattr(parameters, name), "on", None), bool)
        and part.on != getattr(usual, name).on
    }
    told = {
        "calibration": calibration.name,
        "version": identity.version,
        "code": result.bank.identity.code,
        "configuration_hash": identity.configuration_hash,
        "runs": len(result.bank),
        "scale": result.bank.scale,
        "date": datetime.now(UTC).date().isoformat(),
        "method": result.method,
        "fitted": [one.name for one in calibration.fitted],
        "held_out": [one.name for one in calibration.held_out],
        "configured": {prior.key: float(prior.median) for prior in calibration.priors},
        "switched": switches,
        "table": table_hash(sample),
    }
    # JSON is YAML, and tells text from numbers: a hash of digits alone stays one.
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in told.items()]
    return ("\n".join([_SHIPPED, *lines]) + "\n").encode()


_SHIPPED = "# Where posterior.csv is from. Copy both into the folder of the territory, and its studies draw from them."


def provenance(result: Result, failures: list[dict[str, Any]]) -> bytes:
    """Return where it all comes from, as JSON."""
    calibration, posterior = result.calibration, result.posterior
    record = {
        **origin(identity_of(calibration)),
        "bank": {
            "identity": result.bank.identity.as_dict(),
            "runs": len(result.bank),
            "points": int(result.bank.numbers.max()),
            "seed": calibration.seed,
        },
        "priors": [prior.as_dict() for prior in calibration.priors],
        "method": result.method,
        "effective_draws": posterior.effective,
        "diagnostics": {name: float(value) for name, value in posterior.diagnostics.items()},
        "truths": len(result.checked.ranks),
        "failures": failures,
    }
    return as_json(record).encode()


def for_arviz(result: Result) -> bytes:
    """Return the posterior as a netCDF file that ``arviz.from_netcdf`` reads.

    Groups: ``posterior`` and ``prior`` (a variable a parameter, one chain), ``posterior_predictive`` and
    ``prior_predictive`` (reports, on the scale of the published figures), ``observed_data``. Draws of the posterior
    are equally weighted: drawn by weight, so some come more than once.
    """
    import xarray as xr

    calibration, bank = result.calibration, result.bank
    cube = result.posterior.equally_weighted(calibration.draws, calibration.fit_seed)
    outcomes = calibration.outcomes
    reports = summaries(outcomes, bank.counted(outcomes), bank.scale, calibration.fit_seed)
    predicted = Emulator.of(bank.cube, reports).simulated(cube, calibration.fit_seed)

    def parameters(at: np.ndarray[Any, Any]) -> Any:
        values = calibration.priors.values(at)
        return xr.Dataset(
            {key: (("chain", "draw"), values[None, :, k]) for k, key in enumerate(calibration.priors.keys)}
        )

    def told(values: np.ndarray[Any, Any]) -> Any:
        columns = {
            one.name: np.array([one.told(value, bank.scale) for value in values[:, k].tolist()])
            for k, one in enumerate(outcomes)
        }
        return xr.Dataset({name: (("chain", "draw"), column[None, :]) for name, column in columns.items()})

    groups = {
        "posterior": parameters(cube),
        "prior": parameters(bank.cube),
        "posterior_predictive": told(predicted),
        "prior_predictive": told(reports),
        "observed_data": xr.Dataset({one.name: one.published for one in outcomes}),
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "posterior.nc"
        for number, (name, group) in enumerate(groups.items()):
            group.attrs["created_by"] = f"simcomunita {simcomunita.__version__}"
            group.to_netcdf(file, mode="w" if number == 0 else "a", group=name, engine="h5netcdf")
        return file.read_bytes()
