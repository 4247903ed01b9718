//! Whose address it is that stands in a file: only those of this site can give anybody away.

use std::borrow::Cow;

use crate::fingerprint::Fingerprint;

/// Where the files are read: an address is one of this site only if it begins so.
#[derive(Debug, Clone)]
pub struct Site {
    /// Without port; `None` when the site does not know it.
    pub host: Option<String>,
    /// The path of the site's address, with slashes at both ends.
    pub path: String,
    /// What is compared of the names in wikilinks.
    pub name: fn(&str) -> Fingerprint,
    /// How a part of an address is written where it may not stand as it is.
    pub encode: for<'a> fn(&'a str) -> Cow<'a, str>,
}

impl Site {
    /// What an address that is written in the file at `place` names below that of the site; `None` when it leads elsewhere.
    pub fn below(&self, written: &str, place: &str) -> Option<String> {
        let whole = written.split_once("//").filter(|(scheme, _)| scheme.is_empty() || scheme.ends_with(':'));
        if let Some((_, rest)) = whole {
            let (host, path) = rest.split_at(rest.find('/')?);
            let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
            let is_ours = self.host.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(name));
            return is_ours.then(|| self.inside(path)).flatten();
        }
        if written.starts_with('/') {
            return self.inside(written);
        }
        let mut parts: Vec<&str> = place.split('/').collect();
        parts.pop();
        for part in written.split('/') {
            match part {
                "." => {}
                ".." => drop(parts.pop()),
                _ => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }

    fn inside(&self, path: &str) -> Option<String> {
        let start = path.get(..self.path.len())?;
        start.eq_ignore_ascii_case(&self.path).then(|| path[self.path.len()..].to_string())
    }
}
