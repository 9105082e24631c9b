# Two commands are enough: make demo, make test. Both make .venv first, once; PYTHON=python3.12 makes it anew of another
# Python, where it is of 3.11.
VENV := .venv/bin
export QT_QPA_PLATFORM ?= offscreen
# Each process would compile every file anew that the one before it has compiled.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo docs test lint warm shared alone coverage check-models check-inputs check-scenes check-engines check-statistics check-node
.PHONY: clean

setup:
	@python3 tools/environment.py

demo: setup
	@$(VENV)/onfh demo --out out/demo

# Pictures of the panels (two minutes), the drawing of the house, and all pages with the reference as HTML in out/docs.
# Screenshots of Slicer: tools/slicer_pictures.py.
docs: setup
	@python3 tools/environment.py docs
	@$(VENV)/python tools/make_docs.py
	@$(VENV)/python tools/draw_architecture.py
	@$(VENV)/python -m sphinx -W --keep-going -q -b html Docs out/docs
	@echo "Open out/docs/index.html"

# Style, which room may import which, types, and the rules of the house; tools/run_tests.py runs the same.
lint: setup
	@$(VENV)/python -m ruff check .
	@$(VENV)/python -m ruff format --check .
	@PYTHONPATH=ONFHAssist $(VENV)/lint-imports --no-logo
	@$(VENV)/python -m mypy
	@$(VENV)/python tools/check_house.py

# Kernels and tests, compiled once beside lint, instead of in each process of pytest.
warm: setup
	@$(VENV)/python tools/warm_up.py

# Lint beside the tests, then what measures time, with nothing beside it.
test: setup
	@$(MAKE) --no-print-directory --jobs 2 lint shared
	@$(MAKE) --no-print-directory alone

# Long files first (Testing/Python/support/durations.py), so that no core waits at the end. Two processes fill two cores:
# threads of one would wait for each other, spinning, while the other has the core. A process that crashes ends the run and
# is named: pytest-xdist 3.8 starts another, but waits for ever for the files that the crashed one had.
shared: warm
	@OMP_NUM_THREADS=1 $(VENV)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --max-worker-restart=0 -m "not alone"

alone: setup
	@$(VENV)/python -m pytest -n 0 -m alone ONFHAssist/Testing/Python/modules

# Which lines the tests reach: out/coverage/index.html.
coverage: setup
	@mkdir -p out
	@OMP_NUM_THREADS=1 COVERAGE_FILE=out/.coverage $(VENV)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not alone" --cov=ONFHAssistLib --cov=ONFHAssistLab \
	  --cov-report=html:out/coverage --cov-report=term

# Slow checks of what ships: hashes, MONAI's own check, the simulator's truth. Not part of make test.
check-models: setup
	@$(VENV)/onfh bundles verify
	@$(VENV)/python benchmarks/check_networks.py
	@$(VENV)/python benchmarks/simulator_truth.py 200

# 10,000 changes to files of every kind that is read: each ends in an answer or in one sentence. Not part of make test.
check-inputs: setup
	@$(VENV)/python benchmarks/check_inputs.py --mutations 10000

# Walks and orders of panels in full length, which make test goes through in part.
check-scenes: setup
	@ONFH_WALK_STEPS=1000 ONFH_ALL_ORDERS=1 $(VENV)/python -m pytest -n 0 -k "random_walk or any_order" \
	  ONFHAssist/Testing/Python/modules

# The native engine and PyRadiomics on a thousand small regions with any setting, of which make test has 36 each.
check-engines: setup
	@ONFH_EXAMPLES=1000 $(VENV)/python -m pytest -n 0 -k "any_small_region" \
	  ONFHAssist/Testing/Python/extract/test_native_against_pyradiomics.py

# Type I errors and coverage of every test and interval, cohorts of noise, calibration (a quarter of an hour): the figures of
# Docs/statistics.md.
check-statistics: setup
	@$(VENV)/python benchmarks/statistics_binary.py
	@$(VENV)/python benchmarks/statistics_survival.py
	@$(VENV)/python benchmarks/statistics_reporting.py
	@$(VENV)/python benchmarks/statistics_stage.py

# The node beside a real Orthanc (Debian packages orthanc, orthanc-dicomweb): the whole way with the real networks, 200 studies
# with kills and a cut link, 10,000 damaged objects and associations; half an hour. The figures of Docs/node.md.
check-node: setup
	@$(VENV)/python benchmarks/node.py trip
	@$(VENV)/python benchmarks/node.py studies
	@$(VENV)/python benchmarks/node.py fuzz

clean:
	rm -rf .venv out build
