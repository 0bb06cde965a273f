"""Mesa, imported from where the stack is short.

When it is first imported, Mesa asks of every frame of the stack to which module it belongs, and goes for each through
all modules that are loaded: half a second to four seconds, where imports are nested deep. A thread has a stack of its
own.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

with ThreadPoolExecutor(max_workers=1) as _thread:
    _thread.submit(import_module, "mesa").result()

import mesa as mesa
