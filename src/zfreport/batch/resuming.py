"""Work that remembers what it finished, so that an interrupted run goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
from pathlib import Path

from attrs import evolve, frozen

from ..frames import VERSION, arrow_schema
from ..frames.schema import need_pyarrow
from .jobs import Job
from .tabulating import Tabulate, Tabulated

__all__ = ["Resumable", "freeze", "thaw"]


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
            return thaw(path.read_bytes())
        except (OSError, ValueError, KeyError):  # not there, or cut off when the machine went down
            pass
        value = self.work(job)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(freeze(value))
        os.replace(part, path)
        return value

    def _key(self, job: Job) -> str:
        from .. import __version__

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


def freeze(value: Tabulated) -> bytes:
    """Everything of *value* as bytes: a line of JSON, then the tables as Arrow writes them."""
    bodies = [(name, part.serialize().to_pybytes()) for name, part in value.tables.items()]
    head = {
        "tables": [(name, len(body)) for name, body in bodies],
        "sketches": value.sketches,
        "reports": value.reports,
        "errors": value.errors,
    }
    return json.dumps(head).encode() + b"\n" + b"".join(body for _, body in bodies)


def thaw(data: bytes) -> Tabulated:
    """What `freeze` made *data* from; `ValueError` or `KeyError` for anything else, also if it was cut off."""
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
