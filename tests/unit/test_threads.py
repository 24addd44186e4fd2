"""Work in threads: all of it done, at any number of threads; errors and cancels end it at once."""

from __future__ import annotations

import sys
import threading

import pytest

from sim.engine.journey import Cancelled
from sim.experiments.threads import Threads, in_threads

LONG = 30.0
"""Seconds that nothing here may last: a test that waits for so long has failed."""


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_every_item_comes_back_once_with_what_was_found(workers: int) -> None:
    found: dict[int, int] = {}
    caller = threading.current_thread()

    def keep(item: int, square: int) -> None:
        assert item not in found
        assert threading.current_thread() is caller
        found[item] = square

    assert in_threads(lambda item: item**2, range(40), keep, workers=workers)
    assert found == {item: item**2 for item in range(40)}


def test_nothing_to_do_is_done() -> None:
    assert in_threads(lambda item: item, [], pytest.fail, warm_up=lambda: pytest.fail("asked"))


def test_threads_work_side_by_side() -> None:
    """Each of the later two items waits for the other one."""
    both = threading.Barrier(2, timeout=LONG)
    assert in_threads(lambda item: item and both.wait(), range(3), lambda *_: None, workers=2)


@pytest.mark.parametrize("has_warm_up", [False, True])
def test_what_warms_the_kernels_runs_alone(has_warm_up: bool) -> None:
    begun: list[str] = []
    is_warm = threading.Event()

    def warm(name: str) -> None:
        begun.append(name)
        assert not is_warm.wait(0.05), "another one had begun"
        begun.append("warm")

    def work(item: str) -> None:
        if begun:
            is_warm.set()
            begun.append(item)
        else:
            warm(item)

    small = (lambda: warm("small")) if has_warm_up else None
    assert in_threads(work, ["first", "second", "third"], lambda *_: None, workers=3, warm_up=small)
    assert begun[:2] == ["small" if has_warm_up else "first", "warm"]
    assert sorted(begun[2:]) == ["first", "second", "third"][not has_warm_up :]


def test_a_cancel_begins_nothing_more_and_drops_what_gives_up() -> None:
    cancel, begun = threading.Event(), []

    def work(item: int) -> int:
        begun.append(item)
        if item >= 3:
            assert cancel.wait(LONG)
            raise Cancelled("test")
        return item

    found: dict[int, int] = {}

    def keep(item: int, result: int) -> None:
        found[item] = result
        if len(found) == 3:
            cancel.set()

    assert not in_threads(work, range(100), keep, workers=2, cancel=cancel)
    assert set(found) == {0, 1, 2}
    assert len(begun) < 10


def test_before_it_begins_a_cancel_is_heard() -> None:
    cancel = threading.Event()
    cancel.set()
    small = lambda: pytest.fail("was run")  # noqa: E731
    assert not in_threads(pytest.fail, [1], pytest.fail, cancel=cancel, warm_up=small)


@pytest.mark.parametrize("where", ["work", "warm_up", "keep", "on_wait"])
def test_an_error_is_raised_and_ends_the_others(where: str) -> None:
    cancel = threading.Event()

    def fail(*_: object) -> None:
        raise ZeroDivisionError(where)

    def work(item: int) -> None:
        if where == "work" and item == 1:
            fail()
        if item == 2:
            assert cancel.wait(LONG), "nobody told this one to end"

    asked = {"warm_up": fail, "on_wait": fail}
    options = {where: asked[where]} if where in asked else {}
    keep = fail if where == "keep" else lambda *_: None
    with pytest.raises(ZeroDivisionError, match=where):
        in_threads(work, range(9), keep, workers=2, cancel=cancel, **options)
    assert cancel.is_set()


def test_while_it_waits_the_caller_is_asked_again() -> None:
    """The item ends only once it was asked twice."""
    asked: list[int] = []
    twice = threading.Event()

    def on_wait() -> None:
        asked.append(1)
        if len(asked) == 2:
            twice.set()

    assert in_threads(
        lambda _: twice.wait(LONG) or pytest.fail("never asked"),
        [1],
        lambda *_: None,
        on_wait=on_wait,
    )


def test_the_turns_of_threads_are_short_until_the_last_one_is_done() -> None:
    usual = sys.getswitchinterval()

    def other(item: int) -> bool:
        assert in_threads(lambda inner: inner, [item], lambda *_: None)
        return sys.getswitchinterval() < usual

    found: dict[int, bool] = {}
    assert in_threads(other, range(2), found.__setitem__, workers=2)
    assert found == {0: True, 1: True}
    assert sys.getswitchinterval() == usual


def test_threads_give_back_what_was_started_in_that_order() -> None:
    gates = [threading.Event() for _ in range(3)]
    threads = Threads(lambda number: gates[number].wait(LONG) and number, workers=3)
    for number in range(3):
        threads.start(number)
    assert threads.unfinished == 3
    assert threads.finished(0.0) == []
    for gate in reversed(gates):
        gate.set()
    found: list[tuple[int, int]] = []
    while threads.unfinished:
        found += threads.finished(LONG)
    threads.stop()
    assert sorted(found) == [(number, number) for number in range(3)]
