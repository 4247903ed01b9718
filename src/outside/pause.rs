//! How long to wait before a host is asked again.
//!
//! It must not know why it is asked again.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;

/// The pause before the next attempt, when `tried` of them have failed: four times as long as the one before.
pub fn growing(first: Duration, tried: u32) -> Duration {
    first.saturating_mul(4_u32.saturating_pow(tried.saturating_sub(1)))
}

/// What `Retry-After` says, in seconds or as a date (<https://www.rfc-editor.org/rfc/rfc9110#field.retry-after>); `None` if it cannot be understood.
pub fn retry_after(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = rfc2822::parse(text).ok()?.timestamp();
    Some(Duration::try_from(until.duration_since(now)).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow() {
        let second = Duration::from_secs(1);
        assert_eq!([1, 2, 3].map(|tried| growing(second, tried).as_secs()), [1, 4, 16]);
        assert!(growing(second, 1_000) > Duration::from_secs(1 << 30));
    }

    #[test]
    fn hosts_name_seconds_or_a_date() {
        let now = "2026-10-21T07:27:00Z".parse().expect("an instant");
        let seconds = |text: &str| retry_after(text, now).map(|pause| pause.as_secs());
        assert_eq!(seconds(" 120 "), Some(120));
        assert_eq!(seconds("Wed, 21 Oct 2026 07:28:00 GMT"), Some(60));
        assert_eq!(seconds("Wed, 21 Oct 2026 07:00:00 GMT"), Some(0), "it is past");
        assert_eq!([seconds("soon"), seconds("-1"), seconds("")], [None; 3]);
    }
}
