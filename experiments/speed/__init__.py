"""Speed and memory, as ratios within one run. See the README beside this file."""
