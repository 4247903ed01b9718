#!/usr/bin/env bash
# feed-extractor: the day of publication of an Atom entry is the day of its last change.
#
# One would expect: `published` of the entry, 2026-02-03, is in the field `published`. RFC 4287 asks for `updated` in every entry, and has `published` for the other date.
# What happens:     the field `published` has 2026-03-10, which is `updated`. The same entry as a JSON Feed, with `date_published` and `date_modified`, has 2026-02-03.
# Versions:         @extractus/feed-extractor 8.0.3
# Why it matters:   a briefing of February, corrected in March, is new in March for whoever reads the feed so; the date that is cited is wrong.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts @extractus/feed-extractor@8.0.3 >>npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'E'
import * as feeds from "@extractus/feed-extractor";
const id = "https://example.org/x/";
const day = ({ entries }) => entries[0].published.slice(0, 10);
const atom = (dates) => `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><id>https://example.org/</id><title>Desk</title><updated>2026-04-01T00:00:00Z</updated>
<entry><id>${id}</id><title>T</title><link href="${id}"/>${dates}<summary>S</summary></entry></feed>`;
const published = "<published>2026-02-03T00:00:00Z</published>";
const updated = "<updated>2026-03-10T00:00:00Z</updated>";
const json = { version: "https://jsonfeed.org/version/1.1", title: "Desk", items: [{ id, url: id, title: "T", content_text: "S", date_published: "2026-02-03T00:00:00Z", date_modified: "2026-03-10T00:00:00Z" }] };
console.log("Atom, published and updated", day(feeds.extractFromXml(atom(published + updated))));
console.log("Atom, published alone", day(feeds.extractFromXml(atom(published))));
console.log("JSON Feed, date_published and date_modified", day(feeds.extractFromJson(json)));
E
expect "the field published of the entry" 'Atom, published and updated 2026-03-10
Atom, published alone 2026-02-03
JSON Feed, date_published and date_modified 2026-02-03' "$(node run.mjs)"

echo 'holds: the day of the last change is given as the day of publication'
