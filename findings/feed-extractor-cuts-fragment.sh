#!/usr/bin/env bash
# feed-extractor: the address of an entry loses what follows `#`, so two entries about one page have one link.
#
# One would expect: an entry with `<link href="https://example.org/x/#Change-2026-03-10"/>` has that link. A feed of changes has several entries a page, each with its place on it.
# What happens:     the link is `https://example.org/x/` for all of them, in Atom and in JSON Feed alike. Their ids stay apart. feedsmith and rss-parser keep the whole address.
# Versions:         @extractus/feed-extractor 8.0.3, feedsmith 2.9.6, rss-parser 3.13.0
# Why it matters:   whoever keeps entries by their link, as many readers do, takes the second correction of a page for the first one, and shows it once.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts @extractus/feed-extractor@8.0.3 feedsmith@2.9.6 rss-parser@3.13.0 >>npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'E'
import { extractFromJson, extractFromXml } from "@extractus/feed-extractor";
import { parseAtomFeed } from "feedsmith";
import Parser from "rss-parser";
const days = ["2026-03-10", "2026-01-26"];
const entry = (day) => `<entry><id>tag:example.org,2026:R-1#${day}</id><title>Corrected</title><link href="https://example.org/x/#Change-${day}"/><updated>${day}T12:00:00Z</updated></entry>`;
const atom = `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><id>https://example.org/</id><title>Changes</title><updated>2026-03-10T12:00:00Z</updated>${days.map(entry).join("")}</feed>`;
const items = days.map((day) => ({ id: `tag:example.org,2026:R-1#${day}`, url: `https://example.org/x/#Change-${day}`, content_text: "Corrected", date_published: `${day}T12:00:00Z` }));
const json = { version: "https://jsonfeed.org/version/1.1", title: "Changes", items };
const say = (who, links) => console.log(who, links.map((link) => new URL(link).pathname + new URL(link).hash).join(" "));
say("feed-extractor, Atom", extractFromXml(atom).entries.map((entry) => entry.link));
say("feed-extractor, JSON", extractFromJson(json).entries.map((entry) => entry.link));
say("feedsmith", parseAtomFeed(atom).entries.map((entry) => entry.links[0].href));
say("rss-parser", (await new Parser().parseString(atom)).items.map((item) => item.link));
E
expect "links of two entries" 'feed-extractor, Atom /x/ /x/
feed-extractor, JSON /x/ /x/
feedsmith /x/#Change-2026-03-10 /x/#Change-2026-01-26
rss-parser /x/#Change-2026-03-10 /x/#Change-2026-01-26' "$(node run.mjs)"

echo 'holds: the end of an address is cut off'
