"""
Bytes to text: which encoding, stated; never silently lossy.

A small decision of our own: byte order marks, strict UTF-8, then the readings that are possible at all (UTF-16 without
a mark, GB18030, Big5) are compared by how much ordinary Chinese each of them gives. A wrong reading of Chinese bytes
is full of rare characters, so the comparison is far from close.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from attrs import frozen

from ..errors import ReadError, expect, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Decoded", "decode_bytes", "plausibility", "sniff"]

# The 240 commonest characters of government work reports (63 % of their running text), the Traditional forms of
# those that have one, and the punctuation of both scripts.
_COMMON = frozenset(
    "的业和建国工发展一全化大产新进实设加力人中民政作生动年市推增地区高会成经在行强提制有持重改要务城个等以保家主体能资社项上"
    "不开合是企平农理为我治济长面入目好施现用基创造定量水坚质深点省五服公完度学各品方三代级们村万分育升出了快府机对安法文同革心"
    "技到续部规事科效系优元县投本支管义共活更划亿性步十善计程教通场商群总标时位多领四二域落关源金利稳环整态集第结营乡范路应统就"
    "放特决防向型办积下立电打运自收色策来期内外这于境融医做数小费达导争极精任过术解众取园百党得协构引批题护消战之物口风扩"
    "來個們億優內創劃動務區協國園堅場學實對導強態應戰擴數於時會業極構標機決濟營爭為爲現環產發積穩範級結統經縣總續群羣義萬"
    "衆眾術製規計設護費資質辦農這進運過達鄉醫長開關電項領題風體點黨"
    "，。、；：！？（）《》〈〉【】〔〕“”‘’「」『』—…·　％"
)

# What a file really is when its first bytes say so: (offset, bytes, name). Reading any of these as text gives rubbish.
_SIGNATURES = (
    (0, b"\x89PNG\r\n", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"GIF8", "a GIF image"),
    (0, b"II*\x00", "a TIFF image"),
    (0, b"MM\x00*", "a TIFF image"),
    (8, b"WEBP", "a WebP image"),
    (4, b"ftyp", "a video or HEIC image"),
    (0, b"PK\x03\x04", "a zip archive (docx, xlsx and wps files are zip archives inside)"),
    (0, b"PK\x05\x06", "an empty zip archive"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls, .wps): save it as .docx"),
    (0, b"{\\rtf", "an RTF file: save it as .docx"),
    (0, b"%PDF-", "a PDF file"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"\xfd7zXZ\x00", "an xz archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (0, b"(\xb5/\xfd", "a Zstandard archive"),
    (0, b"PAR1", "a Parquet file"),
    (0, b"SQLite format 3\x00", "an SQLite database"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ\x90", "a program"),
)

_BOMS = (  # UTF-32 before UTF-16: the little-endian marks begin alike
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "hz-gb-2312": "hz", "x-gbk": "gb18030"}
_BIG5 = ("cp950", "big5hkscs")  # Windows' Big5 first; Hong Kong's pages use characters it lacks
_ENOUGH = (
    0.25  # share of common characters below which a legacy reading is not believed; true ones have 0.5 to 0.8
)
_FEW = 0.05  # control characters above this share are not text in any encoding


@frozen
class Decoded:
    """A text, and how its bytes were read."""

    text: str
    encoding: str
    """The Python codec: ``utf-8``, ``utf-16-le``, ``gb18030``, ``cp950`` … It reads all of GB2312 and GBK as GB18030."""
    bom: bool = False
    """Whether the bytes opened with a byte order mark. It is not part of ``text``."""
    lossy: bool = False
    """Whether some bytes could not be read and stand as U+FFFD in ``text``; only ever so if the caller allowed it."""
    evidence: str = ""
    """What decided: ``byte order mark``, ``valid UTF-8``, ``told`` or the share of common characters."""


def sniff(data: bytes) -> str | None:
    """
    What the first bytes say the file is, if that is not text.

    >>> sniff(b"\\x89PNG\\r\\n\\x1a\\n")
    'a PNG image'
    """
    return next((name for at, mark, name in _SIGNATURES if data.startswith(mark, at)), None)


def plausibility(text: str) -> float:
    """
    The share of common Chinese among the non-ASCII characters of a sample of *text*; 0 if there are none.

    >>> plausibility("今年主要预期目标") > 0.6 > plausibility("浠婂勾涓昏棰勬湡鐩爣")
    True
    """
    half = len(text) // 2
    sample = text if len(text) <= 8000 else text[:4000] + text[half : half + 4000]
    wide = [c for c in sample if c > "\x7f"]
    return sum(c in _COMMON for c in wide) / len(wide) if wide else 0.0


def decode_bytes(data: bytes, encoding: str | None = None, *, lossy: bool = False) -> Decoded:
    """
    The text of *data*, with the encoding found (or told: *encoding*).

    Raises `ReadError`: ``binary`` for what is no text at all, ``encoding`` for bytes that no encoding reads whole. With
    ``lossy=True`` the latter are read in the likeliest encoding, U+FFFD standing for each damaged place, and
    `Decoded.lossy` says so.

    >>> decode_bytes("政府工作报告".encode("gbk")).encoding, decode_bytes("政府工作報告".encode("big5")).encoding
    ('gb18030', 'cp950')
    """
    expect(
        data,
        (bytes, bytearray),
        "decode_bytes wants bytes",
        "; text is decoded already" * isinstance(data, str),
    )
    if encoding is not None:
        expect(encoding, str, "want the name of an encoding as str, or None")
        return _told(data, encoding, lossy)
    if (kind := sniff(data)) is not None:
        raise ReadError("binary", f"this is {kind}")
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], name, True, lossy, "byte order mark")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
    else:
        return _utf8_or_twin(data, text)
    best = _best(data)
    if best is not None:
        return best
    _refuse_binary(data)
    if lossy:
        return _lossy(data)
    raise ReadError(
        "encoding",
        f"not UTF-8 (byte 0x{data[broken.start]:02x} at offset {broken.start}) and not readable Chinese in UTF-16, "
        "GB18030 or Big5; name the encoding, or allow loss (lossy=True, --lossy)",
    )


def _told(data: bytes, encoding: str, lossy: bool) -> Decoded:
    try:
        name = codecs.lookup(_ALIASES.get(encoding.lower(), encoding)).name.removesuffix("-sig")
        b"?".decode(name)  # base64 is a codec too, and gives no text
    except UnicodeDecodeError:  # half a character of UTF-16
        pass
    except (LookupError, ValueError):
        near = nearest(
            encoding.lower(), ("utf-8", "utf-16", "big5", "cp950", "big5hkscs", *_ALIASES, *_ALIASES.values())
        )
        raise ReadError("encoding", f"no encoding named {encoding!r}{near}") from None
    for mark, marked in _BOMS:
        if data.startswith(mark) and (
            marked == name or (name in ("utf-16", "utf-32") and marked.startswith(name))
        ):
            return _strictly(data[len(mark) :], marked, True, lossy, "told")
    return _strictly(data, name, False, lossy, "told")


def _strictly(data: bytes, name: str, bom: bool, lossy: bool, evidence: str) -> Decoded:
    try:
        return Decoded(_checked(data.decode(name)), name, bom, False, evidence)
    except UnicodeDecodeError as error:
        if lossy:
            return Decoded(_checked(data.decode(name, "replace")), name, bom, True, evidence)
        raise ReadError(
            "encoding",
            f"damaged {name} at byte {error.start} of {len(data)}: {error.reason}; or allow loss (lossy=True, --lossy)",
        ) from None


def _utf8_or_twin(data: bytes, text: str) -> Decoded:
    """Valid UTF-8 is UTF-8, except that UTF-16 of ASCII has NULs, and a few characters of GBK can pass for it."""
    if "\x00" in text:
        best = _best(data)
        if best is not None and best.encoding.startswith("utf-16"):
            return best
        raise ReadError("binary", "the file holds NUL characters: it is not text")
    if len(data) < 400 and not text.isascii() and not any("\u2e80" <= c <= "\u9fff" for c in text):
        best = _best(data)
        if best is not None and plausibility(best.text) >= 0.5:
            return best
    return Decoded(_checked(text), "utf-8", False, False, "ASCII" if text.isascii() else "valid UTF-8")


def _candidates(data: bytes) -> Iterator[tuple[str, str]]:
    # UTF-16 has an even number of bytes, and Chinese in it is one byte of 4E..9F in every two.
    names = ("utf-16-le", "utf-16-be") if len(data) % 2 == 0 else ()
    for name in (*names, "gb18030", *_BIG5):
        try:
            yield name, data.decode(name)
        except UnicodeDecodeError:
            continue


def _best(data: bytes) -> Decoded | None:
    scored = [(plausibility(text), name, text) for name, text in _candidates(data)]
    if not scored:
        return None
    share, name, text = max(scored, key=lambda row: row[0])  # the first of equals: cp950 before big5hkscs
    if share < _ENOUGH or "\x00" in text or _controls(text) > _FEW:
        return None
    return Decoded(text, name, False, False, f"{share:.0%} common Chinese characters")


def _lossy(data: bytes) -> Decoded:
    readings = [(data.decode(name, "replace"), name) for name in ("utf-8", "gb18030", "cp950")]
    text, name = max(readings, key=lambda row: (plausibility(row[0]), -row[0].count("\ufffd")))
    return Decoded(_checked(text), name, False, True, f"{text.count(chr(0xFFFD))} damaged places")


# form feed, vertical tab and the old end-of-file mark do occur in reports taken from PDFs and old editors
_CONTROL_BYTES = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1a")
_CONTROL = re.compile(f"[{re.escape(_CONTROL_BYTES.decode())}]")


def _controls(text: str) -> float:
    sample = text[:8000]
    return len(_CONTROL.findall(sample)) / max(1, len(sample))


def _checked(text: str) -> str:
    if "\x00" in text or _controls(text) > _FEW:
        raise ReadError("binary", "the file holds control characters that no text has")
    return text


def _refuse_binary(data: bytes) -> None:
    sample = data[:8000]
    odd = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    if 0 in sample or odd > _FEW * len(sample):
        raise ReadError(
            "binary", "the file holds bytes that no text has: an image or a program under a false name?"
        )
