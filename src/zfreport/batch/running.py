"""Work done for many files, one after the other or on all cores: bounded memory, results in order, no file stops the rest."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import evolve

from ..errors import ReadError, ZfreportError, expect, expect_whole, got
from ..io import SUFFIXES, Document
from .jobs import Job, Reading, Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["WorkersError", "run"]

T = TypeVar("T")
_ROWS = 16  # rows of a table of texts that go to a worker together
_AHEAD = 4  # jobs per worker that are under way or done and not yet asked for: this bounds memory
_FEW = 80  # files below which starting worker processes (0.8 s each, tables and patterns included) costs more than it saves
_TABLES = frozenset({"csv", "jsonl", "json", "parquet", "xlsx"})


class WorkersError(ZfreportError, RuntimeError):
    """Worker processes die before they do anything."""

    def __str__(self) -> str:
        return (
            "the worker processes do not start: call this from under if __name__ == '__main__', "
            "or with one worker (the reason is on standard error)"
        )


def run(
    files: Iterable[tuple[str, str]],
    work: Callable[[Job], T],
    *,
    reading: Reading | None = None,
    workers: int | None = None,
) -> Iterator[Result[T]]:
    """
    *work* for every file (name and path), in their order, on *workers* processes (default: all cores, for many files).

    *work* gets a `Job` and returns a value; with several processes it must be a function of a module, its value must
    pickle, and the calling script needs the usual ``if __name__ == "__main__":``. A file that cannot be read, one that
    makes *work* fail and one that kills its process are results with a reason; the others are not affected. Raises
    `WorkersError` if the processes do not even start. A table
    of texts gives several results. At most a constant number of jobs is under way or waiting to be taken.
    """
    expect(files, Iterable, "run wants pairs of a name and a path, as find_files gives them")
    hint = (
        "; of a folder, find_files gives them"
        if isinstance(files, str)
        else "; of paths, [(path, path) for path in …]"
    )
    names = [_pair(file, hint) for file in ([files] if isinstance(files, str) else files)]
    expect(work, Callable, "run wants work as a function of a Job")
    if reading is not None:
        expect(reading, Reading, "run wants reading as a Reading", ': Reading(encoding="gbk")')
    if workers is not None and expect_whole(workers, "run wants workers as int or None") < 1:
        raise ValueError(f"run wants 1 or more workers, got {workers}")
    return _run(names, work, reading, workers)


def _pair(file: object, hint: str) -> tuple[str, str]:
    if not isinstance(file, tuple | list) or len(file) != 2:
        raise TypeError(f"run wants pairs of a name and a path, got {got(file)}{hint}")
    name, path = file
    expect(name, str, "run wants the name of a file as str")
    expect(path, (str, os.PathLike), f"run wants the path of the file {name!r}")
    return name, os.fspath(path)


def _run(
    names: list[tuple[str, str]], work: Callable[[Job], T], reading: Reading | None, workers: int | None
) -> Iterator[Result[T]]:
    if workers is None:
        workers = min(os.cpu_count() or 1, max(1, len(names) // (_FEW // 2))) if len(names) >= _FEW else 1
        if workers == 1 and any(SUFFIXES.get(Path(p).suffix.lower()) in _TABLES for _, p in names):
            workers = os.cpu_count() or 1
    jobs = _jobs(names, reading or Reading())
    if workers <= 1:
        for job in jobs:
            yield job if isinstance(job, Result) else _guarded(work, job)
        return
    yield from _parallel(jobs, work, workers)


def _jobs(names: Sequence[tuple[str, str]], reading: Reading) -> Iterator[Job | Result[Any]]:
    for name, path in names:
        job = Job(name, path, reading)
        if SUFFIXES.get(Path(path).suffix.lower()) not in _TABLES:
            yield job
            continue
        rows: list[Document] = []
        try:
            for document in job.documents():
                rows.append(document)
                if len(rows) == _ROWS:
                    yield evolve(job, rows=tuple(rows))
                    rows = []
        except Exception as error:
            yield _failure(job, error)
        if rows:
            yield evolve(job, rows=tuple(rows))


def _guarded(work: Callable[[Job], T], job: Job) -> Result[T]:
    try:
        return Result(_without_rows(job), work(job))
    except Exception as error:  # one bad file never stops the run
        return _failure(job, error)


def _without_rows(job: Job) -> Job:
    """What a result keeps of its job: not the texts, which are large."""
    return job if job.rows is None else evolve(job, rows=())


def _failure(job: Job, error: BaseException) -> Result[Any]:
    job = _without_rows(job)
    match error:
        case ReadError():
            return Result(job, None, error.reason, error.message)
        case OSError():
            return Result(job, None, "access", error.strerror or str(error))
        case ZfreportError():
            return Result(job, None, "extra" if isinstance(error, ImportError) else "usage", str(error))
        case BrokenProcessPool():
            return Result(job, None, "crash", "the process that read it died (out of memory?)")
        case MemoryError():
            return Result(job, None, "limit", "not enough memory")
        case _:
            return Result(job, None, "bug", f"{type(error).__name__}: {error} (please report this)")


def _parallel(
    jobs: Iterator[Job | Result[Any]], work: Callable[[Job], T], workers: int
) -> Iterator[Result[T]]:
    waiting: deque[tuple[Job | Result[Any], Future[Result[T]] | None]] = deque()
    pool = _pool(workers)
    try:
        for job in jobs:
            waiting.append((job, None if isinstance(job, Result) else pool.submit(_guarded, work, job)))
            if len(waiting) < workers * _AHEAD:
                continue
            result, pool = _next(waiting, pool, work, workers)
            yield result
        while waiting:
            result, pool = _next(waiting, pool, work, workers)
            yield result
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    # Started afresh, not forked: Arrow has threads, and a forked copy of a process with threads may hang.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def _next(
    waiting: deque[tuple[Job | Result[Any], Future[Result[T]] | None]],
    pool: ProcessPoolExecutor,
    work: Callable[[Job], T],
    workers: int,
) -> tuple[Result[T], ProcessPoolExecutor]:
    """The result of the first job in line; a process that died is replaced, and only the job that kills it fails."""
    job, future = waiting.popleft()
    if isinstance(job, Result) or future is None:
        return job, pool  # type: ignore[return-value]
    try:
        return future.result(), pool
    except BrokenProcessPool:
        pass
    pool.shutdown(wait=True, cancel_futures=True)
    with _pool(1) as alone:  # which of those under way was it? this one is tried by itself
        try:
            alone.submit(os.getpid).result()
        except BrokenProcessPool:
            raise WorkersError from None
        try:
            result = alone.submit(_guarded, work, job).result()
        except BrokenProcessPool as error:
            result = _failure(job, error)
    fresh = _pool(workers)
    for _ in range(len(waiting)):
        other, old = waiting.popleft()
        done = old is not None and old.done() and not old.cancelled() and old.exception() is None
        waiting.append(
            (other, old if done or isinstance(other, Result) else fresh.submit(_guarded, work, other))
        )
    return result, fresh
