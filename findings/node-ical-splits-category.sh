#!/usr/bin/env bash
# node-ical: a category with a comma in it is two categories, the first with a backslash at its end.
#
# One would expect: `CATEGORIES:Law\, Institutions,Defence` has two categories, for RFC 5545 (3.3.11) has `\,` for a comma within a text. ical.js and icalendar say so, and node-ical itself takes the backslash off in SUMMARY.
# What happens:     node-ical gives three: `Law\`, `Institutions`, `Defence`.
# Versions:         node-ical 0.26.1, ical.js 2.2.1, icalendar 7.3.2
# Why it matters:   a calendar of reviews by desk, read by a dashboard in JavaScript, has desks that do not exist. Names of desks and topics in categories are safe only without commas.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

npm init -y >npm.log
npm install --no-audit --no-fund --ignore-scripts node-ical@0.26.1 ical.js@2.2.1 >>npm.log 2>&1 || { cat npm.log; exit 1; }
python3 -m venv python
python/bin/pip install --quiet icalendar==7.3.2 >pip.log 2>&1 || { cat pip.log; exit 1; }
printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 'PRODID:-//example.org//reviews//EN' BEGIN:VEVENT UID:review-1@example.org DTSTAMP:20261201T000000Z \
  'DTSTART;VALUE=DATE:20261215' 'SUMMARY:Review due: laws\, and more' 'CATEGORIES:Law\, Institutions,Defence' END:VEVENT END:VCALENDAR >reviews.ics
cat >read.mjs <<'E'
import { readFileSync } from "node:fs";
import ical from "node-ical";
import ICAL from "ical.js";
const text = readFileSync("reviews.ics", "utf8");
const event = Object.values(ical.sync.parseICS(text)).find((entry) => entry.type === "VEVENT");
console.log("node-ical", event.summary, "|", event.categories.join(" | "));
const other = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vevent");
console.log("ical.js", other.getFirstPropertyValue("summary"), "|", other.getFirstProperty("categories").getValues().join(" | "));
E
cat >read.py <<'E'
import icalendar
event = icalendar.Calendar.from_ical(open("reviews.ics", "rb").read()).walk("VEVENT")[0]
print("icalendar", event["SUMMARY"], "|", " | ".join(event.categories))
E
expect "title and categories" 'node-ical Review due: laws, and more | Law\ | Institutions | Defence
ical.js Review due: laws, and more | Law, Institutions | Defence
icalendar Review due: laws, and more | Law, Institutions | Defence' "$(node read.mjs; python/bin/python read.py)"

echo 'holds: a comma that belongs to a category divides it'
