//! How long copies of a file may be kept, by the rules that the site itself publishes in `_headers`
//! (<https://docs.netlify.com/routing/headers/>).
//!
//! Hosts that read that file do it themselves; for the others `publish` reads it. It must not know hosts.

/// Names that change with their content say so in `_headers`; all else is asked for again after a minute.
const OTHERWISE: &str = "public, max-age=60, must-revalidate";

/// The rules for `Cache-Control`, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers {
    rules: Vec<(String, String)>,
}

impl Headers {
    /// The rules of a `_headers` file. What it says besides is for hosts that read it.
    pub fn parse(text: &str) -> Headers {
        let mut path = "";
        let mut rules = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
            if !line.starts_with([' ', '\t']) {
                path = line.trim();
            } else if let Some((name, value)) = line.split_once(':')
                && name.trim().eq_ignore_ascii_case("cache-control")
            {
                rules.push((path.to_string(), value.trim().to_string()));
            }
        }
        Headers { rules }
    }

    /// The `Cache-Control` of an address such as `/briefings/x/`: that of the last rule that meets it.
    pub fn cache_control(&self, address: &str) -> &str {
        let meeting = self.rules.iter().rev().find(|(pattern, _)| meets(pattern, address));
        meeting.map_or(OTHERWISE, |(_, value)| value)
    }

    /// True for a file whose name changes with its content.
    pub fn is_fingerprinted(&self, address: &str) -> bool {
        self.cache_control(address).split(',').any(|word| word.trim().eq_ignore_ascii_case("immutable"))
    }
}

/// `*` stands for anything, a part that begins with `:` for any part.
fn meets(pattern: &str, address: &str) -> bool {
    let Some((part, pattern_rest)) = pattern.split_once('/') else {
        return match pattern.split_once('*') {
            Some((before, _)) => address.starts_with(before),
            None if pattern.starts_with(':') => !address.is_empty() && !address.contains('/'),
            None => pattern == address,
        };
    };
    if let Some((before, _)) = part.split_once('*') {
        return address.starts_with(before);
    }
    let Some((own, rest)) = address.split_once('/') else { return false };
    (part == own || part.starts_with(':') && !own.is_empty()) && meets(pattern_rest, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_rule_that_meets_an_address_holds() {
        let headers = Headers::parse(
            "/p/*\n  X-Frame-Options: DENY\n  cache-control: no-cache\n# a: b\n/p/assets/*\n  Cache-Control: max-age=31536000, immutable\n/:any/x.txt\n\tCache-Control: no-store\n",
        );
        assert_eq!(headers.cache_control("/p/index.html"), "no-cache");
        assert_eq!(headers.cache_control("/p/assets/site.css"), "max-age=31536000, immutable");
        assert!(headers.is_fingerprinted("/p/assets/site.css") && !headers.is_fingerprinted("/p/index.html"));
        assert_eq!(headers.cache_control("/q/x.txt"), "no-store");
        assert_eq!(headers.cache_control("/q/y.txt"), OTHERWISE);
        assert_eq!(headers.cache_control("/q/r/x.txt"), OTHERWISE);
    }
}
