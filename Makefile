# `make check` is what CI runs: nothing more, nothing less.
PYTHON ?= $(if $(wildcard .venv/bin/python),.venv/bin/python,python3)

.PHONY: check lint types test docs bench corpus

check: lint types test docs

lint:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types:
	$(PYTHON) -m mypy src tests/typed_user.py

test:
	$(PYTHON) -m pytest -q

docs:
	$(PYTHON) -m sphinx -nW --keep-going -q -b html docs docs/_build/html
	$(PYTHON) docs/check_search.py docs/_build/html

bench:
	$(PYTHON) benchmarks

corpus:
	$(PYTHON) tools/corpus.py
