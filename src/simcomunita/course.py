"""How months follow each other: living on to a date, branching, keeping and taking up again."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self, cast

from simcomunita.community import Community
from simcomunita.months import MOST_MONTHS, month_name, parse_month
from simcomunita.policy import Calendar, Policy

if TYPE_CHECKING:
    from simcomunita.scenario import Scenario


class Course(Community):
    """A community that lives through time; `CommunityModel` says what a month is.

    Attributes
    ----------
    name, seed
        What the run is called; all its chance follows from the seed.
    policies, calendar
        In force each during its own dates.
    """

    name: str
    seed: int
    policies: tuple[Policy, ...]
    calendar: Calendar

    @abstractmethod
    def unlived(self) -> Self:
        """The same community before its first month, whose state is still to be put in its place."""

    # -- months --

    @property
    def date(self) -> str:
        """The last month that was lived, as YYYY-MM."""
        return month_name(self.month)

    def advance_to(self, month: str | int) -> Self:
        """Live every month through this one.

        Raises
        ------
        ValueError
            If it is no month, lies in the past, or too far in the future.
        """
        last = parse_month(month) if isinstance(month, str) else month
        if last < self.month:
            raise ValueError(f"{month_name(last)} is past; the model stands at the end of {self.date}")
        if last - self.setting.start >= MOST_MONTHS:
            raise ValueError(
                f"{last - self.setting.start + 1:,} months from {month_name(self.setting.start)} on; expected at most "
                f"{MOST_MONTHS}"
            )
        while self.month < last:
            self.step()
        return self

    def run(self) -> Self:
        """Live every month through the scenario's last."""
        return self.advance_to(self.setting.end)

    # -- branch and keep --

    def branch(self, policies: Policy | Sequence[Policy] = (), name: str | None = None) -> Self:
        """The same past with a future of its own; this model can go on independently.

        Parameters
        ----------
        policies
            In force from now on, besides those of the scenario, each during its own dates.
        name
            What the branch is called.
        """
        from simcomunita.snapshot import remember, restore

        added = (policies,) if isinstance(policies, Policy) else tuple(policies)
        if not all(isinstance(policy, Policy) for policy in added):
            raise TypeError("a branch takes policies; of a study's scenario: study.scenarios[name].policies")
        twin = self.unlived()
        twin.name = name or self.name
        # The own policies come before the state, because staff are recalled by their posts; what is added comes after.
        twin.calendar = self.calendar
        restore(twin, remember(self))
        twin.policies = self.policies + added
        twin.calendar = Calendar(twin.policies)
        return twin

    def keep(self, path: Path | str) -> None:
        """Write everything to a file, from which `resume` takes the run up again bit for bit."""
        from simcomunita.snapshot import keep

        keep(self, Path(path))

    @classmethod
    def resume(cls, path: Path | str, scenario: Scenario) -> Self:
        """Take up a run that was kept.

        Raises
        ------
        ValueError
            If the file was written by another version, for another configuration, or is damaged.
        """
        from simcomunita.snapshot import take_up

        return cast("Self", take_up(Path(path), scenario))
