#!/usr/bin/env bash
# markdownlint and rumdl: `--fix` turns a bracket and a citation into a link.
#
# One would expect: Pandoc's `(paragraph 14)[@council2025]` is left alone: nothing in it is an address.
# What happens:     both take it for a link with its brackets the wrong way round (MD011) and write `[paragraph 14](@council2025)`.
# Versions:         markdownlint-cli2 0.22.1, rumdl 0.3.0
# Why it matters:   a fix that runs before each commit takes a source away and leaves a dead link; two programs agree, so it looks right.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

python3 -m venv venv
venv/bin/pip install --quiet rumdl==0.3.0 >pip.log 2>&1 || { cat pip.log; exit 1; }
npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts markdownlint-cli2@0.22.1 >>npm.log 2>&1 || { cat npm.log; exit 1; }
text='# T

It was agreed (paragraph 14)[@council2025].'
printf '%s\n' "$text" | tee one.md >two.md
npx --no-install markdownlint-cli2 --fix one.md >lint.log 2>&1 || true
venv/bin/rumdl fmt --no-config --no-cache two.md >rumdl.log 2>&1 || true
swapped='# T

It was agreed [paragraph 14](@council2025).'
expect "markdownlint-cli2" "$swapped" "$(cat one.md)"
expect "rumdl" "$swapped" "$(cat two.md)"

echo 'holds: a citation behind a bracket becomes a link'
