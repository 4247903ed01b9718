#!/usr/bin/env bash
# tera: `fast_hash` makes maps faster, and does nothing as soon as `preserve_order` is on.
#
# One would expect: with both features, maps keep their order and hash with ahash, as they do with `fast_hash` alone.
# What happens:     the map is then an `IndexMap` with the standard library's SipHash; `fast`, which is said to turn on all that is faster, changes nothing of it.
# Versions:         tera 2.4.0
# Why it matters:   a generator needs `preserve_order`, or loops over a map come in another order in each process, as is seen here. At 1,000 pages that hash was 8 % of what our templates took, with `fast` on.
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
name = "maps"
version = "0.0.0"
edition = "2021"

[features]
fast = ["tera/fast"]
order = ["tera/preserve_order"]

[dependencies]
tera = { version = "=2.4.0", default-features = false }
serde_json = "=1.0.145"
E2
cat >src/main.rs <<'E2'
fn main() {
    let name = std::any::type_name::<tera::Map>();
    let short = |name: &str| name.split("::").last().unwrap().to_string();
    println!("{} {}", name.split('<').next().map(short).unwrap(), if name.contains("ahash") { "ahash" } else { "standard hash" });
    let mut tera = tera::Tera::default();
    tera.add_raw_template("a", "{% for key, value in map %}{{ key }} {% endfor %}").unwrap();
    let mut context = tera::Context::new();
    let map: Vec<(String, u32)> = (0..20).map(|n| (format!("k{n}"), n)).collect();
    context.insert("map", &serde_json::Value::Object(map.into_iter().map(|(key, value)| (key, value.into())).collect()));
    eprintln!("{}", tera.render("a", &context).unwrap());
}
E2
look() { # FEATURES
  cargo build --quiet --features "$1" 2>build.log || { cat build.log >&2; exit 1; }
  for run in 1 2 3 4 5 6; do ./target/debug/maps 2>>"order of $1"; done | sort -u
  echo "orders in six processes: $([ "$(sort -u "order of $1" | wc -l)" = 1 ] && echo one || echo several)"
}
expect "no feature" 'HashMap standard hash
orders in six processes: several' "$(look '')"
expect "fast" 'AHashMap ahash
orders in six processes: several' "$(look fast)"
expect "preserve_order" 'IndexMap standard hash
orders in six processes: one' "$(look order)"
expect "fast and preserve_order" 'IndexMap standard hash
orders in six processes: one' "$(look 'fast order')"

echo 'holds: with an order, the fast hash is the slow one'
