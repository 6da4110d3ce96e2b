"""Whoever reads, one process, several, or a cluster: the same is read, and nobody's words are left lying about."""

import math
import os
import sys
import time
from concurrent.futures import BrokenExecutor

import pandas as pd
import pytest
from distributed import Client, LocalCluster

from analysis import executors, sharing
from analysis.executors import HERE, Cluster, Processes, each
from analysis.refitting import fit
from analysis.sharing import SharedReader
from analysis.study import study
from analysis.text import reading
from analysis.text.discover import discover
from survey import coding_frame
from survey.errors import ClusterError
from survey.questionnaire import Direction
from tests.running import free_port

HARD = [
    "Ring my son Jack on 07700 900123.",
    "",
    "Nothing",
    "👍" * 40,
    "Autobus się spóźnia codziennie",
    "SALT is great, but we waited two years. " * 20,
]
FRAME = coding_frame.shipped("send")


def said() -> list[str]:
    whos = ("taxi", "bus", "speech therapist", "caseworker", "SENCO")
    return [
        *HARD,
        *(f"The {who} was late {number} times and nobody rang" for who in whos for number in range(40)),
        HARD[0],
    ]


@pytest.fixture(scope="module")
def cluster():
    """Two workers of Dask, each a process of its own, which nobody outside this machine can reach."""
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0") as local,
        Client(local, set_as_default=False) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def processes():
    with Processes(2) as two:
        yield two


@pytest.fixture(params=["processes", "cluster"])
def elsewhere(request):
    found = request.getfixturevalue(request.param)
    return found if request.param == "processes" else Cluster(found)


def read_by(executor, at_once: int = 37):
    texts = said()
    return sharing.read(executor, texts, [Direction.OPEN] * len(texts), FRAME, at_once=at_once)


def assert_same(one, other):
    for mine, theirs in zip(one, other, strict=True):
        pd.testing.assert_frame_equal(mine, theirs, check_exact=True)


def whose(_: int) -> int:
    return os.getpid()


def test_this_process_does_its_part_beside_the_others(processes):
    told: list[int] = []

    did = each(processes, whose, range(60), told.append)

    assert os.getpid() in did
    assert set(did) > {os.getpid()}
    assert sorted(told) == sorted(did)


def test_what_comes_of_each_is_in_order_whoever_did_it(processes):
    assert each(processes, math.sqrt, range(200), lambda _: None) == [math.sqrt(number) for number in range(200)]


@pytest.mark.parametrize("given", [[4, -1, 9], [-1]])
def test_what_goes_wrong_in_any_of_the_processes_is_told(processes, given):
    with pytest.raises(ValueError, match="math domain error"):
        each(processes, math.sqrt, given, lambda _: None)


def test_what_goes_wrong_here_is_told_to_whoever_asks_for_the_result():
    future = HERE.submit(math.sqrt, -1)

    assert isinstance(future.exception(), ValueError)
    with pytest.raises(ValueError, match="math domain error"):
        each(HERE, math.sqrt, [4, -1, 9])


def test_portions_read_elsewhere_are_put_together_as_if_they_had_been_read_here(elsewhere):
    texts = said()
    whole = reading.read(texts, [Direction.OPEN] * len(texts), FRAME)

    assert_same(read_by(HERE), whole)
    assert_same(read_by(elsewhere), whole)


def test_a_study_of_a_file_is_the_same_wherever_it_is_read(elsewhere, monkeypatch):
    monkeypatch.setattr("analysis.text.portions.AT_ONCE", 50)
    texts = said()
    asked = [Direction.OPEN] * len(texts)

    assert_same(study(texts, asked, FRAME, executor=elsewhere), study(texts, asked, FRAME))


def test_a_fit_is_the_same_wherever_it_is_made(elsewhere):
    texts = said()
    asked = [Direction.OPEN] * len(texts)

    found, known = elsewhere.submit(fit, texts, asked, None, ()).result(), fit(texts, asked, None, ())

    assert_same(found[:2], known[:2])
    assert found.centres.rows.tobytes() == known.centres.rows.tobytes()


def test_both_workers_of_a_cluster_have_their_part(cluster):
    before = {address: told["metrics"]["memory"] for address, told in cluster.scheduler_info()["workers"].items()}

    read_by(Cluster(cluster), at_once=5)

    assert len(before) == 2
    assert Cluster(cluster).slots() == 2
    done_by = cluster.run(lambda dask_worker: dask_worker.state.task_counter.current_count())
    assert done_by.keys() == before.keys()


def test_how_much_has_been_read_is_told_as_it_is_read(elsewhere, monkeypatch):
    monkeypatch.setattr("analysis.text.portions.AT_ONCE", 50)
    told: list[int] = []
    texts = said()

    study(texts, [Direction.OPEN] * len(texts), FRAME, executor=elsewhere, done=told.append)

    assert told == sorted(told)
    assert (len(told), told[-1]) == (5, len(texts))


def test_nothing_at_all_is_read_as_nothing():
    found = sharing.read(HERE, [], [], FRAME, at_once=10)

    assert (len(found.comments), len(found.themes)) == (0, 0)


def test_the_worker_shares_out_what_came_in_and_keeps_one_comment_together():
    class Counts(executors.Here):
        given = 0

        def submit(self, fn, /, *args, **kwargs):
            self.given += 1
            return super().submit(fn, *args, **kwargs)

    executor = Counts()
    reader = SharedReader(executor, places=4)

    reader.read(["One"], [Direction.OPEN], None)
    assert (executor.given, reader.model) == (1, reading.OwnReader().model)
    texts = said()
    reader.read(texts, [Direction.OPEN] * len(texts), None)
    assert executor.given == 1 + 4


def test_what_is_wanted_no_more_ends_at_once():
    executor = Processes(1, standing_back=True)
    future = executor.submit(time.sleep, 600)
    while not future.running():
        time.sleep(0.01)

    executor.shutdown(wait=False)

    with pytest.raises(BrokenExecutor):
        future.result(timeout=60)


def test_a_cluster_is_told_what_is_wanted_no_more(cluster):
    whole = Cluster(cluster)
    beside = whole.beside()
    future = beside.submit(time.sleep, 2)

    beside.shutdown(wait=False)

    assert future.cancelled() or future.cancel()
    assert whole.submit(len, "still here").result() == 10


def fails_over(texts: list[str]) -> None:
    raise ValueError(f"cannot read {texts[0]!r}")


def test_what_goes_wrong_in_a_cluster_is_told_and_logged_without_anybodys_words(cluster):
    secret = "Our caseworker Xanthippe never rang"

    with pytest.raises(ClusterError, match=r"ValueError in test_executors\.py, line \d+, on a Dask worker") as told:
        Cluster(cluster).submit(fails_over, [secret]).result()

    logged = str(cluster.get_worker_logs()) + str(cluster.get_scheduler_logs())
    assert "Compute Failed" in logged
    assert "Xanthippe" not in str(told.value) + logged


def test_a_cluster_that_would_read_otherwise_is_refused(cluster, monkeypatch):
    monkeypatch.setenv("HEARD_VECTORS", "lsa")

    with pytest.raises(ClusterError, match=r"reads by heard-\d+ wordllama and not by heard-\d+ lsa"):
        read_by(Cluster(cluster))


def test_a_cluster_can_be_named_by_its_address(cluster):
    with executors.workplace(cluster.scheduler.address, 1) as place:
        assert place.places == 2
        assert place.executor.submit(len, "here").result() == 4
        assert place.beside().submit(len, "there").result() == 5


def test_where_nobody_answers_it_says_so(monkeypatch):
    monkeypatch.setattr(executors, "PATIENCE_SECONDS", 0.5)

    with pytest.raises(ClusterError, match="No Dask scheduler answers at tcp://127.0.0.1"):
        executors.cluster(f"tcp://127.0.0.1:{free_port()}")


def test_a_cluster_without_workers_says_so(monkeypatch):
    monkeypatch.setattr(executors, "PATIENCE_SECONDS", 0.5)
    with (
        LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address="127.0.0.1:0") as empty,
        pytest.raises(ClusterError, match=r"has no workers\. Start one with: dask worker \S+ --nthreads 1"),
    ):
        executors.cluster(empty.scheduler_address)


def test_without_the_library_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(ClusterError, match=r"pip install -r requirements-dask\.txt"):
        executors.cluster("tcp://127.0.0.1:8786")


@pytest.mark.parametrize(("comments", "cores", "worth"), [(0, 8, 1), (9_999, 8, 1), (45_000, 8, 4), (10**7, 2, 2)])
def test_more_processes_are_begun_where_there_is_work_and_room_for_them(comments, cores, worth, monkeypatch):
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(cores)))

    assert executors.worth(comments) == worth


def test_themes_that_are_found_are_the_same_whoever_does_a_part_of_the_work(elsewhere):
    texts = said()
    here, there = discover(texts), discover(texts, executor=elsewhere)

    assert len(here.candidates) > 1
    pd.testing.assert_frame_equal(here.candidates, there.candidates)
    pd.testing.assert_frame_equal(here.assigned, there.assigned)
