#!/usr/bin/env bash
# gray-matter beside js-yaml: `id: 0123` is 83 in one and 123 in the other, and text in neither.
#
# One would expect: one project reads one front matter one way; a number of a document that begins with a nought is a text, or an error.
# What happens:     gray-matter brings js-yaml 3, which reads YAML 1.1: octal 83, and `9:30` as 570 minutes. js-yaml 5 beside it reads 123 and "9:30"; it gives a day as text, where the older one gives a Date.
# Versions:         gray-matter 4.0.3 (with its js-yaml 3.15.2), js-yaml 5.5.0
# Why it matters:   numbers of briefings and hours of embargoes differ between the editor and the site, both written in JavaScript; quotes around such values are the only safe form.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts gray-matter@4.0.3 js-yaml@5.5.0 >>npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'E'
import matter from "gray-matter";
import { load } from "js-yaml";
const text = 'id: 0123\nhour: 9:30\nday: 2026-01-05\nquoted: "0123"\n';
const say = (name, data) => console.log(name, ...Object.values(data).map((value) => (value instanceof Date ? "Date" : JSON.stringify(value))));
say("gray-matter", matter("---\n" + text + "---\n").data);
say("js-yaml", load(text));
E
expect "id, hour, day, quoted" 'gray-matter 83 570 Date "0123"
js-yaml 123 "9:30" "2026-01-05" "0123"' "$(node run.mjs)"

echo 'holds: one key has two values in one project'
