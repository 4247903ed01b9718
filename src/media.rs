//! What kind of thing a file is, by its name.
//!
//! Owns media types. It must not know what is in a file.

/// Media types by extension (<https://www.iana.org/assignments/media-types>), for the files that sites have.
pub fn type_of(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit('.').next().unwrap_or("").to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml; charset=utf-8",
        "txt" | "md" | "_headers" | "_redirects" | "cname" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "wasm" => "application/wasm",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

/// True for what is text inside, and so becomes much smaller when it is compressed.
pub fn is_text(path: &str) -> bool {
    let kind = type_of(path);
    kind.starts_with("text/") || ["application/json", "application/xml; charset=utf-8", "image/svg+xml", "application/wasm"].contains(&kind)
}

/// True for what is known to be no text: pictures, fonts, sound and archives.
pub fn is_binary(path: &str) -> bool {
    let kind = type_of(path);
    let is_media = ["image/", "font/", "audio/", "video/"].iter().any(|start| kind.starts_with(start));
    is_media && !is_text(path) || ["application/pdf", "application/zip"].contains(&kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_says_what_a_file_is() {
        assert_eq!(type_of("briefings/x/index.HTML"), "text/html; charset=utf-8");
        assert_eq!(type_of("LICENSE"), "application/octet-stream");
        assert!(is_binary("a.png") && !is_binary("a.svg") && !is_binary("LICENSE"));
        assert!(is_text("feed.xml") && is_text("a.svg") && !is_text("a.png") && !is_text("a.woff2"));
    }
}
