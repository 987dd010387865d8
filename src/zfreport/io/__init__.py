"""Files to text: encodings, HTML, docx, PDF, tables of texts. The only reader of files."""

from __future__ import annotations

from .encoding import Decoded, decode_bytes

__all__ = ["Decoded", "decode_bytes"]
