//! The ledger as text: one line an address, in their order, so that a change is a line and two branches seldom meet in one.
//!
//! `ADDRESS good|gone|unclear REASON checked=INSTANT since=INSTANT good=INSTANT moved=ADDRESS archive=ADDRESS`; what goes without saying is left out:
//! of what is good, `since` and `good`.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Answer, Entry, Finding, Ledger};
use crate::diagnostic::{Diagnostic, Place};

const HEAD: &str = "# links.lock 1: what the addresses of this site answered. `chancery links` writes it; keep it with the site.\n";

impl Ledger {
    /// Reads a ledger, and what is wrong with it: lines that are none are left out. Of two lines of one address the later finding holds, so that
    /// a file that two branches have added to can be read.
    pub fn parse(path: &Arc<str>, text: &str) -> (Ledger, Option<Diagnostic>) {
        let mut ledger = Ledger::default();
        let mut unread = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match entry(line) {
                Some((address, entry)) => {
                    let is_older = ledger.entries.get(address).is_some_and(|known| known.checked > entry.checked);
                    if !is_older {
                        ledger.entries.insert(address.into(), entry);
                    }
                }
                None => unread.push(number),
            }
        }
        let problem = unread.first().map(|first| {
            let message = match unread.len() {
                1 => "this line of the ledger of links cannot be read".to_string(),
                lines => format!("this line of the ledger of links cannot be read, and {} more", lines - 1),
            };
            let place = Place { column: 0, width: 0, ..Place::line(path, text, *first, 1, 1) };
            Diagnostic::warning("bad-ledger", message)
                .at(place)
                .hint("`chancery links` writes the file anew; what the line said is asked again")
        });
        (ledger, problem)
    }

    /// The ledger as text: what `parse` reads.
    pub fn to_text(&self) -> String {
        let mut text = HEAD.to_string();
        for (address, entry) in self.entries() {
            text.push_str(&line(address, entry));
            text.push('\n');
        }
        text
    }
}

fn line(address: &str, entry: &Entry) -> String {
    let Entry { answer, checked, since, last_good, archive } = entry;
    let is_good = answer.finding == Finding::Good;
    let mut words = vec![address.to_string(), answer.finding.word().into(), answer.reason.to_string(), format!("checked={checked}")];
    words.extend((!is_good).then(|| format!("since={since}")));
    words.extend(last_good.filter(|_| !is_good).map(|good| format!("good={good}")));
    words.extend(answer.moved_to.as_ref().map(|to| format!("moved={to}")));
    words.extend(archive.as_ref().map(|archive| format!("archive={archive}")));
    words.join(" ")
}

/// The entry that a line is.
fn entry(line: &str) -> Option<(&str, Entry)> {
    let mut words = line.split_ascii_whitespace();
    let address = words.next().filter(|word| word.contains("://"))?;
    let (finding, reason) = (words.next()?.parse::<Finding>().ok()?, words.next()?.parse().ok()?);
    let [mut checked, mut since, mut good] = [None; 3];
    let [mut moved_to, mut archive] = [None, None];
    for (name, value) in words.map(|word| word.split_once('=').unwrap_or((word, ""))) {
        match name {
            "checked" => checked = Some(value.parse::<Timestamp>().ok()?),
            "since" => since = Some(value.parse::<Timestamp>().ok()?),
            "good" => good = Some(value.parse::<Timestamp>().ok()?),
            "moved" => moved_to = Some(value.into()),
            "archive" => archive = Some(value.into()),
            // Of a newer version of the program, perhaps.
            _ => {}
        }
    }
    let checked = checked?;
    let last_good = if finding == Finding::Good { Some(checked) } else { good };
    let answer = Answer { finding, reason, moved_to };
    Some((address, Entry { answer, checked, since: since.unwrap_or(checked), last_good, archive }))
}
