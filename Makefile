# The Mali Casebook: `make serve` to read it, `make test` to check it, `make help` for the rest.
# Nothing has to be installed by hand but git, make and Python 3.11, 3.12 or 3.13.

PORT ?= 8000
LITE ?= 1
BOOK := $(if $(filter 0,$(LITE)),pages,book)
export LITE
VENV_PYTHON := .venv/bin/python
export PYTHON
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help serve book instructor-edition data instructor cluster test test-release links next lock clean
.NOTPARALLEL:

help: ## say what there is
	@echo "make serve          build the book and serve it on 127.0.0.1:8000 (PORT=8001 for another port)"
	@echo "                    LITE=0 builds without Python in the browser: smaller and quicker"
	@echo "make test           build the book and check code, data, pages and the book in a browser"
	@echo "make book           build the book into _build/html; open index.html there, no server needed"
	@echo "make instructor-edition"
	@echo "                    build the book with solutions, rubrics and teaching notes, apart from"
	@echo "                    the public one; it is not for publication"
	@echo "make data           check the tables in data/, and refresh their order and hashes"
	@echo "make instructor     what collecting and marking submissions needs (python -m casebook.grading)"
	@echo "make cluster        that, and what marking on several machines needs: on each of them"
	@echo "make test-release   the slow checks before a release, after make test"
	@echo "make links          ask other sites whether the pages that the book cites are still there"
	@echo "make next           build with the newest Sphinx, MyST-NB and theme, without Jupyter Book"
	@echo "make lock           look up again all versions that the requirements files pin"
	@echo "make clean          remove everything that make made"

serve:
	@python=$$(tools/find-python) && \
	  $$python tools/serve.py "$(PORT)" --check && \
	  $$python tools/environment.py $(BOOK) && \
	  $(VENV_PYTHON) tools/book.py && \
	  exec $(VENV_PYTHON) tools/serve.py "$(PORT)"

book:
	@python=$$(tools/find-python) && $$python tools/environment.py $(BOOK) && $(VENV_PYTHON) tools/book.py

instructor-edition:
	@python=$$(tools/find-python) && $$python tools/environment.py $(BOOK) && \
	  $(VENV_PYTHON) tools/book.py --instructor

data:
	@python=$$(tools/find-python) && $$python tools/environment.py test && \
	  $(VENV_PYTHON) -m casebook.authoring check-data

instructor:
	@python=$$(tools/find-python) && $$python tools/environment.py instructor && \
	  $(VENV_PYTHON) -m casebook.grading ready

cluster:
	@python=$$(tools/find-python) && $$python tools/environment.py cluster && \
	  $(VENV_PYTHON) -m casebook.grading ready

test:
	@python=$$(tools/find-python) && $$python tools/environment.py test && $(VENV_PYTHON) tools/check.py

test-release:
	@python=$$(tools/find-python) && $$python tools/environment.py test && $(VENV_PYTHON) tools/check.py --release

links:
	@python=$$(tools/find-python) && $$python tools/environment.py $(BOOK) && \
	  $$python tools/environment.py links && $(VENV_PYTHON) tools/book.py && \
	  .venv/bin/lychee --config tools/lychee.toml README.md docs _build/html

next:
	@python=$$(tools/find-python) && $$python tools/environment.py pages && \
	  $(VENV_PYTHON) tools/next.py

lock:
	@python=$$(tools/find-python) && $$python tools/lock.py

clean:
	rm -rf .venv node_modules _build .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
