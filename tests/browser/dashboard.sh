#!/bin/sh
# The page in a real browser: tests/browser/dashboard.mjs, with playwright-core (npm) driving the
# system's Chromium.
set -eu
modules=${BUILD:?}/npm/node_modules
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$chromium" ] || [ ! -d "$modules/playwright-core" ]; then
    echo "needs chromium, and npm install --prefix $BUILD/npm playwright-core" >&2
    exit 1
fi
CHROMIUM=$chromium PLAYWRIGHT=$modules/playwright-core exec node "${SOURCE:?}/tests/browser/dashboard.mjs"
