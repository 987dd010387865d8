"""
Many files, one after the other or on all cores: bounded memory, results in the order of the files, no file stops the rest.

And one function for engines that bring their own scheduler (Dask, Spark, Ray): `parse_batch`, Arrow in, Arrow out.
"""

from .engines import output_schema, parse_batch
from .jobs import Job, Reading, Result, find_files
from .resuming import Resumable
from .running import WorkersError, run
from .tabulating import Tabulate, Tabulated, numbered, tabulate

__all__ = [
    "Job",
    "Reading",
    "Result",
    "Resumable",
    "Tabulate",
    "Tabulated",
    "WorkersError",
    "find_files",
    "numbered",
    "output_schema",
    "parse_batch",
    "run",
    "tabulate",
]
