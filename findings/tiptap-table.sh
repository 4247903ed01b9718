#!/usr/bin/env bash
# Tiptap: the starter kit with the Markdown extension drops a table with all its words, silently.
#
# One would expect: what the editor has no node for is kept as text, or refused.
# What happens:     table and picture address are gone from the saved text; with the extension for tables all is kept.
# Versions:         @tiptap/core, starter-kit, markdown, extension-table 3.35.0, jsdom 29.1.1
# Why it matters:   an editor page made from the quick start loses tables of figures on the first save.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts @tiptap/core@3.35.0 @tiptap/pm@3.35.0 @tiptap/starter-kit@3.35.0 @tiptap/markdown@3.35.0 @tiptap/extension-table@3.35.0 jsdom@29.1.1 >>npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'E'
import { JSDOM } from "jsdom";
const { window } = new JSDOM("<!doctype html>", { pretendToBeVisual: true });
for (const name of ["document", "Node", "Element", "HTMLElement", "DOMParser", "MutationObserver", "getSelection", "getComputedStyle", "DocumentFragment"]) globalThis[name] ??= window[name];
globalThis.window = window;
globalThis.innerHeight = 0;
Object.defineProperty(globalThis, "navigator", { value: window.navigator, configurable: true });
const { Editor } = await import("@tiptap/core");
const { default: kit } = await import("@tiptap/starter-kit");
const { Markdown } = await import("@tiptap/markdown");
const { TableKit } = await import("@tiptap/extension-table");
const content = "Before.\n\n| Land | Share |\n|---|---|\n| Ruritania | 4 |\n\nAfter.\n";
for (const more of [[], [TableKit]]) {
  const editor = new Editor({ element: document.createElement("div"), extensions: [kit, Markdown, ...more], content, contentType: "markdown" });
  console.log(editor.getMarkdown().includes("Ruritania"), editor.getMarkdown().includes("After."));
}
process.exit(0);
E
expect "is the table kept, is what follows kept: without and with the extension" 'false true
true true' "$(node run.mjs)"

echo 'holds: a table is dropped without a word'
