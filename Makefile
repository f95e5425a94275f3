# Everything that one does with govgauge, in one word each. The first use of any target sets the machine up.
SHELL := /bin/bash
BIN := .venv/bin

.PHONY: help setup demo test check format bench lock clean

help:
	@echo "make demo    评估模拟网站，打开报告和工作台 (assess the simulated sites, open reports and office)"
	@echo "make test    全部测试 (all tests; says which are skipped and why)"
	@echo "make check   代码检查 (lint, types, contracts of the rooms)"
	@echo "make bench   速度与内存 (speed and memory, beside wget)"
	@echo "make lock    重新锁定依赖版本 (pin the packages again)"

setup: .venv/.ready

.venv/.ready: requirements/dev.txt pyproject.toml tools/setup
	@tools/setup

demo: setup
	@$(BIN)/govgauge demo $(DEMO)

test: setup
	@tools/system-parts
	@$(BIN)/pytest -n 2 --dist worksteal -rs $(ARGS)

check: setup
	$(BIN)/ruff format --check src tests bench
	$(BIN)/ruff check src tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: setup
	$(BIN)/ruff format src tests bench
	$(BIN)/ruff check --fix src tests bench

bench: setup
	@tools/system-parts bench
	@status=0; for part in "run.py $(ARGS)" rounds.py systems.py scoring.py probes.py web.py portal.py wall.py votes.py reports.py diagnoses.py; do $(BIN)/python bench/$$part || status=1; done; exit $$status

lock: setup
	tools/lock

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis demo-reports demo-office bench-out
