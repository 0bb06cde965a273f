from __future__ import annotations

import sys
from pathlib import Path

# Experiments stand beside the package and are not installed with it.
ROOT = str(Path(__file__).parents[2])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)
