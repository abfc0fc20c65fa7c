"""Runs the pure steps on Daft: on this machine, or on the machines of a Ray cluster.

Daft only hands out the rows. In each of its processes a pool (`pool.py`) does the work, so that an article that kills
or hangs one costs nothing else; a machine that is lost is Daft's and Ray's to replace, which they do.
"""

import os
import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from secrets import token_hex
from threading import Lock
from typing import TYPE_CHECKING, Any

import msgspec

from ..errors import EngineError, RecoupeError
from ..model.article import Article
from ..model.records import Annotated
from .local import Failure
from .patience import Patience
from .pool import Opened, Pool, Row, found_of, row_of
from .recent import Recent
from .relating import maker

if TYPE_CHECKING:
    from daft import DataFrame

# What Daft and Ray would tell their makers, and draw on the screen.
SETTINGS = {
    "DO_NOT_TRACK": "true", "DAFT_ANALYTICS_ENABLED": "0", "RAY_USAGE_STATS_ENABLED": "0", "DAFT_PROGRESS_BAR": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}  # fmt: skip
# A Ray of this machine's own listens there: of Linux' own addresses that lead nowhere else, one that Ray does not take
# for another name of the network's.
HERE, LOOPBACK = "local", "127.0.0.2"
TOKEN = token_hex(32)
# On a busy machine Ray may give up on one of its own parts.
TRIES = 2
# Seconds that somebody at a cluster's address has to answer.
ANSWER = 15.0
# Parts that a join or a group-by makes for each process of a cluster: of Daft's own 200, near took minutes for a
# hundred articles on two processors, of 4 for both 15 seconds.
PARTS = 2
# Articles that one query takes for each process, and that are handed out at once.
WAVE, AT_ONCE = 512, 64
# A piece of a larger work: its number, and what annotates articles.
Step = Callable[[int, Callable[[Iterable[Article]], Iterator[Annotated | Failure]]], None]
_encode = msgspec.msgpack.Encoder().encode
_article = msgspec.msgpack.Decoder(Article).decode
_row = msgspec.msgpack.Decoder(Row).decode


class Daft:
    """Daft, started: on this machine or, with `ray`, on the cluster at an address (`local`: one of this machine's own,
    which ends with the program). `jobs` processes work on each machine; 0 are as many as it has processors.

    Raises EngineError where Daft or Ray is not installed, the cluster cannot be reached, or the process runs another.
    """

    def __init__(self, ray: str = "", jobs: int = 1) -> None:
        os.environ.update(SETTINGS, DAFT_RUNNER="ray" if ray else "native")
        if ray == HERE:
            # Nobody else on the machine or its network may hand it work.
            os.environ.update({"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": TOKEN})
        try:
            import daft
            import daft.runners

            self.processes = (_reached(ray, jobs) if ray else 0) or jobs or _processors()
        except ImportError as error:
            raise EngineError("cli.engine.needs", package=error.name or "daft") from error
        if ray:
            daft.set_runner_ray(noop_if_initialized=True)
            daft.set_execution_config(shuffle_aggregation_default_partitions=PARTS * self.processes)
        if daft.runners.get_or_create_runner().name != os.environ["DAFT_RUNNER"]:
            raise EngineError("cli.engine.other")
        self.api, self.spread, self.jobs = daft, bool(ray), jobs

    def frame(self, columns: dict[str, Sequence[Any]], parts: int) -> "DataFrame":
        """A table of columns, in so many parts where it is spread over a cluster."""
        found = self.api.from_pydict(columns)
        return found.into_partitions(min(parts, len(found))) if self.spread else found

    def function(self, plain: Callable[..., Any], returned: Any, at_once: int | None = None) -> Callable[..., Any]:
        """A function of some rows' values as Daft calls it, in its own process: what is heavy goes to a pool."""
        return self.api.func.batch(return_dtype=returned, use_process=False, batch_size=at_once)(plain)  # type: ignore[no-any-return]

    def annotated(
        self, articles: Iterable[Article], opened: Opened | None = None,
        progress: Callable[[int], None] = lambda _: None, patience: Patience = Patience(),  # noqa: B008
    ) -> Iterator[Annotated | Failure]:  # fmt: skip
        """Every article with its records, in order, or why it has none. `opened` reaches the kept parses in each
        process; without, each keeps those that it has made last."""
        task = Task(self.jobs, opened, patience)
        source = iter(articles)
        work = self.function(task.rows, self.api.DataType.binary(), AT_ONCE)
        try:
            while wave := list(islice(source, WAVE * self.processes)):
                columns: dict[str, Sequence[Any]] = {
                    "n": list(range(len(wave))),
                    "article": [_encode(one) for one in wave],
                }
                frame = self.frame(columns, -(-len(wave) // AT_ONCE))
                yield from self._told(wave, frame.select(frame["n"], work(frame["article"]).alias("row")), progress)
        except Exception as error:
            raise _ours(error) or error from None
        finally:
            task.close()

    def each(self, step: Step, numbers: Sequence[int], progress: Callable[[int], None] = lambda _: None) -> None:
        """Does a step for each of some numbers, on whichever machine. `progress` is told which are done."""
        task = Steps(self.jobs, step)
        work = self.function(task.steps, self.api.DataType.int64(), 1)
        try:
            frame = self.frame({"n": list(numbers)}, len(numbers))
            for found in frame.select(work(frame["n"]).alias("n")).iter_rows():
                progress(found["n"])
        except Exception as error:
            raise _ours(error) or error from None
        finally:
            task.close()

    def _told(
        self, wave: Sequence[Article], frame: "DataFrame", progress: Callable[[int], None]
    ) -> Iterator[Annotated | Failure]:
        """What a query gives, in the order of the articles, as soon as it can be."""
        waiting: dict[int, Annotated | Failure] = {}
        next_one = 0
        for found in frame.iter_rows():
            waiting[found["n"]] = found_of(wave[found["n"]], _row(found["row"]))
            progress(1)
            while next_one in waiting:
                yield waiting.pop(next_one)
                next_one += 1
        if next_one != len(wave):
            raise EngineError("cli.engine.lost", n=len(wave) - next_one)


class Task:
    """What a process of Daft's does with some articles: it hands them to a pool that it keeps."""

    def __init__(self, jobs: int, opened: Opened | None, patience: Patience) -> None:
        self._jobs, self._opened, self._patience = jobs, opened, patience
        self._maker = maker()

    def rows(self, articles: Any) -> list[bytes]:
        """The records of packed articles, packed, or why there are none."""
        if self._maker != maker():
            raise EngineError("cli.engine.versions")
        found = self.pool()(map(_article, articles.to_pylist()))
        return [_encode(row_of(one)) for one in found]

    def pool(self) -> Pool:
        """This process's pool; another task ends the one before."""
        with _lock:
            if not _pools or _pools[-1][0] != self._key:
                _emptied()
                _pools.append((self._key, Pool(self._jobs or _processors(), self._opened or Recent, self._patience)))
            return _pools[-1][1]

    def close(self) -> None:
        """Ends this process's pool. Those of a cluster end with its processes."""
        with _lock:
            _emptied()

    @property
    def _key(self) -> object:
        return self._jobs, repr(self._opened), self._patience, self._maker


class Steps(Task):
    """Steps of a larger work, each with a pool at hand."""

    def __init__(self, jobs: int, step: Step) -> None:
        super().__init__(jobs, None, Patience())
        self._step = step

    def steps(self, numbers: Any) -> list[int]:
        """Does the steps of some numbers."""
        if self._maker != maker():
            raise EngineError("cli.engine.versions")
        listed: list[int] = numbers.to_pylist()
        for number in listed:
            self._step(number, self.pool())
        return listed


_pools: list[tuple[object, Pool]] = []
_lock = Lock()


def _emptied() -> None:
    while _pools:
        _pools.pop()[1].__exit__()


def _ours(error: BaseException | None) -> RecoupeError | None:
    """The error of ours that one of Daft's comes from."""
    while error is not None and not isinstance(error, RecoupeError):
        error = error.__cause__
    return error


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _processors() -> int:
    """The processors that this process may use, where the system tells; else all."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _called(address: str) -> None:
    """Raises OSError where nobody listens at a cluster's address: Ray itself goes on asking for minutes."""
    host, _, port = address.rpartition("//")[2].rpartition(":")
    if host and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), ANSWER).close()


def _reached(address: str, jobs: int) -> int:
    """Connects this process to a Ray cluster; gives how many processes will work in it."""
    import ray

    own = {"num_cpus": jobs or None, "include_dashboard": False, "_node_ip_address": LOOPBACK}
    for left in reversed(range(TRIES if address == HERE else 1)):
        if ray.is_initialized():
            break
        try:
            _called(address)
            ray.init(address=address, log_to_driver=False, logging_level="error", **(own if address == HERE else {}))
        except Exception as error:  # many kinds, and some of none
            ray.shutdown()
            if not left:
                raise EngineError("cli.engine.unreached", place=address, reason=_line(error)) from error
    machines = [one for one in ray.nodes() if one["Alive"]]
    return sum(jobs or int(one["Resources"].get("CPU", 0)) for one in machines)
