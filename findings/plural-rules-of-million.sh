#!/usr/bin/env bash
# intl_pluralrules: "un million de notes" takes the wrong form, and a language with its country is refused.
#
# One would expect: 1,000,000 in French and Spanish is `many`, as CLDR has it today; `fr-CA` has the rules of `fr`.
# What happens:     intl_pluralrules says `other`, and an error for `fr-CA`, `de-AT` and `ar-EG`; icu_plurals says `many`, and takes all three.
# Versions:         intl_pluralrules 7.0.2, unic-langid 0.9.6, icu_plurals 2.4.0, icu_locale_core 2.4.0
# Why it matters:   Fluent for Rust counts by intl_pluralrules. A translation with the forms that CLDR asks for today shows the wrong one for round millions, and a site in Canadian French or Austrian German has no rules at all.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
expect() { # WHAT EXPECTED SEEN
  printf '%s\n%s\n' "-- $1:" "$3"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2 || { echo "CHANGED: $1"; exit 1; }
}

mkdir src
cat >Cargo.toml <<'E2'
[package]
name = "plurals"
version = "0.0.0"
edition = "2021"

[dependencies]
intl_pluralrules = "=7.0.2"
unic-langid = "=0.9.6"
icu_plurals = "=2.4.0"
icu_locale_core = "=2.4.0"
E2
cat >src/main.rs <<'E2'
fn main() {
    for tag in ["fr", "es", "fr-CA", "de-AT", "ar-EG"] {
        let old = intl_pluralrules::PluralRules::create(tag.parse::<unic_langid::LanguageIdentifier>().unwrap(), intl_pluralrules::PluralRuleType::CARDINAL);
        let old = old.map(|rules| format!("{:?}", rules.select(1_000_000).unwrap())).unwrap_or_else(|error| error.to_string());
        let locale: icu_locale_core::Locale = tag.parse().unwrap();
        let new = icu_plurals::PluralRules::try_new(locale.into(), Default::default());
        let new = new.map(|rules| format!("{:?}", rules.category_for(1_000_000usize))).unwrap_or_else(|error| error.to_string());
        println!("{tag}: intl_pluralrules {old}, icu_plurals {new}");
    }
}
E2
cargo run --quiet >seen 2>build.log || { cat build.log; exit 1; }
expect "1,000,000" 'fr: intl_pluralrules OTHER, icu_plurals Many
es: intl_pluralrules OTHER, icu_plurals Many
fr-CA: intl_pluralrules unknown locale, icu_plurals Many
de-AT: intl_pluralrules unknown locale, icu_plurals Other
ar-EG: intl_pluralrules unknown locale, icu_plurals Other' "$(cat seen)"

echo 'holds: a million is counted by old rules, and countries are unknown'
