#!/usr/bin/env bash
# Does the wheel in dist/ work in an empty environment? Installs it beside the given packages.
#
#   scripts/try_wheel.sh 'jupyterlab==4.2.*'
set -euo pipefail
wheel=$(ls dist/*.whl)
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
python3 -m venv "$home"
export PATH="$home/bin:$PATH" PYTHONPATH=
pip install --quiet --disable-pip-version-check "$@" "$wheel"

# `list` takes what it finds in the user's folders, too: here are none.
export JUPYTER_CONFIG_DIR="$home/config" JUPYTER_DATA_DIR="$home/data" JUPYTER_PREFER_ENV_PATH=1
for half in 'server extension' labextension; do
  # shellcheck disable=SC2086 # two words
  listed=$(jupyter $half list 2>&1)
  echo "$listed"
  grep -iq 'jupyter[_-]namespace[_-]viz.*OK' <<<"$listed"
done
jupyter namespace-viz --version

pip uninstall --quiet --yes jupyter_namespace_viz
left=$(find "$home" -path '*namespace[-_]viz*' -print)
if [[ -n $left ]]; then
  echo "Uninstalling leaves behind: $left" >&2
  exit 1
fi
