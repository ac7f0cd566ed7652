#!/usr/bin/env bash
# Is the panel the same when it is built in another folder? Compares it with the one built here.
set -euo pipefail
here=$PWD
elsewhere=$(mktemp -d)
trap 'rm -rf "$elsewhere"' EXIT
git checkout-index --all --prefix="$elsewhere/panel/"
cd "$elsewhere/panel"
modules=$(readlink -f "$here/node_modules")
# Links take no space, but need the same disk.
cp --archive --link "$modules" node_modules 2>/dev/null ||
  { rm -rf node_modules && cp --archive "$modules" node_modules; }
jlpm build:prod
diff --recursive "$here/jupyter_namespace_viz/labextension" jupyter_namespace_viz/labextension
