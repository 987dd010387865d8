"""
Coverage-guided fuzzing: ``python fuzz/fuzz.py parse|scan|number|html|rows|decode [libFuzzer options]``.

With ``pip install atheris``. ``-max_total_time=120`` stops after two minutes; a finding is printed as a line for
``tests/cases/fuzz-TARGET.txt``, which keeps it from coming back. The invented bytes become words of the genre, not
random characters, for those are what the rules look at.
"""

from __future__ import annotations

import json
import sys

import atheris
from words import HTML, ROWS, WORDS

with atheris.instrument_imports(include=["zfreport"]):
    # the package loads its modules when they are first asked for, which would be too late for instruments
    import oracles

    import zfreport.facts
    import zfreport.headings
    import zfreport.io.html
    import zfreport.io.rows
    import zfreport.metadata
    import zfreport.numerals
    import zfreport.parser
    import zfreport.quantities  # noqa: F401


def spell(data: bytes, words: list[str]) -> str:
    """The text that *data* stands for."""
    return "".join(words[byte % len(words)] for byte in data)


def main() -> None:
    target = sys.argv.pop(1)
    if target == "decode":
        check, read, shown = oracles.check_decode, bytes, lambda data: data.hex()
    else:
        words = {"html": HTML, "rows": ROWS}.get(target, WORDS)
        check, read, shown = oracles.TEXT_CHECKS[target], lambda data: spell(data, words), json.dumps

    def one(data: bytes) -> None:
        value = read(data)
        try:
            check(value)
        except Exception as error:
            print(f"\n# {type(error).__name__}: {error}\n{shown(value)}", file=sys.stderr)
            raise

    atheris.Setup([*sys.argv, "-max_len=400", "-timeout=20", "-artifact_prefix=/tmp/"], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
