"""What a run is made of: the files of a folder, a job for each, how they are read, and what became of it."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from attrs import field, frozen

from ..errors import expect
from ..io import DEFAULT_LIMITS, SUFFIXES, Document, Limits, documents

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Job", "Reading", "Result", "find_files"]

T = TypeVar("T")


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
    """
    Empty if all went well; else that of a `ReadError`, or ``access`` (the system refuses the file), ``extra`` (a package is
    missing), ``usage`` (another `ZfreportError`), ``crash`` (its process died), ``bug``.
    """
    message: str = ""
    """The same in words."""

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
