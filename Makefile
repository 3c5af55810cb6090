# Everything a person or a machine runs on the project. "make help" lists it.

BIN := .venv/bin
STAMP := .venv/.numecole-stamp
say = @printf '\n== %s\n'

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup run test format lint types layers tests faults bench coverage captures fix clean

help: ## affiche cette aide
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 16

setup: $(STAMP) ## prépare .venv (fait seul par les autres commandes)

$(STAMP): pyproject.toml constraints.txt installer/setup.sh installer/debian-packages.txt
	@sh installer/setup.sh

run: $(STAMP) ## construit la base d’exemple et ouvre la fenêtre
	@sh installer/run.sh

test: format lint types layers tests ## vérifie tout : mise en forme, règles, types, couches, tests

format: $(STAMP)
	$(say) 'Mise en forme / format : ruff format'
	@$(BIN)/ruff format --check .

lint: $(STAMP)
	$(say) 'Règles d’écriture / lint : ruff check'
	@$(BIN)/ruff check .

types: $(STAMP)
	$(say) 'Types : mypy --strict'
	@$(BIN)/mypy

layers: $(STAMP)
	$(say) 'Couches / layers : import-linter'
	@$(BIN)/lint-imports --no-logo

tests: $(STAMP)
	$(say) 'Tests : pytest'
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest

faults: $(STAMP) ## fait échouer chaque écriture de chaque opération (une demi-heure)
	@NUMECOLE_EVERY_FAULT=1 $(BIN)/python -m pytest -q tests/e2e/test_fault_sweep.py

bench: $(STAMP) ## mesure les rapports de performance et les compare aux objectifs
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks

coverage: $(STAMP) ## part du code que les tests parcourent
	@QT_QPA_PLATFORM=offscreen $(BIN)/coverage run -m pytest -q
	@$(BIN)/coverage combine -q
	@$(BIN)/coverage report

captures: $(STAMP) ## refait les images du guide
	@NUMECOLE_CAPTURES=docs/guide/images QT_QPA_PLATFORM=offscreen \
		$(BIN)/python -m pytest -q tests/e2e/test_day_office.py tests/e2e/test_day_visits.py tests/e2e/test_guide_pictures.py

fix: $(STAMP) ## remet en forme et corrige ce qui peut l’être
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean: ## retire l’environnement et les caches
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis htmlcov .coverage*
