"""Which parameters do the published outcomes hang on? All are screened, and the table is written beside this file.

python -m experiments.calibration.screening out/screening

Each effect is on the scale on which the calibration compares (logarithms, of shares log-odds) and divided by the error
that the published figure has: an effect of 1 moves an outcome over the parameter's whole plausible range by as much as
such a figure may be wrong. What is clearly less can hardly be learned from it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from simcomunita.calibration.outcomes import Outcome
from simcomunita.calibration.reading import load_calibration
from simcomunita.scenario import load_study
from simcomunita.sensitivity.analysis import Analysis, Size
from simcomunita.sensitivity.effects import effects
from simcomunita.sensitivity.living import outcomes

HERE = Path(__file__).parent
STUDY = HERE / "project_years.yaml"
CALIBRATION = "bassa_bresciana_orientale"
SIZE = Size(trajectories=4, seeds=2, scale=0.1, keep=0, workers=2)


def screened(out: Path, size: Size = SIZE) -> pd.DataFrame:
    """Run what is missing and return a row a parameter, a column an outcome: sizes of effects, in reporting errors.

    The column ``chance`` of the row ``(luck)`` tells how large effects look by luck alone.
    """
    calibration = load_calibration(CALIBRATION)
    study = load_study(STUDY)
    analysis = Analysis.of(study, size, measures=[one.measure for one in calibration.outcomes], out=out)
    analysis.occupy()
    plan = analysis.screening_plan()
    stage = analysis.run(plan)
    table = pd.DataFrame({"parameter": list(plan.factors.names)})
    luck: dict[str, object] = {"parameter": "(luck)"}
    for one in calibration.outcomes:
        found = outcomes(stage.parts, len(plan.points), size.seeds, tuple(study.scenarios), one.measure)[..., 0]
        effect = effects(plan.factors.names, plan.points, on_its_scale(one, found, size.scale))
        table[one.name] = effect.mu_star / one.error
        luck[one.name] = effect.level / one.error
    fitted = [one.name for one in calibration.fitted]
    beyond = sum(((table[name] - luck[name]).clip(lower=0.0) for name in fitted), start=pd.Series(0.0, table.index))
    table["fitted_beyond_luck"] = beyond
    table["calibrated"] = table["parameter"].isin(calibration.priors.keys).astype(int)
    table = table.sort_values(["fitted_beyond_luck", "parameter"], ascending=[False, True])
    whole = pd.concat([table, pd.DataFrame([luck])], ignore_index=True).round(3)
    return whole.astype({"calibrated": "Int64"})


def on_its_scale(one: Outcome, counted: pd.Series, scale: float) -> pd.Series:
    """Return what runs counted as the calibration compares it."""
    return one.summary(one.whole(counted, scale), scale)


def main() -> None:
    """Screen, and write the table."""
    screened(Path(sys.argv[1])).to_csv(HERE / "screening.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
