# make demo: grade the example class.  make test: everything that CI runs.  make venv: the environment alone.
# make bench: measure, install the graders that are compared, and write docs/performance.md; half an hour.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT := out/demo

.PHONY: demo test venv bench clean

demo: venv
	$(BIN)/autograder grade --submissions examples/class --output $(OUT)

test: venv
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest
	$(BIN)/autograder verify

bench: venv
	$(BIN)/python -m benchmarks.performance

venv: $(VENV)/.complete

# Made anew when what it is made from changes; complete only when the last step is.
$(VENV)/.complete: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; try make PYTHON=python3.11")'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) .autograder out
