"""Run the benchmarks: ``python -m experiments.speed [--quick] [PART …]``."""

from __future__ import annotations

import argparse
import importlib
import json
import time

from experiments.speed.measuring import FULL, QUICK, Effort

PARTS = {
    "run": "whole_run",
    "residents": "residents",
    "three": "three_mechanisms",
    "commands": "commands",
    "parallel": "parallel",
}


def main() -> None:
    """Print the chosen parts, one after the other."""
    parser = argparse.ArgumentParser(
        prog="python -m experiments.speed", description="Speed and memory, as ratios within one run."
    )
    named = f"of {', '.join(PARTS)}; all, if none is named"
    parser.add_argument("parts", nargs="*", metavar="PART", help=named)
    parser.add_argument("--quick", action="store_true", help="fewer turns and sizes, in less than a minute")
    parser.add_argument("--apart", metavar="MODULE.FUNCTION", help=argparse.SUPPRESS)
    parser.add_argument("--effort", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.apart:
        module, function = asked.apart.split(".")
        find = getattr(importlib.import_module(f"experiments.speed.{module}"), function)
        print(json.dumps(find(Effort(**json.loads(asked.effort)))))
        return
    unknown = [part for part in asked.parts if part not in PARTS]
    if unknown:
        parser.error(f"there is no part {unknown[0]}; expected some of {', '.join(PARTS)}")
    begin = time.perf_counter()
    for name in asked.parts or PARTS:
        report = importlib.import_module(f"experiments.speed.{PARTS[name]}").report
        print(f"== {name} ==\n\n{report(QUICK if asked.quick else FULL)}\n", flush=True)
    lasted = time.perf_counter() - begin
    print(f"Measured in {lasted:.0f} s. Other work on the machine shows as noise; trust the ratios.")


if __name__ == "__main__":
    main()
