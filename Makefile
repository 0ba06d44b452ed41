# Steward. `make` lists what there is to do; every target works on a fresh clone and needs Python >= 3.11 and Node >= 20 only.
.DEFAULT_GOAL := help
.PHONY: help setup setup-developer run test test-long check format bench evals train docs lock clean

PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; exit; }; done; echo python3)
BIN := .venv/bin

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | awk -F'\t' '{printf "  make %-16s %s\n", $$1, $$2}'

setup: ## everything that `run` needs; only what changed is done again
	@$(PYTHON) -m deploy.setup

setup-developer: ## the same with what tests and checks need
	@$(PYTHON) -m deploy.setup --developer

run: setup ## serve http://127.0.0.1:8000 (STEWARD_PORT), with a demo customer
	@$(BIN)/steward serve --with-parent

test: setup-developer ## the tests (<= 12 minutes on 2 cores); ARGS="-k name" for some
	@$(BIN)/python -m pytest -n 2 --dist loadfile -m "not long" $(ARGS)
	@npm --prefix web/ui run --silent test

test-long: setup-developer ## fuzzing, faults and all journeys
	@HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest $(ARGS)

check: setup-developer ## format, ruff, mypy strict, imports, bandit, tidy, front end
	@echo "ruff format" && $(BIN)/ruff format --check --output-format concise .
	@echo "ruff" && $(BIN)/ruff check --quiet .
	@echo "mypy" && $(BIN)/mypy --no-error-summary
	@echo "imports" && $(BIN)/lint-imports --no-logo > var/log/imports.log || { cat var/log/imports.log; exit 1; }
	@echo "bandit" && $(BIN)/bandit --quiet --recursive --severity-level high --configfile pyproject.toml $(PACKAGES)
	@echo "tidy" && $(BIN)/python -m pytest --quiet tests/test_tidy.py
	@echo "front end" && npm --prefix web/ui run --silent check

PACKAGES := kit ledger customers risk knowledge tools assistant web migrations

format: setup-developer ## rewrite into the house format
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --quiet --fix .

bench: setup-developer ## measure; NAME= start or ask, else all
	@$(BIN)/python -m benchmarks $(NAME)

evals: setup-developer ## judge answers; NAME= money, router, knowledge, recurring, categories or llm, else all
	@$(BIN)/python -m tests.evals $(NAME)

train: setup-developer ## fit the models again from our own texts
	@$(BIN)/steward train

docs: setup-developer ## regenerate what docs/ and the front end take from the code
	@$(BIN)/python -m deploy.docs
	@$(BIN)/python -m web.api.openapi > web/ui/openapi.json && npm --prefix web/ui run --silent generate

lock: setup-developer ## pin the versions of pyproject.toml's packages anew
	@$(PYTHON) -m deploy.lock

clean: ## remove what set-up made; never var/'s data
	@rm -rf .venv web/ui/node_modules web/ui/dist .mypy_cache .ruff_cache .import_linter_cache .pytest_cache .hypothesis htmlcov *.egg-info var/models
