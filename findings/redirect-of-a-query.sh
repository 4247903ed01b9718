#!/usr/bin/env bash
# Cloudflare and Netlify: an old address with a query in `_redirects`.
#
# One would expect: a line `/?p=12 /briefings/x/ 301`, as WordPress had such addresses, redirects that address, or is refused.
# What happens:     the parser of Cloudflare Pages takes the query off: the rule is of `/`, the home page. That of Netlify keeps `/?p=12` as a path. Neither says a word.
# Versions:         @cloudflare/pages-shared 0.12.0, @netlify/redirect-parser 16.1.1, esbuild
# Why it matters:   one line of an old address takes the home page away on one host, and does nothing on the other.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts @cloudflare/pages-shared@0.12.0 @netlify/redirect-parser@16.1.1 esbuild@0.28.2 --legacy-peer-deps >>npm.log 2>&1 || { cat npm.log; exit 1; }
node node_modules/esbuild/install.js
npx --no-install esbuild node_modules/@cloudflare/pages-shared/metadata-generator/parseRedirects.ts --bundle --platform=node --format=cjs --outfile=cloudflare.cjs --log-level=error
printf '/?p=12 /briefings/x/ 301\n' >_redirects
cat >run.mjs <<'E'
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { parseAllRedirects } from "@netlify/redirect-parser";
const { parseRedirects } = createRequire(import.meta.url)("./cloudflare.cjs");
const one = parseRedirects(readFileSync("_redirects", "utf8"), { maxLineLength: 2000, maxDynamicRules: 100, maxStaticRules: 2000 });
const other = await parseAllRedirects({ redirectsFiles: ["_redirects"], configRedirects: [], minimal: true });
console.log("Cloudflare", one.rules[0].from, "complaints", one.invalid.length);
console.log("Netlify", other.redirects[0].from, JSON.stringify(other.redirects[0].query), "complaints", other.errors.length);
E
expect "the old address of the rule" 'Cloudflare / complaints 0
Netlify /?p=12 {} complaints 0' "$(node run.mjs)"

echo 'holds: Cloudflare redirects the home page'
