#!/bin/sh
# What gen-schema-docs writes, given to those who read it: tests/browser/docs.mjs, with Mermaid in the
# system's Chromium, the DBML parser of @dbml/core, marked for Markdown (npm), and Graphviz.
set -eu
modules=${BUILD:?}/npm/node_modules
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$chromium" ] || [ ! -d "$modules/mermaid" ] || ! command -v dot >/dev/null; then
    echo "needs chromium, graphviz, and npm ci --prefix $BUILD/npm" >&2
    exit 1
fi
CHROMIUM=$chromium MODULES=$modules exec node "${SOURCE:?}/tests/browser/docs.mjs"
