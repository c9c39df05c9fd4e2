# Everything a newcomer needs: `make demo` and `make test`. Nothing but Python 3.11+, make and the package index.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PORT ?= 8000
UV_VERSION := 0.13.9
VENV := .venv
PYTHON := $(VENV)/bin/python
BASE_PYTHON := $(shell for p in python3.11 python3.12 python3.13 python3; do \
  if command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; \
  then echo $$p; break; fi; done)

.PHONY: help demo demo-reset test lint bench prove docs lock sbom

help: ## what you can do
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1	\2/' | expand -t 22

$(VENV)/bin/uv:
	@if [ -z "$(BASE_PYTHON)" ]; then echo "Casustafel needs Python 3.11, 3.12 or 3.13, and none of them is on the PATH." >&2; exit 1; fi
	@$(BASE_PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing: install it (Debian: apt-get install python3-venv)." >&2; exit 1; }
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION) || { echo "The package index can't be reached, so nothing can be installed." >&2; exit 1; }

$(VENV)/.runtime: requirements.lock | $(VENV)/bin/uv
	@test -e $(VENV)/.dev || VIRTUAL_ENV=$(VENV) $(VENV)/bin/uv pip install --quiet --system-certs --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(VENV)/bin/uv
	@VIRTUAL_ENV=$(VENV) $(VENV)/bin/uv pip install --quiet --system-certs --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.runtime

$(VENV)/.bench: requirements-bench.lock $(VENV)/.dev
	@VIRTUAL_ENV=$(VENV) $(VENV)/bin/uv pip install --quiet --system-certs --require-hashes -r requirements-bench.lock
	@touch $@

demo: $(VENV)/.runtime ## the whole system with a fictional municipality, on PORT (8000)
	@PORT=$(PORT) exec $(PYTHON) -m config.demo_run

demo-reset: $(VENV)/.runtime ## throw the demo's data away; the next `make demo` starts anew
	@exec $(PYTHON) -m config.demo_run reset

test: lint ## lint, types, contracts, then all tests (brings its own PostgreSQL)
	@exec $(PYTHON) -m pytest -n 2 --dist loadgroup -m "not prove"

lint: $(VENV)/.dev ## format, lint, templates, types, import contracts, dependencies
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	@git ls-files -co --exclude-standard 'templates/*.html' | xargs $(VENV)/bin/djade --check --target-version 5.2
	@. tests/env.sh && $(VENV)/bin/mypy .
	@. tests/env.sh && $(VENV)/bin/lint-imports
	$(VENV)/bin/deptry .

bench: $(VENV)/.bench ## what things cost beside others, in one run; SIZES="1000 10000" chooses how many cases
	@exec $(PYTHON) -m bench $(SIZES)

prove: $(VENV)/.dev ## every proof at its full size: a line each, and build/proofs.json
	@rm -f build/proofs.json
	@exec $(PYTHON) -m pytest --prove -n 2 -m "prove or proof"

docs: $(VENV)/.dev ## writes the generated pages under docs/
	@. tests/env.sh && $(PYTHON) manage.py generate_docs

sbom: $(VENV)/.dev ## what is in it: build/sbom.cdx.json (CycloneDX), from the lock file
	@mkdir -p build
	$(VENV)/bin/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --spec-version 1.6 -o build/sbom.cdx.json requirements.lock

lock: $(VENV)/bin/uv ## resolves pyproject.toml anew into both lock files
	$(VENV)/bin/uv pip compile pyproject.toml --extra embedded --universal --generate-hashes --no-emit-index-url --no-header --no-annotate -q -U -o requirements.lock
	$(VENV)/bin/uv pip compile pyproject.toml --extra embedded --extra vault --extra pkcs11 --group dev --universal --generate-hashes --no-emit-index-url --no-header --no-annotate -q -U -o requirements-dev.lock
	$(VENV)/bin/uv pip compile pyproject.toml --extra embedded --extra vault --extra pkcs11 --group dev --group bench --universal --generate-hashes --no-emit-index-url --no-header --no-annotate -q -U -o requirements-bench.lock
