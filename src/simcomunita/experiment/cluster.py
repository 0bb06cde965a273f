"""The workers of a Dask cluster, as an executor like any other.

Before a cluster is given anything, its scheduler and every worker say what they run; what differs in a way that could
change a result is an error. A worker that joins later is found out by its first task, which compares what it unpacks
with what it was told (`simcomunita.experiment.branching.work_on`).

Dask gives a task whose worker was lost to another worker, and gives it up when it has taken several with it.
"""

from __future__ import annotations

import asyncio
import re
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import simcomunita
from simcomunita.experiment.plan import ExperimentError, LostError, code_fingerprint
from simcomunita.experiment.running import Elastic

if TYPE_CHECKING:
    from distributed import Client

R = TypeVar("R")

CONNECT = 10.0
"""Seconds within which a scheduler must answer."""

WAIT = "2 minutes"
"""How long a worker is waited for, at the start and if none is left; Dask's configuration can say something else."""
WAIT_SETTING = "simcomunita.wait"

LOOK = 1.0
"""Seconds between two looks at how many workers there are."""

ADDRESS = re.compile(r"(tcp|tls)://[^\s/]+:[0-9]{1,5}/?")

# Whatever can change the last bit of a result, and what the two ends speak to each other with.
SAME = ("numpy", "numba", "llvmlite", "mesa", "igraph", "distributed")


class Tell(Protocol):
    """Told what a person should know, by key and values."""

    def __call__(self, key: str, **values: object) -> None:
        """Tell it."""


class LostWorkersError(Exception):
    """A task took every worker with it that it was given to."""


class Cluster(Elastic):
    """Gives tasks to a cluster's workers, one at a time to each.

    Use `connected`, which checks them first.
    """

    def __init__(self, client: Client, address: str, tell: Tell, wait: float) -> None:
        self.address = address
        self._client, self._tell, self._wait = client, tell, wait
        # Not "pure": what somebody else has computed under the same name is not taken for ours.
        self._executor = client.get_executor(pure=False)
        self._workers, self._looked = len(client.nthreads()), time.monotonic()
        self._none_since: float | None = None

    def room(self) -> int:
        """Return how many workers there are, at least 1.

        Raises
        ------
        LostError
            If the scheduler has gone, or all workers have for as long as one is waited for.
        """
        if self._client.status != "running":
            raise self._lost("the connection to the scheduler was lost")
        now = time.monotonic()
        if now - self._looked >= LOOK:
            try:
                self._workers, self._looked = len(self._client.nthreads()), now
            except OSError as error:
                raise self._lost("the scheduler does not answer any more") from error
        if self._workers:
            self._none_since = None
        elif self._none_since is None:
            self._none_since = now
            self._tell("no worker left", wait=spoken(self._wait))
        elif now - self._none_since > self._wait:
            raise self._lost(f"no worker is left, and none has come within {spoken(self._wait)}")
        return max(1, self._workers)

    def submit(self, function: Callable[..., R], /, *args: Any, **kwargs: Any) -> Future[R]:
        """Give out a task; ``cancel`` of what is returned takes it back."""
        own: Future[R] = Future()
        theirs = self._executor.submit(_alone, function, *args, **kwargs)
        own.add_done_callback(lambda ended: theirs.cancel() if ended.cancelled() else None)
        theirs.add_done_callback(partial(self._pass_on, own))
        return own

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Give out nothing more; the cluster itself goes on."""
        self._executor.shutdown(wait and not cancel_futures)

    def _pass_on(self, own: Future[Any], theirs: Future[Any]) -> None:
        if not own.set_running_or_notify_cancel():
            return  # taken back
        error = None if theirs.cancelled() else theirs.exception()
        if theirs.cancelled():
            own.set_exception(self._lost("the scheduler has gone, or was told to drop its tasks"))
        elif error is not None:
            own.set_exception(self._explained(error))
        else:
            own.set_result(theirs.result())

    def _explained(self, error: BaseException) -> BaseException:
        from distributed import KilledWorker

        if isinstance(error, KilledWorker):
            return LostWorkersError(
                f"{error.allowed_failures + 1} workers ended abruptly one after the other while at it, the last was "
                f"{error.last_worker.address}; most often memory ran out"
            )
        if isinstance(error, ImportError | AttributeError) or "deserializ" in str(error):
            # Tasks return their own errors. What is raised shows that they could not even be read.
            why = error.__cause__ or error
            return self._lost(f"the scheduler or a worker cannot read what it is given ({why})")
        return error

    def _lost(self, why: str) -> LostError:
        return LostError(f"{self.address}: {why}.")


_ONE_AT_A_TIME = threading.Lock()


def _alone(function: Callable[..., R], *args: Any) -> R:
    """Do a task while no other thread of this worker does one: threads make months slower, not faster."""
    with _ONE_AT_A_TIME:
        return function(*args)


@contextmanager
def connected(address: str, tell: Tell = lambda key, **values: None) -> Iterator[Cluster]:
    """Give the cluster of a scheduler, once it has a worker and all of it was found to be like this process.

    Parameters
    ----------
    address
        ``tcp://host:port``, or ``tls://host:port`` with certificates as Dask's own configuration names them.
    tell
        Told what a person should know: ``waiting`` (wait), ``no worker left`` (wait), ``threads`` (worker, threads)
        and ``machine`` (there, here).

    Raises
    ------
    ExperimentError
        If Dask is not installed, the address is none, the scheduler does not answer, no worker comes in time, or a
        worker runs another version or other code. Nothing was given out then.
    """
    if ADDRESS.fullmatch(address) is None:
        raise ExperimentError(
            f'--cluster: "{address}" is no address of a scheduler; '
            "expected one such as tcp://host:8786 or tls://host:8786."
        )
    try:
        from distributed import Client
    except ImportError as error:
        raise ExperimentError(
            f'--cluster needs Dask, which is not installed ({error}): pip install "simcomunita[cluster]"'
        ) from error
    wait = _wait()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of versions that differ: told below, and more of them
        try:
            asyncio.run(_knock(address))
            client = Client(address, timeout=CONNECT, set_as_default=False)
        except (OSError, ValueError, TypeError, RuntimeError, ImportError) as error:
            raise ExperimentError(_unanswered(address, error)) from error
    try:
        _await_worker(client, address, wait, tell)
        _compare(client, address, tell)
        yield Cluster(client, address, tell, wait)
    finally:
        client.close(timeout=CONNECT)


def spoken(seconds: float) -> str:
    """Write a time as ``40 s``, ``2 min`` or ``2 h``."""
    for size, unit in ((3600, "h"), (60, "min")):
        if seconds >= size and seconds % size == 0:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"


async def _knock(address: str) -> None:
    """Find out whether a scheduler answers: where something else listens, Dask's client would wait for ever.

    Raises
    ------
    OSError, ValueError, TypeError
        If none does.
    """
    from distributed import Client

    client = Client(address, timeout=CONNECT, asynchronous=True, set_as_default=False)
    try:
        await asyncio.wait_for(client, CONNECT + 1.0)
    except TimeoutError:
        raise OSError("something else than a scheduler listens there, or it is stuck") from None
    finally:
        with suppress(TimeoutError):
            await asyncio.wait_for(client.close(), 1.0)


def _wait() -> float:
    """Seconds that a worker is waited for."""
    import dask
    from dask.utils import parse_timedelta

    setting = dask.config.get(WAIT_SETTING, WAIT)
    try:
        return float(parse_timedelta(setting, default="seconds"))
    except (KeyError, ValueError, TypeError):
        raise ExperimentError(
            f'{WAIT_SETTING} of Dask\'s configuration is "{setting}"; expected a time such as 40s or "2 hours".'
        ) from None


def _unanswered(address: str, error: Exception) -> str:
    why = re.sub(r"^in <.*?>: ", "", str(error.__cause__ or "") or str(error)).rstrip(".")
    if isinstance(error, OSError):
        return (
            f"{address}: no Dask scheduler answered within {CONNECT:.0f} seconds ({why}). Is it running, and can it "
            "be reached from here? It is started with: dask scheduler"
        )
    return f"{address}: cannot be connected to ({why})."


def _await_worker(client: Client, address: str, wait: float, tell: Tell) -> None:
    if client.nthreads():
        return
    tell("waiting", wait=spoken(wait))
    try:
        client.wait_for_workers(1, timeout=wait)
    except TimeoutError:
        raise ExperimentError(
            f"{address}: the scheduler has no worker, and none has come within {spoken(wait)}. "
            f"Start some with: dask worker {address} --nthreads 1"
        ) from None


# -- whether all are alike ----------------------------------------------------------------------


def own_code() -> dict[str, str]:
    """Return this process's version of simcomunita and the fingerprint of its code."""
    return {"simcomunita": simcomunita.__version__, "code": code_fingerprint()}


def _compare(client: Client, address: str, tell: Tell) -> None:
    """Find out whether the scheduler and all workers run what this process runs."""
    told: dict[str, Any] = client.get_versions(packages=SAME)
    here, workers = told["client"], told["workers"]
    expected = own_code()
    try:
        ran = client.run_on_scheduler(own_code)
    except Exception as error:
        raise ExperimentError(
            f"{address}: {_unable('the scheduler', error, expected)} It passes tasks on, and must be able to read them."
        ) from error
    differing = {"the scheduler": _differences(expected, ran)}
    for worker, code in client.run(own_code, on_error="return").items():
        name = f"the worker {worker}"
        if isinstance(code, OSError) or worker not in workers:
            continue  # it has gone meanwhile, or has only come: its first task will tell
        if isinstance(code, BaseException):
            raise ExperimentError(f"{address}: {_unable(name, code, expected)}")
        differing[name] = _differences({**_packages(here), **expected}, {**_packages(workers[worker]), **code})
    unlike = {name: found for name, found in differing.items() if found}
    if unlike:
        name, found = next(iter(unlike.items()))
        others = f" So it is with {len(unlike) - 1} more." if len(unlike) > 1 else ""
        raise ExperimentError(
            f"{address}: {name} has {'; '.join(found)}.{others} Results are the same, bit for bit, only where the "
            "versions are. Install the same everywhere (pip install -c constraints.txt), or use one container image."
        )
    machines = {worker["host"]["machine"] for worker in workers.values()} - {here["host"]["machine"]}
    if machines:
        tell("machine", there=", ".join(sorted(machines)), here=here["host"]["machine"])
    most, at = max((threads, worker) for worker, threads in client.nthreads().items())
    if most > 1:
        tell("threads", worker=at, threads=most)


def _packages(about: Mapping[str, Any]) -> dict[str, str]:
    """Versions that must be the same, of what a process of Dask says of itself."""
    versions = {name: about["packages"].get(name) or "none" for name in SAME}
    return {"Python": ".".join(about["host"]["python"].split(".")[:2]), **versions}


def _differences(here: Mapping[str, str], there: Mapping[str, str]) -> list[str]:
    return [f"{name} {there[name]}, here it is {here[name]}" for name in here if there[name] != here[name]]


def _unable(who: str, error: BaseException, expected: Mapping[str, str]) -> str:
    return (
        f"{who} cannot say which simcomunita it has ({error}), here it is {expected['simcomunita']}. "
        "Install the same there."
    )
