#!/usr/bin/env bash
# TinaCMS: a day that is read and written is an instant of Greenwich.
#
# One would expect: `date: 2026-01-05` comes back as `2026-01-05`.
# What happens:     the reader makes a JavaScript date of it, and the writer a quoted text with midnight in UTC.
# Versions:         @tinacms/graphql 3.0.0 (`parseFile`, `stringifyFile`)
# Why it matters:   west of Greenwich that instant is the day before; `publish_at: 2026-01-05`, midnight at home, becomes another hour: an embargo is moved by saving a form.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts @tinacms/graphql@3.0.0 --legacy-peer-deps >>npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'E'
import { parseFile, stringifyFile } from "@tinacms/graphql";
const read = parseFile("---\ntitle: T\ndate: 2026-01-05\n---\nText\n", ".md", (yup) => yup.object());
// What the resolver of a `datetime` field hands to the form, and the form hands back.
const form = { ...read, date: read.date instanceof Date ? read.date.toISOString() : read.date };
console.log(stringifyFile(form, ".md", false).split("\n").find((line) => line.startsWith("date")));
const there = { timeZone: "America/New_York", dateStyle: "short" };
console.log(new Intl.DateTimeFormat("en-CA", there).format(read.date));
process.exit(0);
E
expect "the day as it is saved, and the day that it is in New York" "date: '2026-01-05T00:00:00.000Z'
2026-01-04" "$(node run.mjs)"

echo 'holds: a day is saved as midnight in Greenwich'
