# Two commands do all the set-up on a fresh machine: make serve, make test.
# Every step says what it does and is skipped when nothing it reads has changed. Written for GNU Make 3.81,
# the one that macOS has, and later.

PYTHON_TOOLS := build/python-tools.stamp
NODE_TOOLS := build/node-tools.stamp
RUNTIME := build/runtime.stamp
MERMAID := build/mermaid.stamp

PY := .venv/bin/python

# Where the site will be served, for a deployment: SITE_URL=https://example.org/path/ make build.
# Without it, no page and no sitemap names a host, and the site stands at the root.
export SITE_URL
# Where corrections are reported, for a deployment: REPOSITORY_URL=https://example.org/owner/name make build.
export REPOSITORY_URL
# To publish a site that keeps nothing for use offline, and removes what it kept before: OFFLINE=no make build.
export OFFLINE
export SITE_BASE := $(or $(SITE_BASE),$(shell printf '%s' '$(SITE_URL)' | sed -e 's|^[a-z]*://[^/]*||' -e 's|/*$$|/|'),/)

# MkDocs prints a notice about a version that this project will not move to (docs/decisions/).
export NO_MKDOCS_2_WARNING := 1

PORT ?= 8000

RUNTIME_STEPS := tools/build_wheel.py tools/slim_library.py $(wildcard tools/image/*) tests/golden/scenarios.toml \
	docs/assets/javascripts/worker.js
CALCULATORS := $(shell find calculators -type f \( -name '*.py' -o -name '*.toml' -o -name '*.json' -o -name '*.txt' \))

.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help serve test quick build bench lighthouse check lint site pytest prices day dataset setup runtime draft mermaid browser format lock acknowledge-scripts clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' Makefile

serve: $(PYTHON_TOOLS) $(RUNTIME) $(MERMAID) dataset ## Serve the site at PORT (8000), rebuilt and reloaded as you save
	@$(PY) tools/serve.py $(PORT)

test: check build browser pytest ## Everything CI checks, a browser included

quick: lint ## What to run between two edits, in a minute and a half: no browser, no image
	@echo '-- Tests without a browser, in two halves'
	@sh tools/side_by_side.sh '$(QUICK) --ignore=tests/catalog' tests/catalog

build: site ## Write the deployable site to site/

bench: build browser ## Measure the calculator's start and its answers beside stock Pyodide
	@echo '-- Measuring; leave the machine alone meanwhile'
	@$(PY) tools/bench

lighthouse: build browser ## Measure how soon the pages stand on a phone, and whether they reach their targets
	@$(PY) tools/lighthouse.py

lint: $(PYTHON_TOOLS)
	@echo '-- Ruff: lint'
	@$(PY) -m ruff check --quiet
	@echo '-- Ruff: formatting'
	@$(PY) -m ruff format --check --quiet || { echo 'Cure: make format' >&2; exit 1; }
	@echo '-- Mypy: types of the Python'
	@$(PY) -m mypy --no-error-summary

check: lint $(MERMAID) ## Lint, formatting and types, in Python and JavaScript
	@echo '-- TypeScript: types of the JavaScript'
	@node_modules/.bin/tsc --project jsconfig.json
	@node_modules/.bin/tsc --project tools/jsconfig.json
	@node_modules/.bin/tsc --project jsconfig.offline.json

dataset: $(PYTHON_TOOLS)
	@$(PY) tools/write_dataset.py
	@$(PY) tools/write_answers.py

site: $(PYTHON_TOOLS) $(RUNTIME) $(MERMAID) dataset
	@echo '-- MkDocs: building site/'
	@$(PY) -m mkdocs --quiet build --strict
	@$(PY) tools/styles.py
	@$(PY) tools/content_policy.py
	@$(PY) tools/offline.py

pytest:
	@echo '-- Tests in four parts at once: two without a browser, which say how much of the calculators they cover, two with one'
	@sh tools/side_by_side.sh '$(COUNTED) tests/catalog tests/golden' \
		'$(COUNTED) --ignore=tests/browser --ignore=tests/catalog --ignore=tests/engines --ignore=tests/golden' \
		'$(wildcard tests/browser/test_[a-f]*.py)' '$(wildcard tests/browser/test_[g-z]*.py) tests/engines'

COUNTED := --cov --cov-report= --cov-fail-under=0

QUICK := --ignore=tests/browser --ignore=tests/engines --ignore=tests/site --ignore=tests/prices/test_build.py

prices: $(PYTHON_TOOLS) ## Take prices from the pinned data packages, show what changes, append it
	@$(PY) tools/prices

day: ## Set the day from which a fresh page answers: make day DAY=2026-11-24
	@test -n '$(DAY)' || { echo 'Say which day: make day DAY=2026-11-24' >&2; exit 1; }
	@sed -i.before 's/^today = .*/today = $(DAY)/' calculators/data/day.toml && rm calculators/data/day.toml.before

setup: $(PYTHON_TOOLS) $(NODE_TOOLS) browser ## Install the tools and nothing else

runtime: $(RUNTIME) ## Build the wheel and the browser's Python

draft:
	@$(PY) tools/build_wheel.py
	@node tools/image/build_image.mjs --draft

mermaid: $(MERMAID) ## Bundle Mermaid

browser: $(PYTHON_TOOLS) ## Find the browsers for the tests, or fetch them
	@$(PY) tools/chromium.py --install
	@$(PY) tools/engines.py --install

format: $(PYTHON_TOOLS) ## Format the Python, and mend the lint that can be mended
	@$(PY) -m ruff check --fix --quiet || true
	@$(PY) -m ruff format --quiet

lock: ## Take the newest versions of the Python tools into requirements.txt
	@sh tools/lock.sh

acknowledge-scripts: $(PYTHON_TOOLS) $(RUNTIME) $(MERMAID) ## Accept the theme's inline scripts as they are now
	@$(PY) -m mkdocs --quiet build --strict
	@$(PY) tools/content_policy.py --acknowledge

clean: ## Delete what make made, the environments excepted
	rm -rf build dist site docs/assets/answers docs/assets/mermaid docs/assets/python docs/data overrides/python.html

$(PYTHON_TOOLS): requirements.txt .python-version tools/bootstrap.sh
	@mkdir -p build
	@sh tools/bootstrap.sh
	@touch $@

$(NODE_TOOLS): package-lock.json tools/node_modules.sh
	@mkdir -p build
	@sh tools/node_modules.sh
	@touch $@

$(RUNTIME): $(CALCULATORS) $(RUNTIME_STEPS) pyproject.toml $(PYTHON_TOOLS) $(NODE_TOOLS)
	@echo "-- The calculators' wheel, compiled for the browser's Python"
	@$(PY) tools/build_wheel.py
	@echo "-- The browser's Python, with the calculators loaded, as one WebAssembly module"
	@node tools/image/build_image.mjs
	@touch $@

$(MERMAID): tools/bundle_mermaid.mjs $(NODE_TOOLS)
	@node tools/bundle_mermaid.mjs
	@touch $@
