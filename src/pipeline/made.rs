//! What is written down beside an output of how it was made: the label of the order, and until when the same would come out.
//!
//! It must not know what a label says.

use jiff::Timestamp;

use super::Order;

/// What `words` wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    pub label: String,
    /// From this instant on, another site comes out by itself.
    pub next_change: Option<Timestamp>,
}

pub(super) fn words(order: &Order, next_change: Option<Timestamp>) -> String {
    let next_change = next_change.map_or_else(|| "never".to_string(), |at| at.to_string());
    format!("{}\n{next_change}\n", order.label)
}

impl Made {
    /// Reads the words; nothing if they are none.
    pub fn parse(words: &str) -> Option<Made> {
        let mut lines = words.lines();
        let label = lines.next()?.to_string();
        let next_change = match lines.next()? {
            "never" => None,
            at => Some(at.parse().ok()?),
        };
        Some(Made { label, next_change })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_down_is_read() {
        let order = Order { label: "public https://example.org/".into(), ..Order::default() };
        for next_change in [None, Some("2026-03-01T09:30:00Z".parse().expect("an instant"))] {
            assert_eq!(Made::parse(&words(&order, next_change)), Some(Made { label: order.label.clone(), next_change }));
        }
        assert_eq!(Made::parse("x\nsoon\n"), None);
    }
}
