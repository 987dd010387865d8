"""Checks the search index of the built documentation: words that a reader of either language would type are in it."""

import json
import sys
from pathlib import Path

WORDS = ("目标", "提纲", "outlin", "target")  # English words as their stems


def main() -> int:
    """Exit 1, naming the words, if one of them is not found."""
    index = Path(sys.argv[1], "searchindex.js").read_text("utf-8")
    built = json.loads(index[len("Search.setIndex(") : -1])
    terms = built["terms"].keys() | built["titleterms"].keys()
    missing = [word for word in WORDS if word not in terms]
    if missing:
        print(f"not in the search index: {', '.join(missing)}", file=sys.stderr)
    return bool(missing)


if __name__ == "__main__":
    sys.exit(main())
