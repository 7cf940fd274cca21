# What a developer does here. `make run` and `make test` need nothing done before.

PYTHON ?= python3
BIN := .venv/bin
EXTRAS := postgresql,test,analysis,benchmark

# Programs the tests use beside Python, as package:program of Debian.
SYSTEM := postgresql:initdb chromium:chromium

.PHONY: help install run lab test lint system bench clean

help:
	@echo "make run      the demo schools in a workbench of your own"
	@echo "make lab      JupyterLab with the examples of analysis, on the demo or on your own database"
	@echo "make test     everything that must hold: lint, types, layers, tests"
	@echo "make install  the environment in .venv (run and test do this themselves)"
	@echo "make lint     ruff, mypy and import-linter only"
	@echo "make bench    the benchmarks"
	@echo "make clean    remove what can be made again"

install: .venv/installed

.venv/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' \
		|| { echo "The venv module is missing: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[$(EXTRAS)]"
	@touch $@

run: install
	$(BIN)/leerid demo --serve

# The environment of an own database goes before the demo's.
lab: install
	@set -e; if [ -z "$$LEERID_DATABASE_URL" ]; then \
		$(BIN)/leerid demo; \
		export LEERID_DATABASE_URL="sqlite:///$(CURDIR)/demo/leerid.sqlite"; \
	fi; \
	$(BIN)/jupyter lab --notebook-dir notebooks/analysis

test: lint system
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

system:
	@.ci/system $(SYSTEM)

bench: install
	@set -e; for benchmark in benchmarks/*.py; do $(BIN)/python $$benchmark; done

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist build demo
	find . -name __pycache__ -prune -exec rm -rf {} +
