//! The server: addresses to files of the site, with the reload script added to pages.
//!
//! It must not know how a site is made. Everything comes from this one origin, so that the policy of the site's own headers holds.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::serve::ListenerExt;
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use tokio::sync::watch;
use tokio::task::block_in_place;

use super::answer::{self, Tags};
use super::events;
use super::problem::Problem;
use super::shown::{Answer, Shown};
use crate::diagnostic::Diagnostic;
use crate::emit::Output;

/// Whether pages reload by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reload {
    /// When what they show has changed.
    Yes,
    /// Never: readers do it.
    No,
}

/// What every request sees.
#[derive(Clone)]
struct Served {
    shown: watch::Receiver<Arc<Shown>>,
    reload: Reload,
    tell: Arc<Tell>,
}

/// Tells people of a mistake that shows when a file is rendered.
pub type Tell = dyn Fn(&Diagnostic) + Send + Sync;

/// The addresses of the preview itself; no page begins with `_`.
pub const SCRIPT: &str = "/_chancery/preview.js";
const STYLE: &str = "/_chancery/preview.css";
/// The address of the style of marks.
pub const MARKS: &str = "/_chancery/marks.css";
const EVENTS: &str = "/_chancery/events";

/// The port that is tried first, and how many after it.
const FIRST_PORT: u16 = 1111;
const PORTS: u16 = 100;

/// A socket on `interface`: on the port that was asked for, else on the first free one from 1111 on.
///
/// # Errors
/// The port is taken, or the interface is none of this machine's.
pub fn bind(interface: IpAddr, port: Option<u16>) -> io::Result<TcpListener> {
    if let Some(port) = port {
        return TcpListener::bind((interface, port));
    }
    let mut ports = FIRST_PORT..FIRST_PORT + PORTS;
    loop {
        let port = ports.next().unwrap_or(0);
        match TcpListener::bind((interface, port)) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && port != 0 => {}
            bound => return bound,
        }
    }
}

/// Serves what is shown from threads of its own, and tells of mistakes that only rendering finds, each once until it is mended. Returns the address.
///
/// # Errors
/// The system has no threads or sockets left.
pub fn start(listener: TcpListener, shown: watch::Receiver<Arc<Shown>>, reload: Reload, tell: Arc<Tell>) -> io::Result<SocketAddr> {
    let address = listener.local_addr()?;
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let served = Served { shown, reload, tell };
    let router = Router::new()
        .route(SCRIPT, get(|| async { file("text/javascript; charset=utf-8", include_str!("preview.js")) }))
        .route(STYLE, get(|| async { file("text/css; charset=utf-8", include_str!("preview.css")) }))
        .route(MARKS, get(|| async { file("text/css; charset=utf-8", include_str!("marks.css")) }))
        .route(EVENTS, get(stream))
        .fallback(get(page))
        .with_state(served.clone());
    // Who serves to others may be called by any name.
    let router = if address.ip().is_loopback() { router.layer(middleware::from_fn_with_state(served, refuse_strangers)) } else { router };
    std::thread::spawn(move || {
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a socket that is bound and does not block");
            // Who waits for an event or a page waits for its last byte. Without this the system may, too.
            let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
            // It ends with the process; an error here is one of a single connection.
            let _ = axum::serve(listener, router).await;
        });
    });
    Ok(address)
}

/// A page from elsewhere can give its own name the address of this machine, and would then read what is not published. The numbers of machines and
/// `localhost` cannot be given to anybody, and the host of `base_url` is the author's.
async fn refuse_strangers(State(served): State<Served>, request: Request, next: Next) -> Response {
    let shown = served.shown.borrow().clone();
    let own = shown.site().config.base_url.as_ref().map(|base| base.host.as_str());
    let named = request.headers().get(header::HOST).map(|host| host.to_str().unwrap_or_default());
    let is_stranger = named.into_iter().chain(request.uri().authority().map(Authority::as_str)).any(|name| !is_ours(name, own));
    drop(shown);
    if is_stranger { (StatusCode::FORBIDDEN, STRANGER).into_response() } else { next.run(request).await }
}

const STRANGER: &str = "This preview answers to `localhost`, to numbers such as 127.0.0.1, and to the host of `base_url`, so that no other site can read it.\n";

/// True if a request for `name`, with a port or without, comes from somebody who meant this preview.
fn is_ours(name: &str, own: Option<&str>) -> bool {
    let Ok(authority) = name.parse::<Authority>() else { return false };
    let host = authority.host().trim_matches(['[', ']']).to_ascii_lowercase();
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<IpAddr>().is_ok()
        || own.is_some_and(|own| own.eq_ignore_ascii_case(&host))
}

fn file(kind: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], text).into_response()
}

#[derive(Deserialize)]
struct Watched {
    path: String,
}

async fn stream(State(served): State<Served>, Query(watched): Query<Watched>) -> Response {
    let path = output_path(served.shown.borrow().site().base_path(), &watched.path).unwrap_or_default();
    events::stream(served.shown, path).into_response()
}

async fn page(State(served): State<Served>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let shown = served.shown.borrow().clone();
    let base = shown.site().base_path();
    let Some(path) = output_path(base, uri.path()) else {
        // `/sub` is meant for `/sub/`, and so is the top of the host.
        let is_above = uri.path() == "/" || base.strip_suffix('/') == Some(uri.path());
        return if is_above { redirect(base) } else { missing(&served, &shown, "") };
    };
    if let Some(output) = shown.find(&path) {
        let tags = (served.reload == Reload::Yes && path.ends_with(".html")).then(|| Tags::new(&shown, &path));
        let asked = answer::range(&method, &headers);
        return answer::file(rendered(&served, &shown, output), &path, StatusCode::OK, tags, asked);
    }
    if let Some(bytes) = block_in_place(|| shown.search(&path).map(Arc::from)) {
        return answer::file(Answer::File(bytes), &path, StatusCode::OK, None, None);
    }
    // `/briefings/x` is meant for `/briefings/x/`.
    if shown.find(&format!("{path}/index.html")).is_some() {
        return redirect(&format!("{}/", uri.path()));
    }
    missing(&served, &shown, &path)
}

/// The path below the output of an address below `base`; `None` if it lies elsewhere.
fn output_path(base: &str, address: &str) -> Option<String> {
    let inner = address.strip_prefix(base)?;
    let plain = percent_decode_str(inner).decode_utf8_lossy();
    Some(if plain.is_empty() || plain.ends_with('/') { format!("{plain}index.html") } else { plain.into_owned() })
}

fn redirect(to: &str) -> Response {
    let location = HeaderValue::from_str(to).unwrap_or_else(|_| HeaderValue::from_static("/"));
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
}

/// The page for addresses where nothing is; it goes when something comes to be at `path`.
fn missing(served: &Served, shown: &Shown, path: &str) -> Response {
    let tags = (served.reload == Reload::Yes).then(|| Tags::new(shown, path));
    match shown.find("404.html") {
        Some(output) => answer::file(rendered(served, shown, output), "404.html", StatusCode::NOT_FOUND, tags, None),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Renders a file. A template may take for ever, and all others are to be served meanwhile: the runtime gives their work to another thread.
fn render(shown: &Shown, output: &Output) -> Answer {
    block_in_place(|| shown.render(output))
}

/// Renders a file, and tells of a mistake in it that is new.
fn rendered(served: &Served, shown: &Shown, output: &Output) -> Answer {
    let answer = render(shown, output);
    if let Answer::Failed(problem, _) = &answer
        && shown.is_news(&output.path, problem)
    {
        (served.tell)(problem);
    }
    answer
}

/// The problem that keeps the page at `path` from being rendered; `None` when nothing does.
pub fn failure(shown: &Shown, path: &str) -> Option<Problem> {
    match render(shown, shown.find(path)?) {
        Answer::Failed(problem, _) => Some(Problem::new(&problem)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_below_the_base_path() {
        assert_eq!(output_path("/p/", "/p/briefings/a%20b/").as_deref(), Some("briefings/a b/index.html"));
        assert_eq!(output_path("/", "/feed.xml").as_deref(), Some("feed.xml"));
        assert_eq!(output_path("/p/", "/other/"), None);
        assert_eq!(output_path("/", "/100%/").as_deref(), Some("100%/index.html"));
    }

    #[test]
    fn names_that_others_can_give_to_this_machine_are_not_ours() {
        for name in ["localhost", "LOCALHOST:1111", "a.localhost:1111", "127.0.0.1:1111", "[::1]:1111", "192.168.1.5", "Example.org:1111"] {
            assert!(is_ours(name, Some("example.org")), "{name}");
        }
        for name in ["evil.example", "evil.example:1111", "localhost.evil.example", "127.0.0.1.evil.example", "example.org.evil", "", "a b"]
        {
            assert!(!is_ours(name, Some("example.org")), "{name}");
        }
        assert!(!is_ours("example.org", None));
    }

    #[test]
    fn a_port_that_is_taken_is_passed_over_unless_it_was_asked_for() {
        let loopback = IpAddr::from([127, 0, 0, 1]);
        let first = bind(loopback, None).unwrap();
        let second = bind(loopback, None).unwrap();
        assert_ne!(first.local_addr().unwrap().port(), second.local_addr().unwrap().port());
        assert!(bind(loopback, Some(first.local_addr().unwrap().port())).is_err());
    }
}
