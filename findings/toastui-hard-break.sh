#!/usr/bin/env bash
# Toast UI Editor: the mode that shows the page joins two words when it drops a hard line break.
#
# One would expect: a hard break stays, or becomes a space.
# What happens:     `broken\` + line end + `line` is saved as `brokenline`; the same with two blanks at the end of the line.
# Versions:         @toast-ui/editor 3.2.2, jsdom 29.1.1
# Why it matters:   addresses, verses and signatures run together; a search for either word no longer finds the page.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts @toast-ui/editor@3.2.2 jsdom@29.1.1 >>npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'E'
import { JSDOM } from "jsdom";
import { createRequire } from "node:module";
const { window } = new JSDOM("<!doctype html>", { pretendToBeVisual: true, url: "https://example.org/" });
for (const name of Object.getOwnPropertyNames(window)) if (!(name in globalThis)) globalThis[name] = window[name];
for (const name of ["addEventListener", "removeEventListener", "getSelection", "getComputedStyle"]) globalThis[name] = window[name].bind(window);
Object.defineProperty(globalThis, "navigator", { value: window.navigator, configurable: true });
globalThis.window = globalThis.self = window;
const Editor = createRequire(import.meta.url)("@toast-ui/editor");
for (const initialValue of ["A line\\\nbroken.", "A last  \nline.", "A soft\nline."]) {
  const el = document.createElement("div");
  document.body.append(el);
  console.log(new Editor({ el, initialEditType: "wysiwyg", initialValue, usageStatistics: false }).getMarkdown().split("\n").join("/"));
}
process.exit(0);
E
expect "three texts, opened and saved" 'A linebroken.
A lastline.
A soft/line.' "$(node run.mjs)"

echo 'holds: words on two sides of a hard break become one'
