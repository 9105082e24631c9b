# Two commands are enough: make demo, make test. Both make .venv first, once.
VENV := .venv/bin
export QT_QPA_PLATFORM ?= offscreen

.PHONY: setup demo test lint clean

setup:
	@python3 tools/environment.py

demo: setup
	@$(VENV)/onfh demo --out out/demo

lint: setup
	@$(VENV)/ruff check . && $(VENV)/ruff format --check .

test: setup lint
	@$(VENV)/python -m pytest -n 2 --dist loadfile

clean:
	rm -rf .venv out build
