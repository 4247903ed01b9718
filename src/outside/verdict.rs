//! What the status of an answer means.
//!
//! It must not know how it came here.

/// What to make of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Something is there.
    Good,
    /// Nothing is there: 404 and 410 say so of what was asked for. No other status does. 403 and 401 keep somebody out, 451 is the law of a country,
    /// 5xx a fault of the host, and some hosts answer programs with statuses of their own (999).
    Gone,
    /// It is elsewhere.
    Leads,
    /// The host has too much to do, or a fault that may pass: ask again.
    Later,
    /// Nobody can tell.
    Unclear,
}

/// What a status means (<https://www.rfc-editor.org/rfc/rfc9110#section-15>); `leads` tells whether the answer names another place.
pub fn verdict(status: u16, leads: Option<&str>) -> Verdict {
    match status {
        // 416: a part was asked for, and what is there is empty.
        200..=299 | 416 => Verdict::Good,
        404 | 410 => Verdict::Gone,
        301 | 302 | 303 | 307 | 308 if leads.is_some() => Verdict::Leads,
        408 | 425 | 429 | 500 | 502 | 503 | 504 => Verdict::Later,
        _ => Verdict::Unclear,
    }
}

/// Whether a redirect holds for good.
pub fn is_permanent(status: u16) -> bool {
    matches!(status, 301 | 308)
}

/// Whether another method may be answered in another way: a host that is asked too much is not asked twice for that.
pub fn is_refused(status: u16) -> bool {
    status >= 400 && !matches!(status, 429 | 503)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_404_and_410_say_that_nothing_is_there() {
        let gone: Vec<u16> = (100..1000).filter(|status| verdict(*status, None) == Verdict::Gone).collect();
        assert_eq!(gone, [404, 410]);
        for status in [401, 403, 451, 999] {
            assert_eq!(verdict(status, None), Verdict::Unclear, "{status}");
        }
    }

    #[test]
    fn a_redirect_to_nowhere_says_nothing() {
        assert_eq!(
            (verdict(302, Some("/x")), verdict(302, None), verdict(300, Some("/x"))),
            (Verdict::Leads, Verdict::Unclear, Verdict::Unclear)
        );
    }
}
