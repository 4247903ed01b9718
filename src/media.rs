//! What kind of thing a file is, by its name.
//!
//! Owns media types. It must not know what is in a file.

/// The type of what is unknown.
pub const UNKNOWN: &str = "application/octet-stream";

/// Media types by extension, for the files that sites have. They are those of IANA (<https://www.iana.org/assignments/media-types>); where it has none,
/// those that the makers of a format give it.
const TYPES: &[(&[&str], &str)] = &[
    // Pages and what they are made of.
    (&["html", "htm"], "text/html; charset=utf-8"),
    (&["xhtml"], "application/xhtml+xml; charset=utf-8"),
    (&["css"], "text/css; charset=utf-8"),
    (&["js", "mjs"], "text/javascript; charset=utf-8"),
    (&["json", "map"], "application/json"),
    (&["webmanifest"], "application/manifest+json"),
    (&["xml", "xsd"], "application/xml; charset=utf-8"),
    (&["xsl", "xslt"], "application/xslt+xml; charset=utf-8"),
    (&["atom"], "application/atom+xml; charset=utf-8"),
    (&["rss"], "application/rss+xml; charset=utf-8"),
    (&["wasm"], "application/wasm"),
    // Texts and data.
    (&["txt", "text", "log", "_headers", "_redirects", "cname"], "text/plain; charset=utf-8"),
    (&["md", "markdown"], "text/markdown; charset=utf-8"),
    (&["csv"], "text/csv; charset=utf-8"),
    (&["tsv", "tab"], "text/tab-separated-values; charset=utf-8"),
    (&["ics", "ical", "ifb"], "text/calendar; charset=utf-8"),
    (&["vcf", "vcard"], "text/vcard; charset=utf-8"),
    (&["vtt"], "text/vtt; charset=utf-8"),
    (&["srt"], "application/x-subrip; charset=utf-8"),
    (&["rtf"], "application/rtf"),
    (&["tex", "latex"], "application/x-tex; charset=utf-8"),
    (&["bib", "bibtex"], "application/x-bibtex; charset=utf-8"),
    (&["ris"], "application/x-research-info-systems; charset=utf-8"),
    (&["yaml", "yml"], "application/yaml"),
    (&["toml"], "application/toml"),
    (&["sql"], "application/sql; charset=utf-8"),
    (&["jsonld"], "application/ld+json"),
    (&["geojson"], "application/geo+json"),
    (&["topojson"], "application/topo+json"),
    (&["ndjson", "jsonl"], "application/x-ndjson"),
    (&["ttl"], "text/turtle; charset=utf-8"),
    (&["n3"], "text/n3; charset=utf-8"),
    (&["nt"], "application/n-triples"),
    (&["nq"], "application/n-quads"),
    (&["trig"], "application/trig; charset=utf-8"),
    (&["rdf", "owl"], "application/rdf+xml; charset=utf-8"),
    (&["kml"], "application/vnd.google-earth.kml+xml; charset=utf-8"),
    (&["gpx"], "application/gpx+xml; charset=utf-8"),
    (&["gml"], "application/gml+xml; charset=utf-8"),
    (&["parquet"], "application/vnd.apache.parquet"),
    (&["gpkg"], "application/geopackage+sqlite3"),
    (&["sqlite", "sqlite3"], "application/vnd.sqlite3"),
    // Documents.
    (&["pdf"], "application/pdf"),
    (&["epub"], "application/epub+zip"),
    (&["doc", "dot"], "application/msword"),
    (&["docx"], "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (&["dotx"], "application/vnd.openxmlformats-officedocument.wordprocessingml.template"),
    (&["docm"], "application/vnd.ms-word.document.macroenabled.12"),
    (&["xls"], "application/vnd.ms-excel"),
    (&["xlsx"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (&["xlsm"], "application/vnd.ms-excel.sheet.macroenabled.12"),
    (&["ppt", "pps"], "application/vnd.ms-powerpoint"),
    (&["pptx"], "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (&["ppsx"], "application/vnd.openxmlformats-officedocument.presentationml.slideshow"),
    (&["odt"], "application/vnd.oasis.opendocument.text"),
    (&["ods"], "application/vnd.oasis.opendocument.spreadsheet"),
    (&["odp"], "application/vnd.oasis.opendocument.presentation"),
    (&["odg"], "application/vnd.oasis.opendocument.graphics"),
    (&["ps", "eps", "ai"], "application/postscript"),
    // Pictures.
    (&["svg"], "image/svg+xml"),
    (&["png"], "image/png"),
    (&["apng"], "image/apng"),
    (&["jpg", "jpeg", "jpe"], "image/jpeg"),
    (&["gif"], "image/gif"),
    (&["webp"], "image/webp"),
    (&["avif"], "image/avif"),
    (&["jxl"], "image/jxl"),
    (&["heic"], "image/heic"),
    (&["tif", "tiff"], "image/tiff"),
    (&["bmp"], "image/bmp"),
    (&["ico"], "image/vnd.microsoft.icon"),
    // Sound and film.
    (&["mp3"], "audio/mpeg"),
    (&["m4a"], "audio/mp4"),
    (&["aac"], "audio/aac"),
    (&["oga", "ogg", "opus", "spx"], "audio/ogg"),
    (&["wav"], "audio/wav"),
    (&["flac"], "audio/flac"),
    (&["weba"], "audio/webm"),
    (&["mid", "midi"], "audio/midi"),
    (&["mp4", "m4v"], "video/mp4"),
    (&["webm"], "video/webm"),
    (&["ogv"], "video/ogg"),
    (&["mov", "qt"], "video/quicktime"),
    (&["mpg", "mpeg"], "video/mpeg"),
    (&["avi"], "video/x-msvideo"),
    (&["mkv"], "video/matroska"),
    (&["m3u8"], "application/vnd.apple.mpegurl"),
    // Fonts.
    (&["woff2"], "font/woff2"),
    (&["woff"], "font/woff"),
    (&["ttf"], "font/ttf"),
    (&["otf"], "font/otf"),
    (&["ttc"], "font/collection"),
    (&["eot"], "application/vnd.ms-fontobject"),
    // Archives.
    (&["zip"], "application/zip"),
    (&["gz", "tgz"], "application/gzip"),
    (&["zst"], "application/zstd"),
    (&["bz2"], "application/x-bzip2"),
    (&["xz"], "application/x-xz"),
    (&["tar"], "application/x-tar"),
    (&["7z"], "application/x-7z-compressed"),
    (&["rar"], "application/vnd.rar"),
];

/// Text inside, though its type neither begins with `text/` nor ends with `+json` or `+xml`.
const TEXTS: [&str; 16] = [
    "application/json",
    "application/xml",
    "application/yaml",
    "application/toml",
    "application/sql",
    "application/rtf",
    "application/x-subrip",
    "application/x-tex",
    "application/x-bibtex",
    "application/x-research-info-systems",
    "application/x-ndjson",
    "application/postscript",
    "application/n-triples",
    "application/n-quads",
    "application/trig",
    "application/vnd.apple.mpegurl",
];

/// The media type of a file by the ending of its name; of one without an ending by its name.
pub fn type_of(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    TYPES.iter().find(|(endings, _)| endings.contains(&&*ending)).map_or(UNKNOWN, |(_, kind)| kind)
}

/// True for what becomes much smaller when it is compressed: text, and programs for browsers.
pub fn is_text(path: &str) -> bool {
    is_text_type(type_of(path)) || type_of(path) == "application/wasm"
}

/// True for what is known to be no text: pictures, fonts, sound, documents and archives.
pub fn is_binary(path: &str) -> bool {
    type_of(path) != UNKNOWN && !is_text(path)
}

fn is_text_type(kind: &str) -> bool {
    let bare = kind.split(';').next().unwrap_or(kind);
    bare.starts_with("text/") || bare.ends_with("+json") || bare.ends_with("+xml") || TEXTS.contains(&bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_says_what_a_file_is() {
        assert_eq!(type_of("briefings/x/index.HTML"), "text/html; charset=utf-8");
        assert_eq!(
            (type_of("LICENSE"), type_of("_headers"), type_of("CNAME")),
            (UNKNOWN, "text/plain; charset=utf-8", "text/plain; charset=utf-8")
        );
        assert!(is_binary("a.png") && !is_binary("a.svg") && !is_binary("LICENSE"));
        assert!(is_text("feed.xml") && is_text("a.svg") && !is_text("a.png") && !is_text("a.woff2"));
    }

    #[test]
    fn what_policy_teams_publish_is_known_by_the_names_of_iana() {
        let cases = [
            ("ics", "text/calendar; charset=utf-8"),
            ("geojson", "application/geo+json"),
            ("webmanifest", "application/manifest+json"),
            ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
            ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
            ("odt", "application/vnd.oasis.opendocument.text"),
            ("odp", "application/vnd.oasis.opendocument.presentation"),
            ("vtt", "text/vtt; charset=utf-8"),
            ("tsv", "text/tab-separated-values; charset=utf-8"),
            ("bib", "application/x-bibtex; charset=utf-8"),
            ("ris", "application/x-research-info-systems; charset=utf-8"),
            ("epub", "application/epub+zip"),
            ("ogg", "audio/ogg"),
            ("ogv", "video/ogg"),
            ("oga", "audio/ogg"),
            ("mov", "video/quicktime"),
            ("mp4", "video/mp4"),
            ("webm", "video/webm"),
            ("m4a", "audio/mp4"),
            ("ttf", "font/ttf"),
            ("otf", "font/otf"),
            ("woff", "font/woff"),
            ("avif", "image/avif"),
            ("yaml", "application/yaml"),
            ("md", "text/markdown; charset=utf-8"),
            ("txt", "text/plain; charset=utf-8"),
            ("csv", "text/csv; charset=utf-8"),
            ("jsonld", "application/ld+json"),
            ("ttl", "text/turtle; charset=utf-8"),
            ("rdf", "application/rdf+xml; charset=utf-8"),
            ("atom", "application/atom+xml; charset=utf-8"),
            ("zip", "application/zip"),
            ("gz", "application/gzip"),
        ];
        for (ending, kind) in cases {
            assert_eq!(type_of(&format!("a/x.{ending}")), kind, "{ending}");
        }
    }

    #[test]
    fn text_is_told_from_what_is_packed_already() {
        for ending in ["ics", "geojson", "webmanifest", "tsv", "bib", "ris", "vtt", "yaml", "jsonld", "ttl", "rdf", "kml"] {
            let name = format!("x.{ending}");
            assert!(is_text(&name) && !is_binary(&name), "{ending}");
        }
        for ending in ["xlsx", "docx", "odt", "epub", "ogg", "mov", "ttf", "gz", "pdf"] {
            let name = format!("x.{ending}");
            assert!(is_binary(&name) && !is_text(&name), "{ending}");
        }
    }

    #[test]
    fn no_ending_has_two_types() {
        let mut endings: Vec<&str> = TYPES.iter().flat_map(|(endings, _)| endings.iter().copied()).collect();
        let all = endings.len();
        endings.sort_unstable();
        endings.dedup();
        assert_eq!(endings.len(), all);
    }
}
