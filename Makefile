# make demo: grade the example class.  make check: what a change needs.  make test: everything that CI runs.
# make venv: the environment alone.  make keys: record the answer keys of the demo again.
# make docs: the site.
# make bench: measure, install the graders that are compared, and write docs/performance.md; half an hour.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := .venv-demo
OTHER := .venv-$(notdir $(PYTHON))
# One process more than there are cores: some tests wait for other processes, or for limits that end them.
SPREAD := --numprocesses $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1) --dist loadgroup --no-loadscope-reorder
OUT := out/demo
INSTALL := -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable
RECENT := import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; try make PYTHON=python3.11")

.PHONY: demo check lint types test answers other keys docs venv bench clean

# An environment of its own, with what grading needs alone; the answer keys come with the examples.
demo: $(DEMO)/.complete
	@$(DEMO)/bin/python examples/demo.py $(OUT)

# Under a minute when the environment is there: run it before every commit.
check: lint types
	$(BIN)/pytest --quiet $(SPREAD) -m unit

lint: venv
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: venv
	$(BIN)/mypy

keys: venv
	$(BIN)/python -m tests.record --ship

# Nothing is installed on the system: tests that need bubblewrap or Chromium are skipped by name where it is missing;
# where CI is set, they fail.
test: venv
	$(MAKE) --jobs 4 --output-sync lint types docs answers
	$(BIN)/pytest $(SPREAD) --durations 40

# The answer keys that tests ask for.
answers: venv
	$(BIN)/python -m tests.record

# What depends on Python's version, without PyTorch, with the keys of the examples: make other PYTHON=python3.13
other: $(OTHER)/.complete
	$(OTHER)/bin/python -c 'from examples.demo import ROOT, unpack_keys; unpack_keys(ROOT)'
	$(OTHER)/bin/pytest --quiet $(SPREAD) -m unit
	$(OTHER)/bin/pytest --quiet $(SPREAD) tests/test_corpus.py

# The site of docs/, in out/site; a broken link fails.
docs: venv
	NO_MKDOCS_2_WARNING=1 PYTHONPATH=. $(BIN)/mkdocs build --quiet

bench: venv
	$(BIN)/python -m benchmarks.performance
	$(BIN)/python -m benchmarks.nbgrader

venv: $(VENV)/.complete

# Made again when what it is made from changes; complete only when the last step is.
$(VENV)/.complete: pyproject.toml constraints.txt
	$(PYTHON) -c '$(RECENT)'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python $(INSTALL) '.[dev]'
	touch $@

$(OTHER)/.complete: pyproject.toml constraints.txt
	$(PYTHON) -m venv --clear $(OTHER)
	$(OTHER)/bin/python $(INSTALL) '.[test]'
	touch $@

$(DEMO)/.complete: pyproject.toml constraints.txt
	@$(PYTHON) -c '$(RECENT)'
	@echo "Making an environment with what grading needs, once: NumPy and a few small packages ..."
	@$(PYTHON) -m venv --clear $(DEMO)
	@$(DEMO)/bin/python $(INSTALL) '.[grading]'
	@touch $@

clean:
	rm -rf $(VENV) $(DEMO) $(OTHER) .autograder out
