"""
Many files, one after the other or on all cores: bounded memory, results in the order of the files, no file stops the rest.

And one function for engines that bring their own scheduler (Dask, Spark, Ray): `parse_batch`, Arrow in, Arrow out.
"""

from __future__ import annotations

import errno
import hashlib
import json
import multiprocessing
import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import evolve, field, frozen

from .errors import ReadError, UnknownNameError, ZfreportError, expect, expect_whole, got
from .frames import TABLES, VERSION, Origin, arrow_schema, batch, columns, sketch
from .frames.columns import check_words, names_of_tables
from .frames.schema import need_pyarrow
from .io import DEFAULT_LIMITS, SUFFIXES, Document, Limits, documents
from .parser import parse_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow

    from .facts import IndicatorTable
    from .frames.columns import Dictionary, Resolver
    from .headings import DetectorChain, Veto

__all__ = [
    "Job",
    "Reading",
    "Result",
    "Tabulated",
    "WorkersError",
    "find_files",
    "output_schema",
    "parse_batch",
    "run",
    "tabulate",
]

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


@frozen(kw_only=True)
class Reading:
    """How files are read: the options of `zfreport.read`, the same for all files of a run."""

    encoding: str | None = None
    lossy: bool = False
    column: str | None = None
    limits: Limits = DEFAULT_LIMITS

    def __attrs_post_init__(self) -> None:
        for name in ("encoding", "column"):
            expect(getattr(self, name), str | None, f"Reading wants {name} as str or None")
        expect(self.limits, Limits, "Reading wants limits as zfreport.io.Limits")


@frozen
class Job:
    """One file, or some rows of one: what a worker is given."""

    file: str
    """The name under which its results are listed."""
    path: str
    reading: Reading = field(factory=Reading)
    rows: tuple[Document, ...] | None = None
    """The documents, if the file is a table of texts and already read; else the worker reads the file."""

    def documents(self) -> Iterator[Document]:
        """The texts of the job."""
        if self.rows is not None:
            return iter(self.rows)
        r = self.reading
        return documents(self.path, encoding=r.encoding, lossy=r.lossy, column=r.column, limits=r.limits)


@frozen
class Result(Generic[T]):
    """What became of one job: a value, or the reason why there is none."""

    job: Job
    value: T | None = None
    reason: str = ""
    """Empty if all went well; else that of a `ReadError`, or ``access``, ``extra``, ``crash``, ``bug``."""
    message: str = ""

    @property
    def failed(self) -> bool:
        """Whether there is no value."""
        return bool(self.reason)


def find_files(folder: str | os.PathLike[str]) -> list[tuple[str, str]]:
    """
    Every file under *folder* that zfreport can read, told by its suffix, as name and path, in the order of the names.

    Names are relative to *folder*, with ``/``. Hidden files and folders, and the lock files of Office, are left out.
    Raises `NotADirectoryError` if there is no such folder.
    """
    expect(folder, (str, os.PathLike), "find_files wants the path of a folder")
    root = Path(folder)
    if not root.is_dir() or not str(folder):  # os.walk would find nothing and say nothing
        what = "this is a file, no folder; zfreport.load reads files" if root.is_file() else "no such folder"
        raise NotADirectoryError(errno.ENOTDIR, what, str(folder))
    found = []
    for at, folders, files in os.walk(root):
        folders[:] = [f for f in folders if not f.startswith(".")]
        for name in files:
            if Path(name).suffix.lower() in SUFFIXES and not name.startswith((".", "~$")):
                path = Path(at, name)
                found.append((path.relative_to(root).as_posix(), str(path)))
    return sorted(found)


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


# ---------------------------------------------------------------------- tables


@frozen
class Tabulated:
    """The tables of one job, and what recognises copies of its reports."""

    tables: dict[str, pyarrow.RecordBatch]
    sketches: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """For each report ``file#number`` and its `zfreport.frames.sketch`."""
    reports: int = 0
    errors: int = 0
    """Diagnostics of severity ``error``."""

    def numbered_from(self, first: int) -> Tabulated:
        """The same with reports numbered from *first*: for the later rows of a table of texts."""
        if first == 1:
            return self
        import pyarrow.compute as pc

        pa = need_pyarrow()
        shifted = {}
        for name, part in self.tables.items():
            numbers = pc.add(part.column("report"), pa.scalar(first - 1, pa.int32()))
            at = part.schema.get_field_index("report")
            shifted[name] = part.set_column(at, part.schema.field(at), numbers)
        renamed = tuple(
            (f"{name.rpartition('#')[0]}#{int(name.rpartition('#')[2]) + first - 1}", values)
            for name, values in self.sketches
        )
        return evolve(self, tables=shifted, sketches=renamed)


@frozen
class Tabulate:
    """Work for `run`: parse, and return the named tables as Arrow record batches."""

    names: tuple[str, ...]
    dictionary: Dictionary | None = None
    """For the table ``attention``."""
    resolver: Resolver | None = None
    """Says which places a name may mean: `zfreport.gazetteer.resolve`, or one of your own. It must pickle."""
    indicators: IndicatorTable | None = None
    """In place of the built-in ones."""
    options: tuple[tuple[str, Any], ...] = ()
    """Of `zfreport.parse`: ``detectors`` and ``vetoes``, which must pickle."""

    def __call__(self, job: Job) -> Tabulated:
        """Read and parse the job's texts."""
        pa = need_pyarrow()
        found: dict[str, list[Any]] = {name: [] for name in self.names}
        sketches = []
        number = errors = 0
        for document in job.documents():
            for report in parse_all(document.text, **dict(self.options)):
                number += 1
                origin = Origin(
                    job.file,
                    number,
                    document.format,
                    document.encoding,
                    document.lossy,
                    document.place if document.places else None,
                )
                own = columns(
                    report,
                    self.names,
                    origin=origin,
                    dictionary=self.dictionary,
                    resolver=self.resolver,
                    indicators=self.indicators,
                )
                for name, values in own.items():
                    found[name].append(batch(name, values))
                sketches.append((f"{job.file}#{number}", sketch(report)))
                errors += sum(d.severity == "error" for d in report.diagnostics)
        joined = {
            name: pa.Table.from_batches(parts, arrow_schema(name)).combine_chunks()
            for name, parts in found.items()
        }
        whole = {
            name: table.to_batches()[0] if table.num_rows else batch(name, {})
            for name, table in joined.items()
        }
        return Tabulated(whole, tuple(sketches), number, errors)


def tabulate(
    folder: str | os.PathLike[str] | Iterable[tuple[str, str]],
    names: str | Iterable[str] = TABLES,
    *,
    reading: Reading | None = None,
    workers: int | None = None,
    dictionary: Dictionary | None = None,
    resolver: Resolver | None = None,
    indicators: IndicatorTable | None = None,
    detectors: DetectorChain | None = None,
    vetoes: Sequence[Veto] | None = None,
) -> tuple[dict[str, pyarrow.Table], tuple[Result[Tabulated], ...]]:
    """
    The tables of every report in *folder*, as `zfreport.frames.tables` gives those of one file; and what failed.

    A folder is read with all folders in it, files of every kind; or give names and paths, as `find_files` does. The column
    ``file`` holds the name. A file that could not be read is among the failures, a `Result` with its reason, and stops
    nothing. *reading* and *workers* are those of `run`, *dictionary*, *resolver* and *indicators* those of
    `zfreport.frames.tables`, *detectors* and *vetoes* those of `zfreport.parse`. What is of your own must pickle if there
    are several processes: a function of a module does, a lambda does not.
    """
    pa = need_pyarrow()
    wanted = names_of_tables(names)
    check_words(dictionary, resolver, indicators)
    options: dict[str, Any] = {}
    if detectors is not None:
        options["detectors"] = detectors
    if vetoes is not None:
        options["vetoes"] = vetoes
    parse_all("", **options)  # what is no chain and no veto is refused before the work
    files = find_files(folder) if isinstance(folder, (str, os.PathLike)) else folder
    schemas = {name: arrow_schema(name) for name in wanted}  # an unknown name fails before the work
    parts: dict[str, list[pyarrow.RecordBatch]] = {name: [] for name in wanted}
    failures = []
    work = Tabulate(wanted, dictionary, resolver, indicators, tuple(options.items()))
    for result in numbered(run(files, work, reading=reading, workers=workers)):
        if result.value is None:
            failures.append(result)
            continue
        for name, part in result.value.tables.items():
            parts[name].append(part)
    return {name: pa.Table.from_batches(parts[name], schemas[name]) for name in wanted}, tuple(failures)


def numbered(results: Iterable[Result[Tabulated]]) -> Iterator[Result[Tabulated]]:
    """The results of a run with the reports of each file numbered through, whatever pieces it was read in."""
    last: dict[str, int] = {}
    for result in results:
        if result.value is None:
            yield result
            continue
        before = last.get(result.job.file, 0)
        last[result.job.file] = before + result.value.reports
        yield evolve(result, value=result.value.numbered_from(before + 1))


@frozen
class Resumable:
    """
    Work for `run` that remembers: what was finished before an interruption is read back from *folder*.

    What is kept is one file per job, named by a hash of all that its result depends on: the release of zfreport, the tables
    asked for, how files are read, and the input's name, size and time (of a row, its text). Failures are tried again.
    """

    work: Tabulate
    folder: str

    def __call__(self, job: Job) -> Tabulated:
        """The result kept, or a new one."""
        path = Path(self.folder, f"{self._key(job)}.tables")
        try:
            return _thaw(path.read_bytes())
        except (OSError, ValueError, KeyError):  # not there, or cut off when the machine went down
            pass
        value = self.work(job)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(_freeze(value))
        os.replace(part, path)
        return value

    def _key(self, job: Job) -> str:
        from . import __version__

        # A function's repr holds its address, which is another one in every process.
        work = evolve(self.work, resolver=None, indicators=None, options=())
        own = (self.work.resolver, self.work.indicators, self.work.options)
        hashed = hashlib.sha256(repr((__version__, VERSION, work, job.file, job.reading)).encode())
        hashed.update(pickle.dumps(own) if any(own) else b"")
        if job.rows is None:
            status = os.stat(job.path)
            hashed.update(f"{status.st_size} {status.st_mtime_ns}".encode())
        for document in job.rows or ():
            hashed.update(document.text.encode("utf-8", "surrogatepass") + repr(document.places).encode())
        return hashed.hexdigest()[:32]


def _freeze(value: Tabulated) -> bytes:
    bodies = [(name, part.serialize().to_pybytes()) for name, part in value.tables.items()]
    head = {
        "tables": [(name, len(body)) for name, body in bodies],
        "sketches": value.sketches,
        "reports": value.reports,
        "errors": value.errors,
    }
    return json.dumps(head).encode() + b"\n" + b"".join(body for _, body in bodies)


def _thaw(data: bytes) -> Tabulated:
    pa = need_pyarrow()
    line, _, rest = data.partition(b"\n")
    head = json.loads(line)
    if sum(length for _, length in head["tables"]) != len(rest):
        raise ValueError("cut off")
    found, at = {}, 0
    for name, length in head["tables"]:
        found[name] = pa.ipc.read_record_batch(pa.py_buffer(rest[at : at + length]), arrow_schema(name))
        at += length
    sketches = tuple((name, tuple(values)) for name, values in head["sketches"])
    return Tabulated(found, sketches, head["reports"], head["errors"])


def output_schema(table: str, keep: pyarrow.Schema | None = None) -> pyarrow.Schema:
    """The schema of what `parse_batch` returns: the columns kept, then those of *table*."""
    pa = need_pyarrow()
    schema = arrow_schema(table)
    if keep is not None:
        expect(keep, pa.Schema, "output_schema wants what is kept as a schema of Arrow")
    kept = [pa.field(f.name, f.type) for f in keep] if keep is not None else []
    clash = {f.name for f in kept} & set(schema.names)
    if clash:
        raise ValueError(f"columns to keep have names the table {table} uses itself: {sorted(clash)}")
    return pa.schema([*kept, *schema], metadata=schema.metadata)


def parse_batch(
    texts: pyarrow.RecordBatch, table: str = "targets", *, text: str = "text", keep: str | Sequence[str] = ()
) -> pyarrow.RecordBatch:
    """
    Arrow in, Arrow out: parse the column *text* of a batch and return one *table* of all its reports.

    The columns named in *keep* are repeated on every row that came of theirs, before the table's own. Rows without a
    text give no rows. Pure, and the same whichever way the rows are divided into batches: hand it to Spark's
    ``mapInArrow``, Ray's ``map_batches`` or Dask's ``map_partitions``.
    """
    pa = need_pyarrow()
    expect(texts, (pa.RecordBatch, pa.Table), "parse_batch wants a record batch of Arrow")
    keep = (keep,) if isinstance(keep, str) else tuple(keep)
    for name in (text, *keep):
        if name not in texts.schema.names:
            raise UnknownNameError("column of the batch", name, texts.schema.names)
    kind = texts.schema.field(text).type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind)):
        held = kind.value_type if pa.types.is_dictionary(kind) else kind
        if not str(held).startswith(("string", "large_string")):
            raise TypeError(f"parse_batch wants texts as strings, got {kind} in the column {text!r}")
    kept = texts.select(list(keep)) if keep else None
    schema = output_schema(table, kept.schema if kept is not None else None)
    parts: list[Any] = []
    origins: list[int] = []
    for row, value in enumerate(texts.column(text).to_pylist()):
        if not value:
            continue
        for number, report in enumerate(parse_all(value), 1):
            part = batch(table, columns(report, (table,), origin=Origin("", number))[table])
            parts.append(part)
            origins.extend([row] * part.num_rows)
    found = pa.Table.from_batches(parts, arrow_schema(table)).combine_chunks()
    arrays = [c.chunk(0) if c.num_chunks else pa.array([], c.type) for c in found.columns]
    if kept is not None:
        arrays = [*kept.take(pa.array(origins, pa.int64())).columns, *arrays]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
