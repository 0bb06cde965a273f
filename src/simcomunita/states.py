"""What a mechanism remembers from month to month, so that it is kept, branched and resumed with everything else."""

from __future__ import annotations

import copy
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from simcomunita.community import Community


@dataclass
class State:
    """A mechanism's memory; a subclass names what is in it::

        @dataclass
        class HousingState(State):
            trust: NDArray[np.float64]

            @classmethod
            def at_the_start(cls, community):
                return cls(np.full(len(community.population.municipalities), 0.3))

    and the mechanism asks for it with ``community.state(HousingState)``. Fields hold arrays, numbers, strings, and
    lists and dicts (with text as keys) of these: what a file can hold without running code when it is read.
    """

    @classmethod
    def at_the_start(cls, community: Community) -> Self:
        """What is remembered before anything happened; depends on residents and chance, never on the month."""
        raise TypeError(f"{cls.__name__} does not say how it starts")

    def remember(self) -> dict[str, Any]:
        """Everything, copied."""
        return {column.name: copy.deepcopy(getattr(self, column.name)) for column in fields(self)}

    @classmethod
    def recall(cls, memory: dict[str, Any]) -> Self:
        """The state that was remembered."""
        return cls(**copy.deepcopy(memory))
