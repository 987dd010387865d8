"""Beyond one machine: `parse_batch` inside Dask, Spark and Ray gives what it gives here. Skipped where they are not installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from zfreport.batch import output_schema, parse_batch

pa = pytest.importorskip("pyarrow")

TEXT = Path(__file__).resolve().parent.parent.joinpath("examples", "county-2024.txt").read_text("utf-8")

pytestmark = [
    pytest.mark.filterwarnings("ignore"),  # the engines' own
]


@pytest.fixture(scope="module")
def texts():
    """Twelve reports that differ in their GDP target, and one row without a text."""
    rows = [TEXT.replace("6.5%左右", f"{n}%左右") for n in range(1, 13)]
    return pa.RecordBatch.from_pydict({"id": [f"r{n:02}" for n in range(1, 14)], "text": [*rows, None]})


@pytest.fixture(scope="module")
def wanted(texts):
    found = parse_batch(texts, "targets", keep=["id"]).to_pylist()
    assert len({r["id"] for r in found}) == 12
    return found


def test_dask_on_two_processes(texts, wanted):
    """Each partition is an Arrow batch, parsed by one of two worker processes that the test starts."""
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, memory_limit=0
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        parts = [texts.slice(start, 4) for start in range(0, texts.num_rows, 4)]
        futures = client.map(parse_batch, parts, table="targets", keep=["id"], key="parse")
        found = pa.Table.from_batches(client.gather(futures)).to_pylist()
        owners = {worker for holders in client.who_has(futures).values() for worker in holders}
    assert found == wanted
    assert len(owners) == 2


def test_dask_dataframe(texts, wanted):
    """The same with ``map_partitions`` of a Dask data frame."""
    dd = pytest.importorskip("dask.dataframe")
    pandas = pytest.importorskip("pandas")
    meta = (
        output_schema("targets", pa.schema([("id", pa.string())]))
        .empty_table()
        .to_pandas(types_mapper=pandas.ArrowDtype)
    )

    def parse(frame):
        batch = pa.RecordBatch.from_pandas(frame, preserve_index=False)
        found = pa.Table.from_batches([parse_batch(batch, "targets", keep=["id"])])
        return found.to_pandas(types_mapper=pandas.ArrowDtype)

    frame = dd.from_pandas(texts.to_pandas(), npartitions=3)
    found = frame.map_partitions(parse, meta=meta).compute(scheduler="sync")
    assert found["low"].tolist()[0] == wanted[0]["low"]
    assert found["id"].tolist() == [r["id"] for r in wanted]


SPARK = """
import sys
import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema
from zfreport.batch import output_schema, parse_batch

source, target = sys.argv[1:]
spark = (
    SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    .config("spark.sql.shuffle.partitions", "2").config("spark.driver.host", "127.0.0.1")
    .config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
)
spark.sparkContext.setLogLevel("ERROR")

def parse(batches):
    for batch in batches:
        yield parse_batch(batch, "targets", keep=["id"])

schema = from_arrow_schema(output_schema("targets", pa.schema([("id", pa.string())])))
rows = spark.read.parquet(source).repartition(3).mapInArrow(parse, schema).orderBy("id", "start", "tier", "indicator").collect()
import json
with open(target, "w", encoding="utf-8") as file:
    json.dump([[r["id"], r["indicator"], str(r["low"]), r["start"]] for r in rows], file)
spark.stop()
"""


def test_spark_map_in_arrow(texts, wanted, tmp_path):
    """Local mode with two threads, in a process of its own: a Java virtual machine does not leave quietly."""
    pytest.importorskip("pyspark")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java 17")
    from pyarrow import parquet

    parquet.write_table(pa.Table.from_batches([texts]), tmp_path / "texts.parquet")
    script = tmp_path / "job.py"
    script.write_text(SPARK, "utf-8")
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable}
    run = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "texts.parquet"), str(tmp_path / "out.json")],
        capture_output=True,
        text=True,
        timeout=170,
        env=environment,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    import json

    found = json.loads((tmp_path / "out.json").read_text("utf-8"))
    ordered = sorted(wanted, key=lambda r: (r["id"], r["start"], r["tier"], r["indicator"]))
    assert found == [[r["id"], r["indicator"], str(r["low"]), r["start"]] for r in ordered]


def test_ray_data(texts, wanted):
    """Ray Data with ``batch_format="pyarrow"``."""
    ray = pytest.importorskip("ray")
    ray.init(num_cpus=2, include_dashboard=False, logging_level="ERROR")
    try:
        data = ray.data.from_arrow(pa.Table.from_batches([texts]))

        def parse(table):
            return pa.Table.from_batches([parse_batch(b, "targets", keep=["id"]) for b in table.to_batches()])

        found = data.map_batches(parse, batch_format="pyarrow", batch_size=4).take_all()
    finally:
        ray.shutdown()
    order = ("id", "start", "tier", "indicator")
    assert [r["low"] for r in sorted(found, key=lambda r: tuple(map(r.get, order)))] == [
        r["low"] for r in sorted(wanted, key=lambda r: tuple(map(r.get, order)))
    ]
