#!/bin/sh
# What holds of every format of schema-diff, on the pairs of cases/diff and on made ones: formats/check.mjs.
set -eu
exec node "${SOURCE:?}/tests/cases/formats/check.mjs"
