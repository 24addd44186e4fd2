# Everything here needs python3 (3.11 or later) and make, nothing else.
# The environment is built in .venv, in parts, and a part again only when pyproject.toml or its lock
# changes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
# Byte code of all that is installed and has none yet. Some packages ship files that are no Python of
# this version: that is no failure, as it is none of pip, which would write it one package at a time.
WRITE_BYTECODE := $(BIN)/python -m compileall -qq $(VENV)/lib
COMPILER := $(VENV)/.compiler
COMPILED := $(VENV)/.compiled
PACKAGES := $(VENV)/.packages
RUNS := $(VENV)/.runs
STAMP := $(VENV)/.installed

DEMO := compare somme_reference somme_experiment somme_plus14 somme_portfolios50 --replications 6

.DEFAULT_GOAL := help
.PHONY: help install demo app test check test-order hostile interruptions mutants e2e check-workbook lint format docs scoreboard spending calibration-full bench peers site guide-pictures documented lock audit sbom release-check verify-law verify-discovery verify-chance clean

help:
	@echo "make install the environment in .venv and the compiled model; the others do it when it is needed"
	@echo "make demo    compare the Somme as it was with its experiment and two variations"
	@echo "make app     open the app in a browser"
	@echo "make test    linter, formatter, type checker and every test"
	@echo "make check   the same with the fast tests only, under 90 seconds"
	@echo "make test-order  every test, and keep what each file takes: the longest begin first"
	@echo "make e2e     the app in a real browser, a few minutes; screenshots go to out/"
	@echo "make hostile  a campaign of hostile inputs at every door, half an hour; writes its table"
	@echo "make interruptions  interrupt batches in six ways at 20 random moments each, half an hour"
	@echo "make mutants  change the behaviours in thousands of ways, see whether tests find it; an hour or more"
	@echo "make lint    linter, formatter, type checker"
	@echo "make format  rewrite the files in the common layout"
	@echo "make docs    write again what is written from tables: pages, schemas, CITATION.cff"
	@echo "make site    the documents as a site in build/site, every link and reference checked"
	@echo "make documented  run every command that the README and the guides print, an hour or more"
	@echo "make guide-pictures  take the pictures of the French guide again, from the app in a browser"
	@echo "make verify-chance  the keyed generator under the short tests of dieharder, where it is; writes docs/chance.md, an hour or less"
	@echo "make verify-discovery  hand a small batch to the EMA workbench, in an environment of its own"
	@echo "make verify-law  compare the allowance with OpenFisca-France, in an environment of its own"
	@echo "make scoreboard  score the forecasts again: docs/backtest.md, docs/spending.md, their part of docs/validation.md; a few minutes"
	@echo "make calibration-full  check the fit on 200 synthetic truths; 2,000 runs, an hour or less"
	@echo "make spending  write docs/spending_2019.md again, a minute"
	@echo "make check-workbook  recompute and print the budget workbook with LibreOffice, where it is"
	@echo "make bench   measure the speed of this machine"
	@echo "make peers   compare with C, Mesa, SimPy, salabim and Ciw on one small office, five minutes"
	@echo "make lock    write the four locks again from pyproject.toml"
	@echo "make release-check  the wheel, its demo, app and tests in empty environments, ten minutes for each Python"
	@echo "make sbom    what is installed from requirements.lock as a bill of materials in dist/"
	@echo "make clean   environments, runs and what is built are removed"
	@echo "make audit   licences and known vulnerabilities of two locks: the product, the builder of the site"

install: $(STAMP)

# What compiling the model needs comes first. Its byte code can wait: a small part of it is loaded.
$(COMPILER): requirements-compilation.lock
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed, found " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	@echo "Installing what compiling the model needs: ten packages, some seconds."
	@$(PIP_INSTALL) --require-hashes -r requirements-compilation.lock
	@touch $@

$(COMPILED): $(COMPILER)
	@$(BIN)/python -m sim.engine.warm
	@touch $@

$(PACKAGES): $(COMPILER) pyproject.toml requirements-run.lock
	@echo "Installing what else a run needs while the model is compiled: about forty packages."
	@$(PIP_INSTALL) --require-hashes -r requirements-run.lock
	@$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@$(WRITE_BYTECODE) || true
	@echo "  what a run needs is installed"
	@touch $@

# What a run of the model needs, installed while the model is compiled; then what the app, fits and
# tests need.
$(RUNS): pyproject.toml requirements-compilation.lock requirements-run.lock
	@$(MAKE) --no-print-directory --jobs=2 $(COMPILED) $(PACKAGES) || { echo \
		"The environment is not whole: *** above names the part that failed. The same command goes on from there." >&2; exit 1; }
	@touch $@

$(STAMP): $(RUNS) requirements.lock
	@echo "Installing what the app, fits and tests need: a hundred packages more, a minute or two."
	@$(PIP_INSTALL) --require-hashes -r requirements.lock
	@$(WRITE_BYTECODE) --workers 0 || true
	@touch $@

demo: $(RUNS)
	$(BIN)/caseload $(DEMO) --out runs/demo

app: $(STAMP)
	$(BIN)/caseload app

test: lint
	$(BIN)/python -m pytest

check: lint
	$(BIN)/python -m pytest -m "not slow"

test-order: $(STAMP)
	$(BIN)/python -m pytest --write-seconds

# The app in a real browser: Debian's chromium, Playwright, axe-core served from this machine.
e2e: $(STAMP)
	tests/e2e/prepare
	$(BIN)/python -m pytest tests/e2e -n 0 -m e2e

# The quick tests read the same commands without running them. DOCUMENTED='--folder build/documented'
# goes on where it stopped, DOCUMENTED='--at-most 30' stops what takes longer.
documented: $(STAMP)
	$(BIN)/python -m tests.docs.documented $(DOCUMENTED)

# Of a whole department, so that its numbers may be read: some minutes.
guide-pictures: $(STAMP)
	tests/e2e/prepare
	$(BIN)/python -m tests.e2e.guide_pictures

hostile: $(STAMP)
	$(BIN)/python -m tests.hostile --page docs/reliability.md

interruptions: $(STAMP)
	CASELOAD_TRIALS=20 $(BIN)/python -m pytest tests/functional/test_interruptions.py

# All of them, or with MUTANTS='--sample 300 --seed 2' some of each file; with MUTANTS='--file sanctions'
# those of one file, and the page stays as it is. What was interrupted goes on. cosmic-ray, which makes
# them, is no dependency: it has an environment of its own.
mutants: $(STAMP)
	CASELOAD_JIT=0 $(BIN)/python -m tests.mutants --page docs/mutants.md --known build/mutants.jsonl $(MUTANTS)

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(STAMP)
	$(BIN)/python tools/release_metadata.py
	$(BIN)/python -m sim.parameters.document docs/parameters.md
	$(BIN)/python -m sim.experiments.event_page docs/events.md
	$(BIN)/python -m ui.reports.budget.accounts_page docs/accounts.md
	$(BIN)/python -m ui.reports.labour_market_page docs/labour_market.md
	$(BIN)/python -c "from sim.policy import write_schema; print(write_schema())"
	$(BIN)/python -c "from pathlib import Path; from sim.batch.schema import write_plan_schema; \
		print(write_plan_schema(Path('docs/plans')))"
	$(BIN)/python -m benchmarks.validation --replications 0

# The builder is no dependency: it has an environment and a lock of its own.
site: .venv-site/.installed
	NO_MKDOCS_2_WARNING=1 PATH=.venv-site/bin:$$PATH .venv-site/bin/mkdocs build --strict

.venv-site/.installed: requirements-site.lock
	$(PYTHON) -m venv --clear .venv-site
	.venv-site/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

scoreboard: $(STAMP)
	$(BIN)/python -m ui.reports.forecast.scoreboard docs/backtest.md
	$(BIN)/python -m ui.reports.forecast.spending_board docs/spending.md
	$(BIN)/python -m benchmarks.validation --replications 0

check-workbook: $(STAMP)
	$(BIN)/python tools/check_workbook.py

spending: $(STAMP)
	$(BIN)/python -m ui.reports.forecast.spending_check_page docs/spending_2019.md

calibration-full: $(STAMP)
	$(BIN)/python -m pytest -n 0 tests/calibration
	$(BIN)/python -m calibration.long_checks docs/calibration

bench: $(STAMP)
	$(BIN)/python -m benchmarks

# Peers that are no dependency live in an environment of their own; without it the table says so.
peers: $(STAMP) .venv-peers/.installed
	$(BIN)/python -m benchmarks.peers

.venv-peers/.installed: benchmarks/peers/requirements.txt
	$(PYTHON) -m venv --clear .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

# OpenFisca-France (AGPL) is asked in another process and environment; it is no dependency.
verify-law: $(STAMP)
	$(BIN)/python tools/verify_law.py --environment .venv-openfisca

verify-chance: $(STAMP)
	$(BIN)/python tools/verify_chance.py --short --page docs/chance.md

verify-discovery: $(STAMP)
	$(BIN)/python tools/verify_discovery.py --environment .venv-discovery

# Licences from what is installed; pip-audit looks vulnerabilities up from an environment of its own.
audit: $(STAMP) .venv-site/.installed
	$(BIN)/python tools/audit.py --environment .venv-audit

# What the lock installs as a bill of materials, by a tool in an environment of its own.
sbom: $(STAMP)
	$(BIN)/python tools/sbom.py

# The wheel in empty environments, under every Python that the project declares and this machine has.
release-check: $(STAMP)
	$(BIN)/python tools/release_check.py $(addprefix --python=,$(PYTHONS)) $(DEMO)

# Writes names, versions and the digests of every published file: no registry address, no path of
# this machine. It needs uv, which nothing else does.
lock:
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile --quiet --universal --generate-hashes \
		--python-version 3.11 --extra app --extra calibration --extra cluster --extra dev --extra e2e \
		--output-file requirements.lock pyproject.toml
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile --quiet --universal --generate-hashes \
		--python-version 3.11 --extra build --constraint requirements.lock \
		--output-file requirements-run.lock pyproject.toml
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile --quiet --universal --generate-hashes \
		--python-version 3.11 --group compilation --constraint requirements.lock \
		--output-file requirements-compilation.lock
	UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile --quiet --universal --generate-hashes \
		--python-version 3.11 --group site --constraint requirements.lock \
		--output-file requirements-site.lock

clean:
	rm -rf $(VENV) .venv-openfisca .venv-discovery .venv-mutants .venv-audit .venv-peers .venv-sbom .venv-site build runs .mypy_cache .ruff_cache .pytest_cache .hypothesis
