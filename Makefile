# Everything a newcomer types. `make help` lists the targets.

# The first Python between 3.11 and 3.13 on the machine; another one by PYTHON=…
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && { echo "$$p"; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
EMBEDDED := $(BIN)/python -m ehpad_eprescription.embedded exec
PACKAGES := ehpad_eprescription prescriptions residents traces amo_gateway
WORKERS ?= 2
ARGS ?=
# pip: quiet, no prompt, nothing that is not in the lock file.
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes

.DEFAULT_GOAL := help
.PHONY: help run test lint format bench demo-reset manage lock clean browser

help: ## Affiche cette aide
	@echo "EHPAD e-prescription — commandes :"
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: $(VENV)/.runtime ## Démonstration complète sur cette machine (PORT=8000), Ctrl-C pour arrêter
	@$(BIN)/python -m ehpad_eprescription.launcher run

test: $(VENV)/.dev browser ## Toute la suite de tests, sur un vrai PostgreSQL et un vrai Valkey (ARGS="-k mot")
	@$(EMBEDDED) --profile test -- $(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

lint: $(VENV)/.dev ## Mise en forme, règles, types, contrats d’import, migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	SECRET_KEY=only-for-the-type-checker-never-served $(BIN)/mypy $(PACKAGES) tests
	$(BIN)/lint-imports
	$(EMBEDDED) --profile test -- $(BIN)/python manage.py makemigrations --check --dry-run

format: $(VENV)/.dev ## Met le code en forme
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev ## Mesure la chaîne d’envoi et la recherche ; écrit bench.json
	@$(EMBEDDED) --profile bench -- $(BIN)/python -m ehpad_eprescription.bench $(ARGS)

manage: $(VENV)/.runtime ## Commande Django : make manage ARGS="createsuperuser"
	@$(EMBEDDED) -- $(BIN)/python manage.py $(ARGS)

demo-reset: $(VENV)/.runtime ## Efface les données de démonstration (refusé pendant make run)
	@$(BIN)/python -m ehpad_eprescription.launcher reset

lock: $(VENV)/.lock-tool ## Recalcule requirements*.txt depuis requirements/*.in
	cd requirements && for set in runtime: dev:-dev; do \
		../$(VENV)/.lock-tool/bin/uv pip compile "$${set%%:*}.in" --python-version 3.11 --universal --generate-hashes \
			--no-emit-index-url --no-header --quiet --output-file "../requirements$${set##*:}.txt" || exit 1; done

clean: ## Efface l’environnement et les caches, garde les données
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache staticfiles test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

browser: $(VENV)/.dev ## Trouve ou installe Chromium pour les tests d’écran
	@$(BIN)/python -m tests.browser_setup

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 ou 3.13 est nécessaire. S’il est ailleurs : make run PYTHON=/chemin/python3.12"; exit 1; }
	@"$(PYTHON)" -c 'import sys; v = sys.version_info; sys.exit(0 if (3, 11) <= v < (3, 14) else f"Python {v[0]}.{v[1]} ne convient pas : il faut 3.11, 3.12 ou 3.13 (make run PYTHON=python3.12).")'
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); echo "L’environnement n’a pas pu être créé. Sous Debian : apt-get install python3-venv"; exit 1; }

$(VENV)/.runtime: requirements.txt | $(BIN)/python
	@echo "Installation des dépendances (environ une minute, la première fois)…"
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(BIN)/python
	@echo "Installation des dépendances de développement (environ une minute, la première fois)…"
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime

$(VENV)/.lock-tool: | $(BIN)/python
	@$(BIN)/python -m venv $@ && $@/bin/python -m pip install --quiet --disable-pip-version-check uv
