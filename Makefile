# The commands of the help center; each sets up what it needs. `make run` and `make test` are all a newcomer has to know.
PYTHON ?= python3.11
PORT ?= 8000
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Each command brings a key of its own, and two keys are refused.
unexport SECRET_KEY SECRET_KEY_FILE
# On one's own machine: plain http and a key of one's own, made once and kept out of git.
LOCAL := SECRET_KEY_FILE=var/secret_key HTTPS=off
# As in production, with a throw-away key.
CHECKED := SECRET_KEY=throw-away-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ ALLOWED_HOSTS=example.org
SOURCES := config guidance accounts tests manage.py

.PHONY: run dev test check bench bench-search format setup setup-tests browser
.DEFAULT_GOAL := run

run: setup var/static/staticfiles.json  ## serve the site on 127.0.0.1:$(PORT) as in production
	@$(LOCAL) $(BIN)/python manage.py welcome --port $(PORT)
	@$(LOCAL) $(BIN)/gunicorn config.wsgi --bind 127.0.0.1:$(PORT) --config config/gunicorn.py

dev: setup  ## the same with autoreload and error pages
	@DEBUG=on $(LOCAL) $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

setup: .venv/.runtime var/secret_key  ## environment, database, starting content
	@$(LOCAL) $(BIN)/python manage.py migrate --verbosity 0
	@$(LOCAL) $(BIN)/python manage.py load_content --keep-going
	@$(LOCAL) $(BIN)/python manage.py search_reindex --changed

test: setup-tests browser  ## everything: engine, Django, browser journeys
	@$(BIN)/python -m pytest tests/engine -n 2 --cov $(PYTEST_ARGS)
	@$(BIN)/python -m pytest tests --ignore tests/engine --ignore tests/journeys -n 2 $(PYTEST_ARGS)
	@$(BIN)/python -m pytest tests/journeys -n 2 $(PYTEST_ARGS)

check: setup-tests  ## format, lint, types, import contracts, migrations, deployment settings
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	@$(CHECKED) $(BIN)/python manage.py makemigrations --check --dry-run
	@$(CHECKED) $(BIN)/python manage.py check --deploy --fail-level WARNING

format: setup-tests  ## put code and templates in shape
	@$(BIN)/ruff check --fix --quiet $(SOURCES) || true
	@$(BIN)/ruff format $(SOURCES)
	@$(BIN)/djade --target-version 5.2 $$(git ls-files 'templates/*.html') || true

bench: setup-tests  ## timings, never part of the tests
	@$(BIN)/python -m tests.bench.engine

bench-search: setup-tests  ## quality and cost of search; BENCH_ARGS=--large: also with 100,000 entries
	@$(BIN)/python -m tests.bench.search $(BENCH_ARGS)

browser:  ## Chromium for the journeys: found, or Debian's installed when we may
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
		{ apt-get update -qq && apt-get install -y -qq chromium >/dev/null; }; } || \
		echo "Chromium is missing: the browser journeys cannot run. On Debian: apt-get install chromium"

.venv/.runtime: requirements.txt
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv || { [ "$$(id -u)" = 0 ] && rm -rf .venv && \
		apt-get update -qq && apt-get install -y -qq python3.11-venv >/dev/null && $(PYTHON) -m venv .venv; }
	@$(BIN)/pip install --quiet -r requirements.txt
	@touch $@

setup-tests: .venv/.tests

.venv/.tests: .venv/.runtime tests/requirements.txt
	@$(BIN)/pip install --quiet -r tests/requirements.txt
	@touch $@

var/static/staticfiles.json: .venv/.runtime var/secret_key $(shell find static -type f)
	@$(LOCAL) $(BIN)/python manage.py collectstatic --noinput --clear --verbosity 0

var/secret_key:
	@mkdir -p var && umask 077 && $(PYTHON) -c "import secrets; print(secrets.token_urlsafe(50), end='')" > $@
