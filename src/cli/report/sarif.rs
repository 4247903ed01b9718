//! Problems as SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>), for code scanning.

use serde_json::{Value, json};

use super::Selection;
use super::json::word;
use crate::diagnostic::{Diagnostic, Place};
use crate::lint::Rule;

/// The log of one run, with a line end. `rules` are all that are known; of them the log describes those that have results.
pub fn all(selection: &Selection, rules: &[Rule]) -> String {
    let mut codes: Vec<&str> = selection.shown.iter().map(|problem| problem.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "chancery",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(code, rules)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": selection.shown.iter().map(|problem| result(problem, &codes)).collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

fn rule(code: &str, rules: &[Rule]) -> Value {
    match rules.iter().find(|rule| rule.code == code) {
        Some(rule) => json!({ "id": code, "fullDescription": { "text": rule.doc } }),
        None => json!({ "id": code }),
    }
}

fn result(problem: &Diagnostic, codes: &[&str]) -> Value {
    let mut text = problem.message.clone();
    for hint in &problem.hints {
        text.push_str("\nhelp: ");
        text.push_str(hint);
    }
    let mut result = json!({
        "ruleId": problem.code,
        "ruleIndex": codes.binary_search(&problem.code).ok(),
        "level": word(problem.severity),
        "message": { "text": text },
    });
    if let Some(place) = &problem.place {
        result["locations"] = json!([{ "physicalLocation": location(place) }]);
    }
    if !problem.also.is_empty() {
        let related =
            problem.also.iter().map(|(place, label)| json!({ "physicalLocation": location(place), "message": { "text": label } }));
        result["relatedLocations"] = related.collect();
    }
    result
}

fn location(place: &Place) -> Value {
    let mut location = json!({ "artifactLocation": { "uri": uri(&place.path) } });
    if place.line > 0 {
        location["region"] = json!({ "startLine": place.line });
        if place.column > 0 {
            location["region"]["startColumn"] = place.column.into();
            location["region"]["endColumn"] = (place.column + place.width).into();
        }
    }
    location
}

/// A path as a relative reference (RFC 3986, section 4.2): everything is encoded but what never needs it.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(byte as char);
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::super::tests::{broken_link, no_feeds};
    use super::super::{Warnings, select};
    use super::*;

    #[test]
    fn a_log_has_rules_results_and_places() {
        let rules = [Rule { code: "broken-link", doc: "A link leads nowhere.", check: None }];
        insta::assert_snapshot!(all(&select(&[broken_link(), no_feeds()], Warnings::All), &rules), @r#"
        {
          "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
          "runs": [
            {
              "columnKind": "unicodeCodePoints",
              "results": [
                {
                  "level": "error",
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "content/a%20b.md"
                        },
                        "region": {
                          "endColumn": 12,
                          "startColumn": 7,
                          "startLine": 3
                        }
                      }
                    }
                  ],
                  "message": {
                    "text": "there is no page `hauge`\nhelp: did you mean `hague`?"
                  },
                  "relatedLocations": [
                    {
                      "message": {
                        "text": "the nearest page"
                      },
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "content/b.md"
                        },
                        "region": {
                          "endColumn": 13,
                          "startColumn": 8,
                          "startLine": 1
                        }
                      }
                    }
                  ],
                  "ruleId": "broken-link",
                  "ruleIndex": 0
                },
                {
                  "level": "warning",
                  "message": {
                    "text": "feeds and sitemap are not written"
                  },
                  "ruleId": "no-base-url",
                  "ruleIndex": 1
                }
              ],
              "tool": {
                "driver": {
                  "name": "chancery",
                  "rules": [
                    {
                      "fullDescription": {
                        "text": "A link leads nowhere."
                      },
                      "id": "broken-link"
                    },
                    {
                      "id": "no-base-url"
                    }
                  ],
                  "semanticVersion": "0.1.0"
                }
              }
            }
          ],
          "version": "2.1.0"
        }
        "#);
    }
}
