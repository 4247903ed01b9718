//! The way of one address through its redirects.
//!
//! It must not know how they are found.

use std::net::IpAddr;

use reqwest::Url;

use super::verdict::is_permanent;
use crate::ledger::{Answer, Finding, Reason};

/// Browsers follow twenty; no page needs more than a few.
const MOST: usize = 10;

/// Where it has led so far.
pub struct Way {
    /// All that were asked, the last one last.
    places: Vec<Url>,
    /// How many of them, from the first on, are known by redirects that hold for good.
    lasting: usize,
}

impl Way {
    /// A way that begins at an address.
    pub fn new(start: Url) -> Way {
        Way { places: vec![start], lasting: 0 }
    }

    /// What is to be asked next.
    pub fn end(&self) -> &Url {
        self.places.last().expect("it has a beginning")
    }

    /// Goes on to where a redirect leads.
    ///
    /// # Errors
    /// It leads back, on and on, or to where nobody should follow.
    pub fn follow(&mut self, status: u16, location: &str) -> Result<(), Reason> {
        let mut next = self.end().join(location.trim()).map_err(|_| Reason::Astray)?;
        next.set_fragment(None);
        let leads_inside = is_inside(&next) && !is_inside(&self.places[0]);
        if !matches!(next.scheme(), "http" | "https") || leads_inside {
            return Err(Reason::Astray);
        }
        if self.places.contains(&next) {
            return Err(Reason::Circle);
        }
        if self.places.len() > MOST {
            return Err(Reason::TooManyRedirects);
        }
        if is_permanent(status) && self.lasting + 1 == self.places.len() {
            self.lasting += 1;
        }
        self.places.push(next);
        Ok(())
    }

    /// The answer of an address that leads to something: it has moved as far as redirects hold for good.
    pub fn good(&self, status: u16) -> Answer {
        let moved_to = (self.lasting > 0).then(|| self.places[self.lasting].as_str().into());
        Answer { finding: Finding::Good, reason: Reason::Status(status), moved_to }
    }
}

/// Whether an address is one of this machine or of a private network: no public page may send us there.
fn is_inside(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let number = match host.parse::<IpAddr>() {
        Ok(IpAddr::V6(number)) => number.to_ipv4_mapped().map_or(IpAddr::V6(number), IpAddr::V4),
        Ok(number) => number,
        Err(_) => return host == "localhost" || host.ends_with(".localhost"),
    };
    match number {
        IpAddr::V4(number) => number.is_private() || number.is_loopback() || number.is_link_local() || number.is_unspecified(),
        IpAddr::V6(number) => number.is_loopback() || number.is_unique_local() || number.is_unicast_link_local() || number.is_unspecified(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(start: &str, redirects: &[(u16, &str)]) -> (Way, Result<(), Reason>) {
        let mut way = Way::new(start.parse().expect("an address"));
        let end = redirects.iter().try_for_each(|(status, to)| way.follow(*status, to));
        (way, end)
    }

    fn moved(redirects: &[(u16, &str)]) -> Option<String> {
        let (way, end) = way("https://a.example/x", redirects);
        assert_eq!(end, Ok(()));
        way.good(200).moved_to.map(String::from)
    }

    #[test]
    fn an_address_has_moved_as_far_as_redirects_hold_for_good() {
        assert_eq!(moved(&[(301, "/y"), (308, "z#part")]).as_deref(), Some("https://a.example/z"));
        assert_eq!(moved(&[(301, "https://b.example/"), (302, "/login"), (301, "/in")]).as_deref(), Some("https://b.example/"));
        assert_eq!(moved(&[(302, "/y"), (301, "/z")]), None);
    }

    #[test]
    fn what_leads_back_or_on_and_on_is_told() {
        assert_eq!(way("https://a.example/", &[(302, "/x"), (302, "/")]).1, Err(Reason::Circle));
        let many: Vec<String> = (0..=MOST).map(|step| format!("/{step}")).collect();
        let many: Vec<(u16, &str)> = many.iter().map(|to| (302, to.as_str())).collect();
        assert_eq!(way("https://a.example/", &many).1, Err(Reason::TooManyRedirects));
        assert_eq!(way("https://a.example/", &many[..MOST]).1, Ok(()));
    }

    #[test]
    fn nobody_is_followed_into_a_private_network_or_out_of_the_web() {
        for to in
            ["http://169.254.169.254/", "http://localhost/", "http://[::ffff:10.0.0.1]/", "//127.0.0.1/", "mailto:a@b.example", "http://"]
        {
            assert_eq!(way("https://a.example/", &[(302, to)]).1, Err(Reason::Astray), "{to}");
        }
        assert_eq!(way("http://127.0.0.1/", &[(302, "http://127.0.0.2/")]).1, Ok(()), "who asks for it is let");
    }
}
