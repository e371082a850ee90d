# Needs Python 3.11 or newer with its venv module, git and make; everything else comes from the
# lock files. Uses nothing newer than the make 3.81 that macOS ships.

MINUTES ?= 25
WORKERS ?= 2
BIN     := .venv/bin
PIP     := $(BIN)/python -m pip -qq --disable-pip-version-check install
LOCKED  := $(PIP) --only-binary=:all: --require-hashes
ITSELF  := $(PIP) --no-deps --no-build-isolation --editable .
LOCK    := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: \
           --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)

.PHONY: help run test check soak bench audit openapi law lock clean
.DELETE_ON_ERROR:

help: ## say what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  PYTHON=python3.13 make run   builds .venv with that Python"
	@echo "  TRAVELBAN_PORT=9000 make run   settings come from the environment"

run: .venv/.runtime ## set up, assess a sample report, serve on 127.0.0.1:8000
	@exec $(BIN)/travelban serve --sample

test: .venv/.dev ## set up, run the tests, in several processes (WORKERS=2)
	@$(BIN)/pytest --numprocesses $(WORKERS) --dist worksteal

check: .venv/.dev ## style, types, floors, migrations, Dockerfile, documentation
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(wildcard app scripts tests benchmarks)
	$(BIN)/lint-imports --no-cache
	$(BIN)/python scripts/alembic_check.py
	$(BIN)/hadolint Dockerfile
	$(BIN)/python scripts/dockerfile_steps.py
	$(if $(wildcard tests/docs),$(BIN)/pytest tests/docs)

soak: .venv/.dev ## what takes longer, drawn at random from a printed seed (MINUTES=25)
	@$(BIN)/python -m tests.soak --minutes $(MINUTES)

bench: .venv/.dev ## measure speed and memory
	@$(BIN)/python -m benchmarks

audit: .venv-audit/.made ## look the locked packages up among known vulnerabilities (needs the network)
	@sh scripts/audit.sh

openapi: .venv/.dev ## write openapi.json anew
	$(BIN)/python scripts/openapi.py > openapi.json

law: .venv/.dev ## write docs/law.md anew from data/law
	$(BIN)/python scripts/law_document.py > docs/law.md

lock: .venv/.dev ## compile the lock files from pyproject.toml (UPGRADE=1 takes newer versions)
	$(LOCK) --extra postgres --extra build pyproject.toml --output-file requirements.lock
	$(LOCK) $(foreach extra,postgres html build dev,--extra $(extra)) --constraints requirements.lock pyproject.toml --output-file requirements-dev.lock
	echo 'pip-audit>=2.10,<3' | $(LOCK) - --output-file requirements-audit.lock

clean: ## remove what make made; what is on record in var/ stays
	rm -rf .venv .venv-audit .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	rm -rf build htmlcov *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A link to a Python that is gone counts as no file, so an environment that lost its Python is
# built anew.
$(BIN)/python:
	@python=$$(sh scripts/find_python.sh) || exit 1; \
	 echo "Building .venv with $$("$$python" --version) ..."; \
	 "$$python" -m venv --clear .venv || { rm -rf .venv; exit 1; }

.venv/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing packages, once ..."
	@$(LOCKED) -r requirements.lock
	@$(ITSELF)
	@touch $@

# The larger set holds the smaller one in the same versions.
.venv/.dev: requirements-dev.lock requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing packages for development, once ..."
	@$(LOCKED) -r requirements-dev.lock
	@$(ITSELF)
	@touch .venv/.runtime $@

# What looks for vulnerabilities has an environment of its own: none of it is needed for anything else.
.venv-audit/.made: requirements-audit.lock
	@python=$$(sh scripts/find_python.sh) || exit 1; "$$python" -m venv --clear .venv-audit
	@.venv-audit/bin/python -m pip -qq --disable-pip-version-check install --only-binary=:all: --require-hashes -r requirements-audit.lock
	@touch $@
