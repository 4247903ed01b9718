//! One form for the spellings of an address, so that what was learned of it is found again.
//!
//! It must not know what is there.

use std::fmt::Write;

/// The form in which an address stands in the ledger, from how a page or a register has it: without a place in it (`#…`, which is sent to no host),
/// with scheme and host in small letters, without the port that goes without saying, and with all percent-encoded that browsers encode
/// (<https://url.spec.whatwg.org/#path-percent-encode-set>). `//host/` is `https://host/`.
///
/// `None` for what cannot be asked: another scheme, no host, or a name and password before it, which are nobody else's.
pub fn address(written: &str) -> Option<String> {
    let written = written.trim();
    let whole = written.split('#').next().unwrap_or_default();
    let (scheme, rest) = match whole.strip_prefix("//") {
        Some(rest) => ("https", rest),
        None => whole.split_once("://")?,
    };
    let (scheme, own_port) = [("http", ":80"), ("https", ":443")].into_iter().find(|(known, _)| known.eq_ignore_ascii_case(scheme))?;
    let (host, path) = rest.split_at(rest.find(['/', '?', '\\']).unwrap_or(rest.len()));
    let host = host.strip_suffix(own_port).or_else(|| host.strip_suffix(':')).unwrap_or(host).to_lowercase();
    let is_host =
        !host.is_empty() && !host.starts_with(':') && !host.contains(['@', '%', '<', '>', '"', ' ']) && !host.contains(char::is_control);
    if !is_host {
        return None;
    }
    let mut address = format!("{scheme}://{host}");
    if !path.starts_with('/') {
        address.push('/');
    }
    encode(path, &mut address);
    Some(address)
}

/// Percent-encodes what browsers encode, and leaves alone what is encoded.
fn encode(path: &str, to: &mut String) {
    for byte in path.bytes() {
        match byte {
            b'!' | b'$'..=b';' | b'=' | b'?'..=b']' | b'_' | b'a'..=b'z' | b'|' | b'~' => to.push(char::from(byte)),
            // Writing to a text cannot fail.
            byte => drop(write!(to, "%{byte:02X}")),
        }
    }
}
