from __future__ import annotations

import sys
from pathlib import Path

# Other processes must be able to import these communities by their names.
for folder in (Path(__file__).parent, Path(__file__).parents[1] / "experiment"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
