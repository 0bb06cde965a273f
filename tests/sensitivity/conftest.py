from __future__ import annotations

import sys
from pathlib import Path

# Other processes must be able to import the toy by its name.
HERE = str(Path(__file__).parent)
if HERE not in sys.path:
    sys.path.insert(0, HERE)
