"""A folder becomes tables: the work that `run` does for each file, and its pieces put together."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from ..frames import TABLES, Origin, arrow_schema, batch, columns, sketch
from ..frames.columns import check_words, names_of_tables
from ..frames.schema import need_pyarrow
from ..parser import parse_all
from .jobs import find_files
from .running import run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow

    from ..facts import IndicatorTable
    from ..frames.columns import Dictionary, Resolver
    from ..headings import DetectorChain, Veto
    from .jobs import Job, Reading, Result

__all__ = ["Tabulate", "Tabulated", "numbered", "tabulate"]


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
