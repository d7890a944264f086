# make chat, make test: each installs what it needs into .venv first.
.PHONY: chat telegram install dev check lint types test evaluate fit bench stress audit sbom clean
SHELL := /bin/sh
INSTALLED := .venv/.installed
DEV := .venv/.installed-dev
SETUP := deploy/setup.sh pyproject.toml uv.lock
export PYTHON

chat: $(INSTALLED) ## talk to the advisor in the terminal
	@.venv/bin/makker chat

telegram: $(INSTALLED) ## run the Telegram bot
	@.venv/bin/makker telegram

install: $(INSTALLED) ## everything the program needs, in .venv

dev: $(DEV) ## and what its tests need

$(INSTALLED): $(SETUP)
	@sh deploy/setup.sh
	@touch $@

$(DEV): $(SETUP)
	@sh deploy/setup.sh dev
	@touch $(INSTALLED) $@

check: $(INSTALLED) ## read all content and say what is wrong in it
	@.venv/bin/makker check

lint: $(DEV)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

types: $(DEV)
	.venv/bin/mypy

test: $(DEV) lint types ## lint, types, content, and the whole test suite
	.venv/bin/makker check
	.venv/bin/pytest

evaluate: $(DEV) ## how well it understands, on questions that nothing has learnt from
	@.venv/bin/python bench/evaluate.py

fit: $(DEV) ## what the judge weighs, fitted on the validation set: for nlu/config.yml
	@.venv/bin/python bench/fit.py

bench: $(DEV) ## speed and size, side by side with Rasa's defaults
	.venv/bin/python bench/run.py

stress: $(DEV) ## kills, nasty input, a crowd, 100,000 turns: takes hours; fails where something was lost or grew
	@.venv/bin/makker train
	@.venv/bin/python -m bench.stress $(STRESS)
	@.venv/bin/python -m bench.replicas $(REPLICAS)
	@.venv/bin/python -m bench.fuzz $(FUZZ)
	@.venv/bin/python -m bench.crowded $(CROWDED)
	@.venv/bin/python -m bench.enduring $(ENDURING)

audit: $(DEV) ## known vulnerabilities of what is installed, from the OSV database
	@.venv/bin/python deploy/audit.py

sbom: $(DEV) ## what the program is made of, as deploy/sbom.cdx.json
	@.venv/bin/python deploy/sbom.py

clean: ## remove what was installed and trained
	rm -rf .venv models .pytest_cache .mypy_cache .ruff_cache .hypothesis
