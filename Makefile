# Jobbro. `make demo` shows it, `make test` proves it. GNU make 3.81 (the one of macOS) is enough.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PORT ?= 8000
SIZE ?= 300
# So many tests at once, each process with a database and a browser of its own, at most four. 0: one after the other.
WORKERS ?= auto
# E2E=required makes browser tests fail where they would be skipped for want of a browser.
E2E ?=
VENV := .venv
PY := $(VENV)/bin/python
export PORT E2E
export UV_PYTHON_DOWNLOADS = never

.PHONY: demo test help setup setup-dev lint fix check engines rules bench demo-reset messages lock

demo: setup ## start everything with fictive people on http://127.0.0.1:PORT (8000)
	@exec $(VENV)/bin/jobbro demo --size $(SIZE)

test: setup-dev ## everything needed, then all tests; E2E=required demands a browser
	@$(PY) -m pytest -n $(WORKERS) --maxprocesses 4 --dist worksteal

help: ## what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.stamp ## virtual environment with what the product needs
setup-dev: $(VENV)/.stamp-dev ## and what its developers need

$(VENV)/.stamp: requirements.lock pyproject.toml tools/setup
	@tools/setup $(if $(wildcard $(VENV)/.stamp-dev),requirements-dev.lock,requirements.lock)
	@touch $@

$(VENV)/.stamp-dev: requirements-dev.lock pyproject.toml tools/setup
	@tools/setup requirements-dev.lock
	@touch $(VENV)/.stamp $@

lint: setup-dev ## style, templates, imports between floors, types, migrations, translations
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(VENV)/bin/djlint --lint --quiet jobbro
	$(VENV)/bin/lint-imports
	$(PY) -m mypy
	DJANGO_SETTINGS_MODULE=config.settings.test $(PY) -W ignore::RuntimeWarning -m django makemigrations --check --dry-run
	$(VENV)/bin/jobbro messages check

fix: setup-dev ## mend what can be mended by itself
	$(PY) -m ruff check --fix
	$(PY) -m ruff format

check: lint ## the same as lint

engines: setup-dev ## the thinking alone: no database, no Django, under five seconds
	@printf '%s\n' tests/engines/[a-z]*/ | \
	PYTHONDONTWRITEBYTECODE= PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 xargs -P 2 -n 1 $(PY) -m pytest -q

rules: setup-dev ## the rules of the schemes: whole, tested, proved, and their law book up to date
	@$(VENV)/bin/jobbro schemes check
	@$(VENV)/bin/jobbro schemes test --mutate
	@$(VENV)/bin/jobbro schemes docs --check
	@$(VENV)/bin/jobbro schemes prove

bench: setup ## figures of fit, schemes, economics, carving, matching, fair spread and pages, small size
	@$(VENV)/bin/jobbro bench fit --size S
	@$(VENV)/bin/jobbro bench schemes --size S
	@$(VENV)/bin/jobbro bench economics --size S
	@$(VENV)/bin/jobbro bench carve --size S
	@$(VENV)/bin/jobbro bench match --size S
	@$(VENV)/bin/jobbro bench allocate --size S
	@$(VENV)/bin/jobbro bench pages --size S

demo-reset: setup ## delete the demo data and begin anew
	@exec $(VENV)/bin/jobbro demo --reset --size $(SIZE)

messages: setup-dev ## gather texts into the Danish catalogue, then check that each is translated
	$(VENV)/bin/jobbro messages update

lock: setup-dev ## choose versions anew; needs uv
	uv pip compile --upgrade --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  --extra setup pyproject.toml -o requirements.lock
	uv pip compile --upgrade --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  --extra setup --extra dev --extra bench --extra ray -c requirements.lock pyproject.toml -o requirements-dev.lock
