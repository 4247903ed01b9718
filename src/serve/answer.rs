//! Responses: a file as browsers want it, with what the preview adds to pages.
//!
//! It must not know which file is asked for. The bytes of the site stay those of a build.

use axum::body::Body;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::http::{MARKS, SCRIPT};
use super::range::{self, Part};
use super::shown::{Answer, Shown};
use crate::media;
use crate::view::FAULT;

/// The policy that `_headers` gives a published site.
const POLICY: &str = "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

/// Returns the part of a file that is asked for; `None` when all of it is. Nothing here has a mark by which `If-Range` could know the file again.
pub fn range<'a>(method: &Method, headers: &'a HeaderMap) -> Option<&'a str> {
    let range = headers.get(header::RANGE).filter(|_| *method == Method::GET && !headers.contains_key(header::IF_RANGE));
    range.and_then(|range| range.to_str().ok())
}

/// The response that is a file, or a page in its place that says why there is none. `asked` is the value of `Range`.
pub fn file(answer: Answer, path: &str, status: StatusCode, tags: Option<Tags>, asked: Option<&str>) -> Response {
    let (status, bytes) = match answer {
        Answer::File(bytes) => (status, bytes),
        Answer::Failed(_, Some(bytes)) => (status, bytes),
        Answer::Failed(problem, None) => (StatusCode::INTERNAL_SERVER_ERROR, empty(&problem.message).into()),
        Answer::Unreadable(why) => (StatusCode::INTERNAL_SERVER_ERROR, empty(&why).into()),
    };
    let body = tags.map_or_else(|| bytes.to_vec(), |tags| tags.into(&bytes));
    let headers = [
        (header::CONTENT_TYPE, media::type_of(path)),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::ACCEPT_RANGES, "bytes"),
    ];
    (headers, cut(status, body, asked)).into_response()
}

/// A file, or the part of it that is asked for.
fn cut(status: StatusCode, body: Vec<u8>, asked: Option<&str>) -> Response {
    let size = body.len();
    match asked.filter(|_| status == StatusCode::OK).map_or(Part::Whole, |asked| range::part(asked, size)) {
        Part::Whole => (status, Body::from(body)).into_response(),
        Part::Some(part) => {
            let place = format!("bytes {}-{}/{size}", part.start, part.end - 1);
            (StatusCode::PARTIAL_CONTENT, [(header::CONTENT_RANGE, place)], Body::from(body[part].to_vec())).into_response()
        }
        Part::None => (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, format!("bytes */{size}"))]).into_response(),
    }
}

/// A page for what could not be rendered yet; the overlay says the rest.
fn empty(why: &str) -> Vec<u8> {
    let mut page = String::from(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Cannot be shown</title></head><body><main><p>",
    );
    crate::view::fill::escape(why, &mut page);
    page.push_str("</p></main></body></html>\n");
    page.into_bytes()
}

/// What the preview adds to a page: its script, which is told what the page was made from; and if something is marked, how marks look.
pub struct Tags {
    script: String,
}

impl Tags {
    /// The tags of the page at `path` below the output.
    pub fn new(shown: &Shown, path: &str) -> Tags {
        let (key, files) = (shown.key(path), shown.files);
        Tags { script: format!("<script src=\"{SCRIPT}\" data-key=\"{key}\" data-files=\"{files}\" defer></script>") }
    }

    /// Returns a page with them. Its own bytes stay as they are.
    fn into(self, html: &[u8]) -> Vec<u8> {
        let end = html.windows(7).rposition(|window| window == b"</body>").unwrap_or(html.len());
        let find = |text: &[u8]| html[..end].windows(text.len()).position(|window| window == text);
        let style = find(FAULT.as_bytes()).map_or_else(String::new, |_| format!("<link rel=\"stylesheet\" href=\"{MARKS}\">"));
        let head = find(b"</head>").unwrap_or(end);
        [&html[..head], style.as_bytes(), &html[head..end], self.script.as_bytes(), &html[end..]].concat()
    }
}
