# Two commands are enough: make demo, make test. Both make .venv first, once.
VENV := .venv/bin
export QT_QPA_PLATFORM ?= offscreen

.PHONY: setup demo docs test lint warm coverage check-models check-inputs check-scenes check-statistics clean

setup:
	@python3 tools/environment.py

demo: setup
	@$(VENV)/onfh demo --out out/demo

# Pictures of the panels (two minutes), the drawing of the house, and all pages with the reference as HTML in out/docs.
# Screenshots of Slicer: tools/slicer_pictures.py.
docs: setup
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

# Long files first (Testing/Python/support/durations.py), so that no core waits at the end.
test: setup
	@$(MAKE) --no-print-directory --jobs 2 lint warm
	@$(VENV)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not alone"
	@$(VENV)/python -m pytest -n 0 -m alone ONFHAssist/Testing/Python/modules

# Which lines the tests reach: out/coverage/index.html.
coverage: setup
	@mkdir -p out
	@COVERAGE_FILE=out/.coverage $(VENV)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not alone" --cov=ONFHAssistLib --cov=ONFHAssistLab \
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
	@ONFH_WALK_STEPS=1000 $(VENV)/python -m pytest -n 0 -k "random_walk" ONFHAssist/Testing/Python/modules

# Type I errors and coverage of every test and interval, cohorts of noise, calibration (an hour): the figures of
# Docs/statistics.md.
check-statistics: setup
	@$(VENV)/python benchmarks/statistics_binary.py
	@$(VENV)/python benchmarks/statistics_survival.py
	@$(VENV)/python benchmarks/statistics_reporting.py

clean:
	rm -rf .venv out build
