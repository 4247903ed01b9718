//! The address of the site as a setting: what is a good one, and what is said of a wrong one.
//!
//! It must not know where it was written.

use super::BaseUrl;
use super::value::Wrong;

/// The address of the site: `http` or `https`, a host, perhaps a port and a path; with a slash at its end.
///
/// # Errors
/// It is no address of the web.
pub fn base_url(text: String) -> Result<Option<BaseUrl>, Wrong> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = |why: &str| Wrong::expected("an address such as `https://example.org/briefings/`").hint(why);
    let Some((scheme, rest)) = text.split_once("://") else { return Err(wrong("begin it with `https://`")) };
    let scheme = scheme.to_ascii_lowercase();
    if scheme != "http" && scheme != "https" {
        return Err(wrong("begin it with `https://`"));
    }
    if rest.contains(['?', '#']) {
        return Err(wrong("leave out what begins with `?` or `#`"));
    }
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let authority = authority.to_ascii_lowercase();
    let host = host(&authority).map_err(wrong)?;
    let path = path.trim_end_matches('/');
    let is_letter = |letter: char| letter.is_ascii_graphic() && !r#""<>\^`{|}"#.contains(letter);
    if !path.chars().all(is_letter) {
        return Err(wrong("in its path, write spaces and letters outside ASCII in percent encoding"));
    }
    if path.split('/').any(|part| matches!(part, "." | "..") || part.is_empty() && !path.is_empty()) {
        return Err(wrong("its path may have no empty part, `.` or `..`"));
    }
    let origin = format!("{scheme}://{authority}");
    let path = if path.is_empty() { "/".to_string() } else { format!("/{path}/") };
    Ok(Some(BaseUrl { url: format!("{origin}{path}"), host: host.to_string(), path, origin }))
}

/// The host of `host:port`.
fn host(authority: &str) -> Result<&str, &'static str> {
    if authority.contains('@') {
        return Err("leave out the name and password before `@`");
    }
    let (host, after) = match authority.find(']') {
        Some(end) => authority.split_at(end + 1),
        None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
    };
    let port = after.strip_prefix(':');
    if port.is_none() && !after.is_empty() {
        return Err("name the host");
    }
    if port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return Err("its port must be a number from 0 to 65535");
    }
    if !host.is_ascii() {
        return Err("write the host in its ASCII form, which begins with `xn--`");
    }
    let inside = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let is_bracketed = inside.is_some_and(|inside| inside.parse::<std::net::Ipv6Addr>().is_ok());
    let is_name = !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
    let has_empty_label = host.starts_with('.') || host.contains("..");
    if is_bracketed || is_name && !has_empty_label { Ok(host) } else { Err("name the host") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(text: &str) -> BaseUrl {
        base_url(text.into()).expect("a good address").expect("not empty")
    }

    #[test]
    fn an_address_gains_its_last_slash_and_keeps_its_path_and_port() {
        let base = base("HTTPS://Example.org:8443/a/b");
        assert_eq!(base.url, "https://example.org:8443/a/b/");
        assert_eq!(base.origin, "https://example.org:8443");
        assert_eq!(base.host, "example.org");
        assert_eq!(base.path, "/a/b/");
    }

    #[test]
    fn an_address_without_a_path_has_the_path_slash() {
        assert_eq!(base("http://localhost").path, "/");
        assert_eq!(base("http://localhost//").url, "http://localhost/");
        assert_eq!(base("http://[::1]:1111/").host, "[::1]");
    }

    #[test]
    fn an_empty_address_is_none() {
        assert_eq!(base_url("  ".into()), Ok(None));
    }

    #[test]
    fn addresses_that_are_none_are_refused_with_what_to_change() {
        let cases = [
            ("example.org", "begin it with `https://`"),
            ("ftp://example.org/", "begin it with `https://`"),
            ("https:///x", "name the host"),
            ("https://a..b/", "name the host"),
            ("https://[zz]/", "name the host"),
            ("https://]/", "name the host"),
            ("https://[/", "name the host"),
            ("https://me:pw@example.org/", "leave out the name and password before `@`"),
            ("https://example.org:http/", "its port must be a number from 0 to 65535"),
            ("https://example.org/?a=1", "leave out what begins with `?` or `#`"),
            ("https://example.org/#a", "leave out what begins with `?` or `#`"),
            ("https://example.org/a/../b", "its path may have no empty part, `.` or `..`"),
            ("https://example.org/a//b", "its path may have no empty part, `.` or `..`"),
            ("https://example.org/ä", "in its path, write spaces and letters outside ASCII in percent encoding"),
            ("https://müller.example/", "write the host in its ASCII form, which begins with `xn--`"),
        ];
        for (text, hint) in cases {
            assert_eq!(base_url(text.into()).expect_err(text).hints, [hint], "{text}");
        }
    }
}
