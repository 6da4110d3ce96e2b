"""Where reading and fitting are done: in this process, in others of this machine, or on a Dask cluster.

All three are executors as ``concurrent.futures`` has them, so that whoever hands out work need not know which it is.
What a cluster's machines write in their logs holds none of the words they were given.

What reading takes is imported where it is first needed: a process is begun before this one has it, and both then make
themselves ready side by side.
"""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from traceback import extract_tb
from typing import NamedTuple, ParamSpec, Protocol, TypeVar

from survey.errors import ClusterError

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")

WORTH_A_PROCESS = 10_000  # comments
PATIENCE_SECONDS = 10.0  # for a cluster that is named to answer, and to have a worker


def worth(comments: int) -> int:
    """How many processes so many comments are worth, this one among them, of those this machine can run at once.

    Each further one takes some seconds to begin, in which this one reads thousands.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, comments // WORTH_A_PROCESS))


class Here(Executor):
    """Does what it is given in this process, when it is given it."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """What came of calling it, a result or an exception, which is there already."""
        done: Future[T] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as problem:  # whoever asks for the result is told, as with any executor
            done.set_exception(problem)
        return done


HERE = Here()


class Processes(ProcessPoolExecutor):
    """So many processes of this machine, each begun afresh, which end with the one that began them.

    Those that stand back give way to everybody else, and one is begun for each task, so that none keeps the memory of
    the last. Shut down without waiting, they end at once, and what they were doing comes to nothing.
    """

    def __init__(self, count: int, *, standing_back: bool = False) -> None:
        self.count = count
        context = get_context("spawn")  # one begun as a copy of this process could find a library's threads gone
        until, self._wanted = context.Pipe(duplex=False)
        super().__init__(
            count, context, _begin, (until, standing_back), max_tasks_per_child=1 if standing_back else None
        )
        if not standing_back:  # to begin one takes seconds, in which whoever wants it has other things to do
            for _ in range(count):
                self.submit(_made_ready)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let them finish and end; or end them at once."""
        super().shutdown(wait=wait, cancel_futures=cancel_futures or not wait)
        self._wanted.close()


def _begin(until: Connection, standing_back: bool) -> None:
    """Give way to parents and to whoever watches, if asked to, and end as soon as nobody wants what is done here."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever began it is told, and ends it
    os.environ["TOKENIZERS_PARALLELISM"] = "false"  # beside as many processes as there are cores
    if standing_back:
        os.nice(10)
    threading.Thread(target=_end_after, args=(until,), daemon=True).start()


def _made_ready() -> None:
    """Learn what reading takes, so that the first comments need not wait for it."""
    from analysis.text import reading
    from survey.questionnaire import Direction

    reading.read(["Bardzo dobra opieka, thank you to the school for all the help."], [Direction.OPEN])


def _end_after(until: Connection) -> None:
    until.poll(None)  # until the other end is closed, by its owner or because that is gone
    os._exit(1)


def each(
    executor: Executor, do: Callable[[T], R], given: Sequence[T], done: Callable[[R], None] = lambda _: None
) -> list[R]:
    """What comes of doing it to each, in order. Where other processes of this machine do it, this one does its part.

    ``done`` is told of each as it comes: of one at a time, and not in order.
    """
    if isinstance(executor, Processes):
        return _beside_others(executor, do, given, done)
    futures = [executor.submit(do, one) for one in given]
    for future in as_completed(futures):
        done(future.result())
    return [future.result() for future in futures]


def _beside_others(
    processes: Processes, do: Callable[[T], R], given: Sequence[T], done: Callable[[R], None]
) -> list[R]:
    waiting, found, telling = deque(enumerate(given)), dict[int, R](), threading.Lock()

    def work_through(do_it: Callable[[T], R]) -> None:
        while True:
            try:
                place, one = waiting.popleft()
            except IndexError:  # nobody has anything left to begin
                return
            found[place] = do_it(one)
            with telling:
                done(found[place])

    with ThreadPoolExecutor(processes.count) as hands:  # each waits for one of the processes
        others = [
            hands.submit(work_through, lambda one: processes.submit(do, one).result()) for _ in range(processes.count)
        ]
        try:
            work_through(do)
        finally:
            waiting.clear()
    for other in others:
        other.result()
    return [found[place] for place in range(len(given))]


class Client(Protocol):
    """What we use of Dask's ``distributed.Client``."""

    def get_executor(self, *, pure: bool) -> Executor:
        """An executor on the cluster."""
        ...

    def nthreads(self) -> dict[str, int]:
        """How many pieces of work each worker can do at once."""
        ...


class Cluster(Executor):
    """A Dask cluster. Shut down without waiting, it is told that what was submitted here is wanted no more.

    Work that a worker of the cluster has begun by then runs to its end there, and nobody looks at it.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Have it called somewhere, by the same reader as here."""
        return self._executor.submit(_discreetly, _model(), fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let what was submitted finish, or say that it is wanted no more."""
        self._executor.shutdown(wait=wait and not cancel_futures)

    def beside(self) -> "Cluster":
        """Another executor on the same cluster, shut down for itself."""
        return Cluster(self._client)

    def slots(self) -> int:
        """How many pieces of work it can do at once."""
        return max(1, sum(self._client.nthreads().values()))


class Workplace(NamedTuple):
    """Where comments are read, in how many places at once; and something that gives a place for long work beside it."""

    executor: Executor
    places: int
    beside: Callable[[], Executor]


@contextmanager
def workplace(address: str, processes: int) -> Iterator[Workplace]:
    """The Dask cluster of that address; or, where it is empty, so many processes of this machine with this one.

    What has not been done at the end is wanted no more. Raises ClusterError if the cluster cannot be used.
    """
    if address:
        there = cluster(address)
        made = Workplace(there, there.slots(), there.beside)
    else:
        executor = Processes(processes - 1) if processes > 1 else HERE
        made = Workplace(executor, processes, lambda: Processes(1, standing_back=True))
    try:
        yield made
    finally:
        made.executor.shutdown(wait=False)


def cluster(address: str) -> Cluster:
    """The Dask cluster whose scheduler has that address.

    Raises ClusterError if the library for it is not installed, nobody answers there, or it has no worker.
    """
    try:
        distributed = import_module("distributed")
    except ModuleNotFoundError as problem:
        raise ClusterError(
            f"HEARD_CLUSTER names {address}, but the library for Dask clusters is not installed. "
            "Install it with: pip install -r requirements-dask.txt"
        ) from problem
    try:
        client = distributed.Client(address, timeout=PATIENCE_SECONDS, set_as_default=False)
    except (OSError, ValueError) as problem:
        raise ClusterError(
            f"No Dask scheduler answers at {address}. Check HEARD_CLUSTER, and that the scheduler is running."
        ) from problem
    try:
        client.wait_for_workers(1, timeout=PATIENCE_SECONDS)
    except TimeoutError as problem:
        client.close()
        raise ClusterError(
            f"The Dask cluster at {address} has no workers. Start one with: dask worker {address} --nthreads 1"
        ) from problem
    return Cluster(client)


def _model() -> str:
    from analysis.text.reading import OwnReader

    return OwnReader().model


def _discreetly(model: str, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Call it on a machine of a cluster, where what goes wrong is logged: say of that what it was, and not in what."""
    if (own := _model()) != model:
        raise ClusterError(
            f"A Dask worker reads by {own} and not by {model}: give it the same Heard and HEARD_VECTORS."
        )
    try:
        return fn(*args, **kwargs)
    except Exception as problem:
        place = extract_tb(problem.__traceback__)[-1]
        told = f"{type(problem).__name__} in {Path(place.filename).name}, line {place.lineno}, on a Dask worker."
        raise ClusterError(told) from None
