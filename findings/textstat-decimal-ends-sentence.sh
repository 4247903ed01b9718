#!/usr/bin/env bash
# textstat: a decimal point ends a sentence, and a sentence of one or two words is none.
#
# One would expect: "Spending rose to 2.1 per cent. It had stood at 1.9 per cent." has two sentences, as the same text with whole numbers has.
# What happens:     it has four: each decimal point ends one. "It left." and "Yes." are none, so three sentences can be one. "the U.S. position" is cut as well.
# Versions:         textstat 0.7.13
# Why it matters:   reading grades are made of words a sentence. A briefing full of shares of a product seems easier by a half than it is, and the same text with "2,1" or whole numbers fails the limit.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

python3 -m venv python
python/bin/pip install --quiet textstat==0.7.13 >pip.log 2>&1 || { cat pip.log; exit 1; }
cat >count.py <<'E'
import textstat
for text in [
    "Spending rose to 2 per cent of the product in that year. It had stood at 1 per cent in the year before.",
    "Spending rose to 2.1 per cent of the product in that year. It had stood at 1.9 per cent in the year before.",
    "Spending rose to 2,1 per cent of the product in that year. It had stood at 1,9 per cent in the year before.",
    "Under the U.S. statute a notice comes first.",
    "The council met in June. It left. Why?",
]:
    print(textstat.sentence_count(text), textstat.words_per_sentence(text), text[:44])
E
expect "sentences, words a sentence" '2 11.5 Spending rose to 2 per cent of the product i
4 5.75 Spending rose to 2.1 per cent of the product
2 11.5 Spending rose to 2,1 per cent of the product
2 4.0 Under the U.S. statute a notice comes first.
1 8.0 The council met in June. It left. Why?' "$(python/bin/python count.py)"

echo 'holds: a figure with a decimal point ends a sentence'
