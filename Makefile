# Needs Python 3.10 or later and make; everything else is installed into this folder.
#
#   make lab     JupyterLab with the panel, on the first example (LAB_ARGS: more arguments for it)
#   make test    all tests: Python, Python with ipykernel 6, other kernels, TypeScript, browser
#   make lint    all checks that do not run the code
#   make docs    the documentation as a site, in docs/_build: open docs/_build/index.html
#   make soak    an hour of use, then looks for what is wrong or left over; SOAK_SECONDS=300 takes
#                five minutes (SOAK_ARGS: more arguments for benchmarks/soak.py)
#   make dist    the distributions in dist/, and NOTICE; make test-dist checks them
#   make test-lower-bounds   some Python tests with the oldest Python and the lowest versions of what
#                the extension requires
#   make test-matrix  the wheel in a browser, with the oldest and the newest JupyterLab, Notebook and Python
#                (MATRIX: only these environments of scripts/make_matrix.py)
#   make bench   all benchmarks that compare times, and docs/benchmarks.md with what they print
#                (BENCHMARKS: only these targets, which are printed)
#   make bench-ratios  whether something has become slower beyond noise, as ratios of processor times
#   make bench-mark   the time from the end of a run to the mark on screen
#   make bench-large  what a notebook of 2,000 cells costs the page, with the panel and without
#   make bench-panel  what the panel of a notebook of 1,000 cells costs the page
#   make bench-kernel  what the probe and its peers cost the kernel; the time from a run to its report
#   make bench-event-latency  the time from a restart, a kill, a large %reset … to its report
#   make bench-many-kernels  what 50 kernels and 200 panels cost the server
#   make bench-reading  the reading of cells, compared with other readers (NOTEBOOKS: a folder of
#                notebooks; ORACLE: a folder with records of what happened when they ran)
#   make bench-surprise  random walks through NOTEBOOKS: how often a missing name is a surprise, and
#                whether remedies mend
#                (SEED, WALKS: how many; WALKS_ARGS: more arguments for benchmarks/surprise.py)
#   make bench-in-order  whether cells of NOTEBOOKS are stale that ran in order, or after the plan
#   make locale  add new texts to the translations, remove old ones
#   make known-stars  read the names in star imports of well-known packages again
#   make bench-fresh-plans  whether cells of NOTEBOOKS do by their plan, in a fresh kernel, what they do
#                in order
#   make bench-hostile  how long the texts take that make readers slow, and how long they delay the
#                server's event loop
#   make bench-event-loop  how long hostile cells, notebooks, messages, files and kernels delay the
#                event loop of a real server (ATTACKS: only those whose names have one of these words)
#   make fuzz    read all cells of NOTEBOOKS, then random edits of them for SECONDS
#   make screenshots  the pictures of the documentation
#   make clean   remove everything that these targets made

PYTHON ?= python3
LAB_ARGS ?=
NOTEBOOKS ?= examples
SECONDS ?= 60
SEED ?= 1
WALKS ?= 150
WALKS_ARGS ?=
SOAK_SECONDS ?= 3600
BENCHMARKS ?=
MATRIX ?=
SOAK_ARGS ?=
ORACLE ?= $(NOTEBOOKS)/../oracle

export PATH := $(CURDIR)/.venv/bin:$(PATH)
# `pip install --editable` must not build the panel: $(PANEL) does, only when it is out of date.
export SKIP_JUPYTER_BUILDER := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Files that mark a part as made.
VENV := .venv/.made
IPYKERNEL6 := .venv-ipykernel6/.made
TENSORFLOW := .venv-tensorflow/.made
GATEWAY := .venv-gateway/.made
COLLABORATION := .venv-collaboration/.made
AGENTS := .venv-agents/.made
KERNELS := .venv-kernels/.made
RUNNERS := .venv-runners/.made
PACKAGING := .venv-packaging/.made
LOWER_BOUNDS := .venv-lower-bounds/.made
PEERS := .venv-peers/.made
PACKAGES := .venv-known-stars/.made
WALKED := .venv-walks/.made
NODE_MODULES := node_modules/.made
UI_MODULES := ui-tests/node_modules/.made
BROWSER := ui-tests/.browser
PANEL := jupyter_namespace_viz/labextension/package.json

.PHONY: lab environments test test-core test-python test-ipykernel6 test-ipykernel7 test-kernels
.PHONY: dist test-dist test-lower-bounds test-matrix test-typescript test-browser
.PHONY: bench bench-mark bench-large bench-panel bench-kernel bench-event-latency bench-many-kernels bench-reading bench-surprise bench-in-order bench-fresh-plans
.PHONY: bench-hostile bench-event-loop bench-ratios
.PHONY: docs soak fuzz known-stars locale screenshots lint clean
.DELETE_ON_ERROR:

lab: $(PANEL) $(TENSORFLOW)
	jupyter lab --LabApp.app_settings_dir=$(CURDIR)/scripts/lab-settings $(LAB_ARGS) \
		examples/1-forgotten-import.ipynb

# All environments that tests run in, with `--jobs` several at a time.
environments: $(VENV) $(IPYKERNEL6) $(GATEWAY) $(COLLABORATION) $(AGENTS) $(KERNELS) $(RUNNERS) $(TENSORFLOW) $(PACKAGES)

# Three at a time, because the first three mostly wait for kernels.
test:
	$(MAKE) --jobs=3 --output-sync=target \
		test-python test-ipykernel6 test-ipykernel7 test-core test-kernels test-typescript
	$(MAKE) test-browser

test-core: $(VENV)
	pytest tests/core

# A test needs Mermaid's parser, which is in JupyterLab's node modules.
test-python: $(VENV) $(GATEWAY) $(COLLABORATION) $(AGENTS) $(RUNNERS) $(NODE_MODULES)
	pytest --ignore=tests/core --ignore=tests/kernel

# The tests that run ipykernel in the tests' own environment.
test-ipykernel6: $(IPYKERNEL6)
	PATH=$(CURDIR)/.venv-ipykernel6/bin:$$PATH pytest tests/kernel

test-ipykernel7: $(VENV)
	pytest tests/kernel

# In every Python that is installed, and in other kernels than IPython's.
test-kernels: $(VENV) $(KERNELS)
	pytest -m every_kernel

# The panel as it is published, without source maps.
dist: $(PACKAGING) $(NODE_MODULES)
	jlpm build:prod
	python scripts/make_notice.py
	rm -rf dist
	.venv-packaging/bin/python -m build --no-isolation --skip-dependency-check --outdir dist

test-dist: dist
	.venv-packaging/bin/twine check --strict dist/*
	.venv-packaging/bin/check-wheel-contents dist/*.whl
	DIST=dist pytest tests/packaging
	scripts/build_elsewhere.sh

# Old packages warn of what newer ones will remove.
test-lower-bounds: $(LOWER_BOUNDS)
	.venv-lower-bounds/bin/python -m pytest -W default tests/cli/check tests/cli/graph tests/cli/names tests/cli/notebooks \
		tests/cli/test_configuration.py tests/protocol tests/server/test_socket.py tests/server/test_rest.py

test-matrix: dist $(BROWSER)
	python scripts/make_matrix.py .venv-matrix dist $(MATRIX)
	cd ui-tests && CHROMIUM_EXECUTABLE=$$(cat .browser) jlpm test --config matrix.config.ts

test-typescript: $(NODE_MODULES)
	jlpm test

test-browser: $(PANEL) $(TENSORFLOW) $(COLLABORATION) $(BROWSER)
	cd ui-tests && CHROMIUM_EXECUTABLE=$$(cat .browser) jlpm test

bench: $(VENV) $(PEERS) $(PANEL) $(BROWSER)
	python scripts/write_benchmarks.py $(NOTEBOOKS) $(BENCHMARKS)

bench-ratios: $(VENV)
	python benchmarks/ratios.py

bench-mark: $(PANEL) $(COLLABORATION) $(BROWSER)
	cd ui-tests && CHROMIUM_EXECUTABLE=$$(cat .browser) jlpm benchmark mark-latency

bench-large: $(PANEL) $(COLLABORATION) $(BROWSER)
	cd ui-tests && CHROMIUM_EXECUTABLE=$$(cat .browser) jlpm benchmark large-notebook

bench-panel: $(PANEL) $(COLLABORATION) $(BROWSER)
	cd ui-tests && CHROMIUM_EXECUTABLE=$$(cat .browser) jlpm benchmark open-panel

bench-kernel: $(PEERS) $(VENV)
	.venv-peers/bin/python benchmarks/kernel.py
	@echo
	python benchmarks/report_latency.py

bench-event-latency: $(VENV)
	python benchmarks/event_latency.py

bench-many-kernels: $(VENV)
	python benchmarks/many_kernels.py

bench-reading: $(PEERS)
	.venv-peers/bin/python benchmarks/reading.py $(NOTEBOOKS)
ifneq ($(wildcard $(ORACLE)),)
	@echo
	MPLBACKEND=Agg .venv-peers/bin/python -m benchmarks.accuracy $(NOTEBOOKS) --oracle $(ORACLE)
endif

bench-surprise: $(VENV) $(WALKED)
	nice python -m benchmarks.surprise $(NOTEBOOKS) $(if $(wildcard $(ORACLE)),--oracle $(ORACLE)) \
		--kernel-python .venv-walks/bin/python --seed $(SEED) --walks $(WALKS) $(WALKS_ARGS)

bench-in-order: $(VENV) $(WALKED)
	nice python -m benchmarks.in_order $(NOTEBOOKS) $(if $(wildcard $(ORACLE)),--oracle $(ORACLE)) \
		--kernel-python .venv-walks/bin/python

bench-fresh-plans: $(VENV) $(WALKED)
	nice python -m benchmarks.fresh_plans $(NOTEBOOKS) $(if $(wildcard $(ORACLE)),--oracle $(ORACLE)) \
		--kernel-python .venv-walks/bin/python --seed $(SEED)

bench-hostile: $(VENV)
	python benchmarks/hostile.py

bench-event-loop: $(VENV)
	python benchmarks/event_loop.py $(ATTACKS)

soak: $(VENV)
	nice python -m benchmarks.soak $(NOTEBOOKS) --seconds $(SOAK_SECONDS) --seed $(SEED) $(SOAK_ARGS)

fuzz: $(VENV)
	python benchmarks/fuzz.py $(NOTEBOOKS) --seconds $(SECONDS)

screenshots: $(PANEL) $(TENSORFLOW) $(COLLABORATION) $(BROWSER)
	cd ui-tests && SCREENSHOTS=1 CHROMIUM_EXECUTABLE=$$(cat .browser) jlpm test screenshots moving-picture

locale: $(VENV) $(NODE_MODULES)
	python scripts/make_locale.py

known-stars: $(PACKAGES)
	python scripts/make_known_stars.py .venv-known-stars

# Each warning is an error: a link that leads nowhere, a page that no other one lists.
docs: $(VENV)
	sphinx-build --fail-on-warning --keep-going --quiet docs docs/_build

lint: $(NODE_MODULES) $(UI_MODULES) $(PACKAGES)
	ruff check
	ruff format --check
	mypy
	lint-imports
	codespell
	jlpm lint:check
	python scripts/make_protocol.py --check
	python scripts/make_locale.py --check
	python scripts/make_known_stars.py .venv-known-stars --check

clean:
	rm -rf .venv .venv-* node_modules ui-tests/node_modules
	rm -rf dist docs/_build lib tsconfig.tsbuildinfo jupyter_namespace_viz/labextension
	rm -rf .*_cache .hypothesis .yarn ui-tests/.yarn ui-tests/.browser ui-tests/.jupyter ui-tests/test-results

# --- the parts ---

# Installs Node.js, too. The link that $(PANEL) made is removed first: pip would write through it
# into the built panel.
$(VENV): pyproject.toml
	$(PYTHON) -m venv .venv
	rm -rf .venv/share/jupyter/labextensions/jupyter-namespace-viz
	.venv/bin/python -m pip install --quiet --editable '.[test,dev,docs]'
	touch $@

$(IPYKERNEL6): pyproject.toml
	$(PYTHON) -m venv .venv-ipykernel6
	.venv-ipykernel6/bin/python -m pip install --quiet --editable '.[test]' 'ipykernel==6.29.*'
	touch $@

$(KERNELS): scripts/make_kernels.py | $(VENV)
	python scripts/make_kernels.py .venv-kernels
	touch $@

# What pyproject.toml requires to build, but for Node.js, and what checks distributions.
$(PACKAGING): pyproject.toml | $(VENV)
	$(PYTHON) -m venv .venv-packaging
	.venv-packaging/bin/python -m pip install --quiet 'hatchling>=1.27' 'hatch-nodejs-version>=0.3.2' \
		'hatch-jupyter-builder>=0.9' build twine check-wheel-contents
	touch $@

$(LOWER_BOUNDS): pyproject.toml scripts/make_lower_bounds.py | $(VENV)
	python scripts/make_lower_bounds.py .venv-lower-bounds
	touch $@

# A kernel that has TensorFlow and not our package; its kernel spec is in .venv.
$(TENSORFLOW): $(VENV)
	$(PYTHON) -m venv .venv-tensorflow
	.venv-tensorflow/bin/python -m pip install --quiet ipykernel tensorflow-cpu \
		|| .venv-tensorflow/bin/python -m pip install --quiet ipykernel tensorflow
	.venv-tensorflow/bin/python -m ipykernel install --prefix .venv \
		--name tensorflow-env --display-name 'Python (TensorFlow)'
	touch $@

# A gateway, and kernels that run behind it, without our package.
$(GATEWAY):
	$(PYTHON) -m venv .venv-gateway
	.venv-gateway/bin/python -m pip install --quiet 'jupyter_kernel_gateway>=3,<4' ipykernel
	touch $@

# A JupyterLab in which several people edit one notebook; it links to the panel that is built here.
$(COLLABORATION): pyproject.toml
	$(PYTHON) -m venv .venv-collaboration
	rm -rf .venv-collaboration/share/jupyter/labextensions/jupyter-namespace-viz
	.venv-collaboration/bin/python -m pip install --quiet --editable . ipykernel 'jupyter-collaboration>=4'
	rm -rf .venv-collaboration/share/jupyter/labextensions/jupyter-namespace-viz
	ln -s $(CURDIR)/jupyter_namespace_viz/labextension \
		.venv-collaboration/share/jupyter/labextensions/jupyter-namespace-viz
	touch $@

# A Jupyter server on which agents find tools, and that keeps a document per open notebook.
$(AGENTS): pyproject.toml
	$(PYTHON) -m venv .venv-agents
	.venv-agents/bin/python -m pip install --quiet --editable . ipykernel \
		'jupyter-server-mcp>=0.4' 'jupyter-server-documents>=0.3.3'
	touch $@

# A server in whose environment are the packages that run cells without a browser.
$(RUNNERS): pyproject.toml
	$(PYTHON) -m venv .venv-runners
	rm -rf .venv-runners/share/jupyter/labextensions/jupyter-namespace-viz
	.venv-runners/bin/python -m pip install --quiet --editable . ipykernel papermill \
		'jupyter-collaboration>=4' 'jupyter-server-nbmodel>=0.2.9'
	touch $@

# Other tools, for comparison in the benchmarks.
$(PEERS): pyproject.toml
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --editable '.[bench]'
	touch $@

# A kernel that has the packages which the notebooks of the walks import, and not our package.
$(WALKED): benchmarks/walks/kernel-packages.txt
	$(PYTHON) -m venv .venv-walks
	.venv-walks/bin/python -m pip install --quiet -r benchmarks/walks/kernel-packages.txt
	touch $@

# Packages whose files are read; none of their code runs.
$(PACKAGES): scripts/known-stars.txt $(VENV)
	rm -rf .venv-known-stars
	python -m pip install --quiet --no-deps --target .venv-known-stars -r scripts/known-stars.txt
	touch $@

$(NODE_MODULES): package.json yarn.lock | $(VENV)
	jlpm install --immutable
	touch $@

$(UI_MODULES): ui-tests/package.json ui-tests/yarn.lock | $(VENV)
	cd ui-tests && jlpm install --immutable
	touch $@

$(BROWSER): scripts/find_browser.py $(UI_MODULES)
	python scripts/find_browser.py > $@

$(PANEL): $(VENV) $(NODE_MODULES) tsconfig.json $(shell find src style schema -type f -not -path '*/__tests__/*')
	jlpm build
	jupyter-builder develop . --overwrite
	touch $@
