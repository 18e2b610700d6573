# make demo: grade the example class.  make test: everything that CI runs.  make venv: the environment alone.
# make docs: the site.
# make bench: measure, install the graders that are compared, and write docs/performance.md; half an hour.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT := out/demo

.PHONY: demo test docs system venv bench clean

demo: venv
	$(BIN)/autograder grade --seed 20261122 --submissions examples/class --output $(OUT)

# Answer keys come first, recorded by all cores: the tests ask for them.
test: venv system docs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m tests.record
	$(BIN)/pytest --numprocesses auto --dist loadgroup --no-loadscope-reorder

# The site of docs/, in out/site; a broken link fails.
docs: venv
	NO_MKDOCS_2_WARNING=1 PYTHONPATH=. $(BIN)/mkdocs build --quiet

# What the tests need of the system: bubblewrap around student code, and a browser to look at pages with.
system:
	@for program in bwrap chromium; do command -v $$program >/dev/null || missing=yes; done; \
	if [ -n "$$missing" ]; then \
		if [ "$$(id -u)" -ne 0 ]; then echo "needed: apt-get install bubblewrap chromium (as root)"; exit 1; fi; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends bubblewrap chromium >/dev/null; \
	fi

bench: venv
	$(BIN)/python -m benchmarks.performance
	$(BIN)/python -m benchmarks.nbgrader

venv: $(VENV)/.complete

# Made again when what it is made from changes; complete only when the last step is.
$(VENV)/.complete: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; try make PYTHON=python3.11")'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) .autograder out
