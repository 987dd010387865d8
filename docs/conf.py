"""Sphinx configuration. `make docs` builds with warnings as errors."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

from zfreport import __version__

project = "zfreport"
author = "The zfreport authors"
copyright = author
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "zfdocs"]
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
language = "en"
html_search_language = "zh"  # the class in _ext/zfdocs.py: English words and Chinese pairs
default_role = "any"
nitpicky = True
nitpick_ignore_regex = [
    ("py:.*", r"(attrs|collections|datetime|decimal|fractions|os|pandas|pathlib|polars|pyarrow|typing)\..*"),
    ("py:class", "Axes"),
]
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True  # as written: the value of DEFAULT is a page of patterns
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = "zfreport"
html_static_path = ["_static"]
html_css_files = ["zfreport.css"]
