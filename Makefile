# make demo   what eight community facilitators change against none: tables and a picture
# make app    the workshop: a page to play with, on this computer (make app HOST=0.0.0.0 lets a room in)
# make test   the tests; those of the page in a real browser come last (make test-browser: only those)
# make lint   style and types
# make bench  speed and memory, as ratios
# make clean  remove what the above made (.venv, caches, the demo's results)
#
# Each does its own set-up. It needs Python 3.11 or later with its venv module; PYTHON=/path/to/python chooses one.

VENV := .venv
BIN := $(VENV)/bin
DEMO := out/facilitators_8_vs_0
CORES = $$($(BIN)/python -c 'import os; print(os.cpu_count() or 1)')
COMPARE = $(BIN)/simcomunita compare configs/studies/facilitators_8_vs_0.yaml --workers $(CORES) --aside --out $(DEMO)

CANDIDATES := python3.13 python3.12 python3.11 python3 python

ifdef PYTHON
CANDIDATES := $(PYTHON)
endif

# Where a shell would find Python 3.11 or later that can make environments. A name alone proves nothing, so each is tried.
FIT := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
FOUND = $(firstword $(foreach candidate,$(CANDIDATES),$(shell "$(candidate)" -c '$(FIT)' >/dev/null 2>&1 && echo "$(candidate)")))

.PHONY: demo app test test-browser lint bench clean environment help
.DEFAULT_GOAL := help

help:
	@sed -n 's/^# make/make/p' Makefile

# Finished seeds are taken up. Results of an earlier version are set aside, never overwritten.
demo: $(VENV)/installed
	@$(COMPARE)
	@echo "The picture: $(DEMO)/comparison.png"

app: $(VENV)/installed-app
	@$(BIN)/simcomunita app --open $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

test: $(VENV)/installed
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not browser"
	@.ci/browser
	$(BIN)/python -m pytest -n 2 -m browser

test-browser: $(VENV)/installed
	@.ci/browser
	$(BIN)/python -m pytest -n 2 -m browser

lint: $(VENV)/installed-lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/installed
	$(BIN)/python -m experiments.speed $(BENCH)

# The stamps are written last, so that an installation that was broken off is begun anew.
$(VENV)/installed: pyproject.toml constraints.txt
	@if [ -z "$(PYTHON)" ] && $(BIN)/python -c '$(FIT)' >/dev/null 2>&1 && $(BIN)/python -m pip --version >/dev/null 2>&1; then echo "Renewing $(VENV) ..."; else \
	  $(MAKE) --no-print-directory environment; fi
	$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[test]"
	@echo "Compiling the model, once ..."
	@$(BIN)/simcomunita compare facilitators_8_vs_0 --scale 0.02 --seeds 2 --workers 1 >/dev/null 2>&1 || true
	@touch $@

environment:
	@test -n "$(FOUND)" || { \
	  echo "simcomunita needs Python 3.11 or later with its venv module; none of these is one: $(CANDIDATES)." >&2; \
	  echo "Install it (Debian and Ubuntu: python3 and python3-venv), or name it: make PYTHON=/path/to/python ..." >&2; \
	  exit 1; }
	@echo "Setting up $(VENV) with $(FOUND) ..."
	@"$(FOUND)" -m venv --clear $(VENV)

$(VENV)/installed-app: $(VENV)/installed
	$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[app]"
	@touch $@

$(VENV)/installed-lint: $(VENV)/installed
	$(BIN)/python -m pip install --quiet -c constraints.txt -e ".[lint]"
	@touch $@

clean:
	rm -rf $(VENV) $(DEMO) .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
