# make run starts Zijstap; make check is what CI calls. Needs Python 3, make and CPython 3.12.
SHELL := /bin/bash
PORT ?= 8080
DATA ?= var
PY := .venv/bin/python
UV := .uv/bin/uv
TRAINING := config.yml domain.yml $(wildcard data/nlu/*.yml data/rules/*.yml data/stories/*.yml data/catalogue/*.yml data/catalogue/occupations/*.yml data/*.yml nlu/*.py)

.PHONY: setup run test check lint lock clean

setup: models/zijstap.tar.gz

run: models/zijstap.tar.gz
	@$(PY) -m bot.cli serve --port $(PORT) --data-dir $(DATA)

test: .venv/.dev models/zijstap.tar.gz
	@command -v chromium >/dev/null || { apt-get update -q && apt-get install -y -q chromium; } >/dev/null
	@# Two processes, a file to each, in the order of the files: the browser's first, which take longest.
	$(PY) -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder tests

check: .venv/.dev lint
	$(PY) -m bot.cli catalogue check
	$(MAKE) test

lint: .venv/.dev
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

models/zijstap.tar.gz: .venv/.runtime $(TRAINING)
	@$(PY) -m bot.cli train

$(UV):
	@python3 -m venv .uv && .uv/bin/pip install -q --disable-pip-version-check uv

.venv/.runtime: requirements.lock pyproject.toml .python-version | $(UV)
	@test -x $(PY) || $(UV) venv -q -p 3.12 .venv
	@# Compiled now: where Python may not write beside its files, every start would compile (7 s).
	@$(UV) pip sync -q --require-hashes --compile-bytecode requirements.lock
	@$(UV) pip install -q --no-deps -e .
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.lock
	@$(UV) pip install -q --require-hashes --compile-bytecode -r requirements-dev.lock
	@touch $@

lock: | $(UV)
	$(UV) lock -q -p 3.12
	$(UV) export -q --frozen --no-dev --no-emit-project --no-header --format requirements-txt -o requirements.lock
	$(UV) export -q --frozen --no-emit-project --no-header --format requirements-txt -o requirements-dev.lock
	rm uv.lock

clean:
	rm -rf .venv .uv models var
