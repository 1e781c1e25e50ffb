#!/bin/sh
# What schema-diff writes for people, given to those who read it: tests/browser/diff.mjs, with Mermaid in the
# system's Chromium and marked for Markdown (npm).
set -eu
modules=${NPM:-${BUILD:?}/npm}/node_modules
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$chromium" ] || [ ! -d "$modules/mermaid" ]; then
    echo "needs chromium, and npm ci --prefix $BUILD/npm" >&2
    exit 1
fi
CHROMIUM=$chromium MODULES=$modules exec node "${SOURCE:?}/tests/browser/diff.mjs"
