# Needs Python 3.11 or newer and make; everything else goes into .venv.
# `make help` lists what can be asked for.

VENV := .venv
# Windows (make and sh of Git Bash or MSYS2) has another folder for programs
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
PYTHON := $(BIN)/python.exe
else
BIN := $(VENV)/bin
PYTHON := $(BIN)/python
endif
# only errors: neither news of newer versions nor remarks on how this machine finds its packages
PIP := $(PYTHON) -m pip --disable-pip-version-check -qq
CPU_WHEELS := https://download.pytorch.org/whl/cpu
# Tests and measurements never look for a model on the network.
test check-fast bench: export HF_HUB_OFFLINE := 1

.DEFAULT_GOAL := help
.PHONY: help install demo test check-fast lint format docs bench axe clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(VENV)/.dev ## .venv with kiroku and the tools of its developers

demo: $(VENV)/.runtime ## ingest the sample council and ask it four questions
	@$(BIN)/kiroku demo

test: $(VENV)/.dev lint ## every check: style, types, import arrows, tests and their coverage
	@echo '== pytest'
	@$(PYTHON) -m pytest -n 2 --dist loadfile --cov --cov-report=term

check-fast: $(VENV)/.dev lint ## in 90 seconds: all of lint, and the tests that need neither model nor process
	@echo '== pytest, fast'
	@$(PYTHON) -m pytest -q -n 2 --dist loadfile -m 'not slow'

lint: $(VENV)/.dev ## style, types and import arrows, without the tests
	@echo '== ruff check'
	@$(BIN)/ruff check --quiet .
	@echo '== ruff format'
	@$(BIN)/ruff format --quiet --check .
	@echo '== mypy'
	@$(BIN)/mypy
	@echo '== lint-imports'
	@$(BIN)/lint-imports

format: $(VENV)/.dev ## put the code into the one layout and mend what can be mended
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

docs: $(VENV)/.dev ## write the commands' help and the settings into docs/commands.md
	@$(PYTHON) -m cli.reference docs/commands.md

bench: $(VENV)/.dev ## measure: tables on standard output, raw numbers in benchmarks/results
	@for name in speed quality marked mutated extracts scale segments faults; do \
		echo "== $$name"; $(PYTHON) -m "benchmarks.$$name" || exit 1; \
	done
	@# not by default: it installs other libraries first (2 GB) and takes an hour
	@if [ -n "$(SIDE_BY_SIDE)" ]; then \
		echo '== side_by_side'; $(PYTHON) -m benchmarks.side_by_side; \
	fi

axe: ## fetch axe-core (npm) for the tests of the viewer's accessibility
	@mkdir -p .cache/axe && cd .cache/axe \
		&& npm pack --silent axe-core@4.14.1 >/dev/null && tar xzf axe-core-4.14.1.tgz

clean: ## remove .venv and everything that tools left behind
	@rm -rf $(VENV) build dist *.egg-info .coverage .coverage.* .mypy_cache .ruff_cache \
		.pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(PYTHON):
	@python=; \
	for candidate in python3.11 python3.12 python3.13 python3.14 python3 python; do \
		if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			python=$$candidate; break; \
		fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo 'make: no Python 3.11 or newer on the PATH: install one and try again' >&2; exit 1; \
	fi; \
	echo "Making $(VENV) with $$($$python --version)"; \
	"$$python" -m venv $(VENV)

# torch first and alone: asked for through another package, Linux gets the CUDA build and its
# gigabytes. Sources that are set up on this machine come first, PyTorch's own second; where
# neither has the wheel, the step after this one takes what the package index has.
$(VENV)/.torch: constraints.txt | $(PYTHON)
	@echo 'Installing PyTorch (CPU)'
	@torch=$$(sed -n 's/^torch==//p' constraints.txt); \
	$(PIP) install --no-deps "torch==$$torch+cpu" 2>/dev/null \
		|| $(PIP) install --no-deps --retries 1 --index-url $(CPU_WHEELS) "torch==$$torch" \
		|| echo 'No CPU wheel of PyTorch could be had: taking the one of the package index'
	@touch $@

$(VENV)/.runtime: pyproject.toml $(VENV)/.torch
	@echo 'Installing Kiroku (the first time takes some minutes)'
	@$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.torch
	@echo 'Installing Kiroku and the tools of its developers (the first time takes some minutes)'
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $(VENV)/.runtime $@
