# BudgetCollab. Two doors: `make run` and `make test`. The others are for those who build it.
#
#   make run     install, build, load the demo season, serve it (PORT=8000)
#   make reset   forget everything that was entered; the next run begins anew
#   make test    everything: unit tests to browser journeys, on SQLite and on PostgreSQL
#   make check   lint, types, import contracts, migrations, deployment settings
#   make lock    renew the locks from pyproject.toml and package.json
#   make bench   each page's time as a ratio to a bare page; writing together; hints; comparing
#   make pictures  the pictures of the README, from the demo season
#   make screens   the main screens at three widths, light and dark, and the gallery beside stock
#                  Bootstrap, in docs/screens
#   make audit     every page in every combination of width, colours and role; result in docs/audit.md

SHELL := /bin/sh
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

PORT ?= 8000
MODE ?= demo
export MODE PORT

# The first Python that is new enough; `make PYTHON=…` chooses another.
PYTHON ?= $(shell for p in python3.12 python3.11 python3 python; do \
	$$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
PY := .venv/bin/python
# The locks are complete, so nothing is resolved: what they name is installed, and pip asks nothing
# about extras (a package that another names with an extra would be looked for beyond the lock).
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps

# The machine's Node if it has npm, else the one from its own small lock.
ifeq ($(shell command -v npm 2>/dev/null),)
NODE_READY := .venv/.node
NODE := $(PY) tools/node.py
NPM := $(PY) tools/node.py npm
else
NODE_READY :=
NODE := node
NPM := npm
endif

MIGRATIONS := $(wildcard */migrations/*.py)
SOURCES := $(wildcard frontend/*.mjs frontend/js/*.js frontend/js/*/*.js frontend/scss/*.scss frontend/scss/*/*.scss)
PURE := $(wildcard */arithmetic.py */workflow.py */rules.py */actions.py \
	*/arithmetic/*.py */rules/*.py */actions/*.py)
PYTEST := $(PY) -m pytest $(PYTEST_ARGS)

.PHONY: run reset test test-fast lock bench pictures screens audit assets ready format \
	check lint types contracts migrations deployment

run: .venv/.runtime static/dist/.built var/.migrated var/.demo
	@exec $(PY) -m budgetcollab.serve

reset:
	@rm -rf var
	@echo "All data of this copy is gone. 'make run' begins anew."

ready: .venv/.dev static/dist/.built

# --- Environment ------------------------------------------------------------------------------

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "BudgetCollab needs Python 3.11 or newer with venv; none was found on the path."; exit 1; }
	@echo "Making the environment …"
	@$(PYTHON) -m venv .venv

.venv/.runtime: requirements.lock | .venv/bin/python
	@echo "Installing the locked packages …"
	@$(PIP) -r requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock | .venv/bin/python
	@echo "Installing the locked packages of development …"
	@$(PIP) -r requirements-dev.lock
	@touch $@ .venv/.runtime

.venv/.node: requirements-node.lock | .venv/bin/python
	@echo "Installing Node …"
	@$(PIP) -r requirements-node.lock
	@touch $@

node_modules/.ready: package-lock.json package.json | $(NODE_READY)
	@echo "Installing the front end's packages …"
	@$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

static/dist/.built: $(SOURCES) node_modules/.ready | $(NODE_READY)
	@$(NODE) frontend/build.mjs
	@touch $@

assets: static/dist/.built

# --- Data of the demo -------------------------------------------------------------------------

var/.migrated: $(MIGRATIONS) .venv/.runtime
	@mkdir -p var
	@$(PY) manage.py migrate --verbosity 0
	@touch $@

var/.demo: | var/.migrated
	@echo "Loading the Larkmoor demo season …"
	@$(PY) manage.py load_demo
	@touch $@

# --- Proof ------------------------------------------------------------------------------------

# First the suite on SQLite, then all of it with the races and the browser journeys on
# PostgreSQL and a real Redis.
test: .venv/.dev static/dist/.built
	@echo "== SQLite"
	TEST_DB=sqlite $(PYTEST) -m "not postgres and not browser"
	@echo "== PostgreSQL, Redis, Chromium"
	$(PY) tools/services.py postgres redis chromium -- env TEST_DB=postgres $(PYTEST) -m "not once"

test-fast: .venv/.dev
	TEST_DB=sqlite $(PYTEST) -m "not postgres and not browser"

# `make -k check` goes on after a finding and tells them all.
check: lint types contracts migrations deployment

lint: .venv/.dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) tools/templates.py --check

types: .venv/.dev
	MODE=test $(PY) -m mypy $(PURE)

contracts: .venv/.dev
	.venv/bin/lint-imports --no-logo

migrations: .venv/.dev
	MODE=test VAR_DIR=.cache/check $(PY) manage.py makemigrations --check --dry-run

deployment: .venv/.dev
	$(PY) tools/check_deploy.py

format: .venv/.dev
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	$(PY) tools/templates.py

bench: .venv/.dev static/dist/.built
	$(PY) tools/services.py postgres redis -- $(PY) benchmarks/run.py
	$(PY) tools/services.py postgres redis -- $(PY) benchmarks/live.py
	$(PY) tools/services.py postgres redis chromium -- $(PY) benchmarks/keystroke.py
	$(PY) tools/services.py postgres redis -- $(PY) benchmarks/overlap.py
	$(PY) -m benchmarks.compare

pictures: .venv/.dev static/dist/.built
	$(PY) tools/services.py postgres redis chromium -- env TEST_DB=postgres PICTURES=$(CURDIR)/docs/pictures \
		$(PYTEST) -n0 tests/journeys/test_pictures.py

screens: .venv/.dev static/dist/.built
	$(PY) tools/services.py postgres redis chromium -- env TEST_DB=postgres SCREENS=$(CURDIR)/docs/screens \
		$(PYTEST) -n0 tests/journeys/test_pictures.py tests/journeys/test_stock.py

audit: .venv/.dev static/dist/.built
	$(PY) tools/services.py postgres redis chromium -- env TEST_DB=postgres AUDIT=$(CURDIR)/docs/audit.md \
		$(PYTEST) -n0 tests/journeys/test_every_page.py

lock: | .venv/bin/python $(NODE_READY)
	@$(PIP) -r requirements-dev.lock
	$(PY) tools/lock.py
	$(NPM) install --package-lock-only --ignore-scripts --no-audit --no-fund --loglevel=error
