#!/usr/bin/env bash
# Decap CMS: the rich text editor takes the backslash off an escaped bar in a table, and the row falls apart.
#
# One would expect: a text that is opened and saved without an edit means the same.
# What happens:     `\|` in a cell comes back as `|`: a cell too many, and GFM drops what is beyond the head. Alignment and the marks of task lists go too.
# Versions:         decap-cms-widget-markdown 3.13.1 (its own `markdownToSlate` and `slateToMarkdown`), bundled by esbuild 0.28.2
# Why it matters:   the last column of a row is gone from the public page after somebody mended a comma elsewhere.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts decap-cms-widget-markdown@3.13.1 react@18.3.1 react-dom@18.3.1 immutable@4.3.9 esbuild@0.28.2 --legacy-peer-deps >>npm.log 2>&1 || { cat npm.log; exit 1; }
cat >stub.js <<'E'
import { Map } from "immutable";
export const getEditorComponents = () => Map();
E
cat >entry.js <<'E'
import { markdownToSlate, slateToMarkdown } from "decap-cms-widget-markdown/dist/esm/serializers/index.js";
const text = "| Land | Share |\n|:-----|------:|\n| Ruritania \\| Zenda | 4 |\n\n- [x] done\n";
console.log(slateToMarkdown(markdownToSlate(text, {}), {}));
E
cat >bundle.mjs <<'E'
import { build } from "esbuild";
const stub = { name: "stub", setup: (b) => b.onResolve({ filter: /MarkdownControl$/ }, () => ({ path: process.cwd() + "/stub.js" })) };
await build({ entryPoints: ["entry.js"], bundle: true, platform: "node", format: "cjs", outfile: "out.cjs", plugins: [stub], logLevel: "error" });
E
node node_modules/esbuild/install.js
node bundle.mjs
expect "a table and a task list, opened and saved" '| Land              | Share |
| ----------------- | ----- |
| Ruritania | Zenda | 4     |

* done' "$(node out.cjs)"

echo 'holds: a cell with an escaped bar becomes two'
