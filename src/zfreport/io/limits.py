"""How much of a file is read before it is refused. Frozen, with defaults that no honest report comes near."""

from __future__ import annotations

import io
import zipfile

from attrs import asdict, frozen

from ..errors import ReadError, expect_whole

__all__ = ["DEFAULT_LIMITS", "Limits"]

MIB = 1 << 20


@frozen(kw_only=True)
class Limits:
    """
    Upper bounds on what one file may cost; anything above is a `ReadError` with reason ``limit``.

    A long report is 50 000 characters, 150 kB; the defaults leave room for a hundred of them in one file.

    >>> Limits(max_chars=100_000).max_pages
    2000
    """

    max_bytes: int = 64 * MIB
    """Size of the file on disk."""
    max_chars: int = 5_000_000
    """Characters of text, per document (per row, where a row is a report)."""
    max_unpacked: int = 256 * MIB
    """Bytes that a docx or xlsx, which are zip archives, may hold unpacked."""
    max_members: int = 10_000
    """Files inside such an archive."""
    max_ratio: int = 200
    """Unpacked to packed, for members above one megabyte. Real ones compress 5 to 30 times."""
    max_elements: int = 400_000
    """Elements of an HTML page; of a docx, one for every hundred bytes of its XML. A page with a long report has 10 000."""
    max_pages: int = 2_000
    """Pages of a PDF."""
    max_page_chars: int = 100_000
    """Characters on one page of a PDF. A printed page has 500 to 3 000."""

    def __attrs_post_init__(self) -> None:
        for name, value in asdict(self).items():
            if expect_whole(value, f"limits are whole numbers: {name}") < 1:
                raise ValueError(f"limits are 1 or more: {name}, got {value}")

    def check_size(self, size: int) -> None:
        """Refuse a file of *size* bytes, before it is opened."""
        if size > self.max_bytes:
            raise ReadError(
                "limit",
                f"{size / MIB:.0f} MB on disk, more than max_bytes allows ({self.max_bytes / MIB:.0f} MB)",
            )

    def check_chars(self, count: int) -> None:
        """Refuse a text of *count* characters."""
        if count > self.max_chars:
            raise ReadError("limit", f"{count:,} characters, more than max_chars allows ({self.max_chars:,})")

    def check_archive(self, data: bytes, *, tree: bool = False) -> None:
        """
        Refuse a zip bomb by what its directory announces; `zipfile` never unpacks more than announced.

        *tree*: its XML will be held as a tree, which takes ten times the memory, and so may be less.
        """
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                members = archive.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise ReadError("damaged", f"not a readable zip archive: {error}") from None
        if len(members) > self.max_members:
            raise ReadError("limit", f"{len(members):,} files in the archive, more than max_members allows")
        total = sum(m.file_size for m in members)
        if total > self.max_unpacked:
            raise ReadError("limit", f"{total:,} bytes unpacked, more than max_unpacked allows (a zip bomb?)")
        for m in members:
            if tree and m.filename.endswith(".xml") and m.file_size > 100 * self.max_elements:
                raise ReadError(
                    "limit", f"{m.filename} has {m.file_size:,} bytes, more than max_elements allows"
                )
            if m.file_size > MIB and m.file_size > self.max_ratio * max(1, m.compress_size):
                raise ReadError(
                    "limit",
                    f"{m.filename} unpacks to {m.file_size:,} bytes from {m.compress_size:,}: a zip bomb?",
                )


DEFAULT_LIMITS = Limits()
