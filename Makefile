PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check -q

.PHONY: demo test setup eval lint clean

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) install -c constraints.txt -e '.[demo,mcp,eval,train,dev]'
	touch $@

demo: setup
	$(BIN)/python app.py

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: lint
	$(BIN)/python -m pytest

eval: setup
	$(BIN)/python -m eval $(ARGS)
	$(BIN)/python -m eval gate

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
