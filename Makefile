# Heard. `make` by itself lists what there is to do; docs/running.md says more.

PYTHON ?= python3
PORT ?= 8501
WORKERS ?= 2

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
APT := DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends

.DEFAULT_GOAL := help
.PHONY: help run test check bench demo browser

help: ## What there is to do
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 10 | sed 's/^/make /'

run: export HEARD_DEMONSTRATION ?= yes
run: $(VENV)/installed ## Serve Heard on http://localhost:8501 (PORT=8600 for another port)
	@exec $(BIN)/streamlit run streamlit_app.py --server.port $(PORT)

test: $(VENV)/installed-tests browser ## Everything that must hold: lint, types, tests, real-browser journeys
	@$(MAKE) --no-print-directory check
	@$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

check: $(VENV)/installed-tests ## Lint and types alone
	@$(BIN)/ruff check .
	@$(BIN)/mypy

bench: export LABELLED ?=
bench: export FRAME ?=
bench: $(VENV)/installed-tests browser ## Measure speed, memory and quality; ONLY=name for one figure, ONLY=list for their names
	@$(BIN)/python -m tests.load.bench $(ONLY)

demo: $(VENV)/installed ## Load the demonstration county into the database
	@$(BIN)/python -m survey demo

# -- what those need -------------------------------------------------------------------------------------------

# Debian ships Python without the part that makes virtual environments.
$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Heard needs Python 3.11 or newer; $$($(PYTHON) --version) is here. Name a newer one: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get -qq update && $(APT) python3-venv; } \
	  || { echo "This Python cannot make a virtual environment. Run: sudo apt-get install python3-venv, and then this again."; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/installed: requirements.txt $(VENV)/made
	@echo "Installing what Heard runs on (one to two minutes, once) …"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/installed-tests: requirements-test.txt $(VENV)/installed
	@echo "Installing what the tests need (a minute, once) …"
	@$(PIP) -r requirements-test.txt
	@touch $@

# Debian's own Chromium without windows when we may install it, or what is there; Playwright's otherwise.
browser: $(VENV)/installed-tests
	@command -v chromium-headless-shell >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get -qq update \
	       && $(APT) chromium-headless-shell fonts-liberation; } \
	  || command -v chromium >/dev/null \
	  || $(BIN)/playwright install chromium
