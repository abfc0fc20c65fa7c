# Two commands on a fresh machine with Python 3.11 and make: `make demo` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
SHARED ?= ../shared
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo peers test lint types unit sbom score bench lock clean

demo: $(READY)
	rm -rf build/demo
	mkdir -p build/demo
	$(BIN)/recoupe add --store build/demo/recoupe.db examples
	$(BIN)/recoupe verify --store build/demo/recoupe.db
	$(BIN)/recoupe stories --store build/demo/recoupe.db
	$(BIN)/recoupe brief --store build/demo/recoupe.db --html build/demo/brief.html

test: lint types unit

# Readers of exported formats, in an environment of their own; the tests that need them say so without it.
peers: .venv-peers/.ready

.venv-peers/.ready: requirements-peers.lock
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-peers.lock
	touch $@

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

unit: $(READY)
	$(BIN)/pytest

# The packages that Recoupe runs on, with their digests, as a CycloneDX bill of materials.
sbom: $(READY)
	mkdir -p build
	$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible -o build/sbom.json

# Scores against the benches in $(SHARED), where it exists; fails below a floor of bench/floors.json.
score: $(READY)
	$(BIN)/python -m bench.score $(SHARED)

# Every figure of speed as a ratio to a peer or a bound, in one run; says something on a quiet machine only.
bench: $(READY)
	$(BIN)/python -m bench.speed $(SHARED)

# Wheels alone: no package runs code of its own while it is installed.
$(READY): requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

# Makes the three lock files anew (needs uv); no index address is written into them. What is installed for tests and
# what is installed alone have the same versions.
lock:
	uv pip compile pyproject.toml --extra dev --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header -q -o requirements-dev.lock
	uv pip compile pyproject.toml --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header -q -c requirements-dev.lock -o requirements.lock
	uv pip compile requirements-peers.in --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header -q -o requirements-peers.lock

clean:
	rm -rf build .venv .venv-peers
