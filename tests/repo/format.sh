#!/bin/sh
# All C is as clang-format leaves it (.clang-format).
set -eu

cd "$SOURCE"
find lib tools tests/unit -name '*.[ch]' -exec clang-format --dry-run -Werror {} +
