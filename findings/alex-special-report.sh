#!/usr/bin/env bash
# alex: names of institutions and words of an estimate are taken for slurs.
#
# One would expect: "Special Report No. 3/2024" of a court of auditors, a joint fund and a cable that failed are nobody's disability and not profane.
# What happens:     "Special" is to be "Person with a disability", in capitals and in a title; "joint", "failed" and "lies in" are profane, at the level of a warning.
# Versions:         alex 11.0.1
# Why it matters:   it is the usual second reader of public texts, also within textlint; its advice, followed, renames a report, and its noise hides what it is for.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts alex@11.0.1 >>npm.log 2>&1 || { cat npm.log; exit 1; }
cat >a.md <<'E'
The Court of Auditors disagrees, see Special Report No. 3/2024.
The cable failed in the half that lies in Finnish waters. A joint fund pays.
E
said="$(npx --no-install alex a.md 2>&1 | grep -oE '(Be careful with|`Special` may be insensitive, [^`]*`[^`]*`(, `[^`]*`)?).*' | sed -E 's/  +.*//' || true)"
expect "what is told" '`Special` may be insensitive, use `Has a disability`, `Person with a disability`, `People with disabilities` instead
Be careful with `failed`, it’s profane in some cases
Be careful with `lies`, it’s profane in some cases
Be careful with `joint`, it’s profane in some cases' "$said"

echo 'holds: a special report is taken for a disability'
