//! Hosts of our own on loopback, that answer as hosts of the world do, and count how they are asked.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// What a host answers.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    /// How long it thinks.
    pub after: Duration,
    /// How large its page is.
    pub bytes: usize,
}

impl Reply {
    pub fn of(status: u16) -> Reply {
        Reply { status, headers: Vec::new(), after: Duration::ZERO, bytes: 0 }
    }

    pub fn to(status: u16, location: impl Into<String>) -> Reply {
        Reply::of(status).with("Location", location)
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Reply {
        self.headers.push((name, value.into()));
        self
    }

    pub fn after(self, after: Duration) -> Reply {
        Reply { after, ..self }
    }
}

/// A request that reached a host.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    /// With its query.
    pub path: String,
    /// The number of the host.
    pub host: u8,
    pub headers: String,
    pub at: Instant,
}

#[derive(Default)]
struct Log {
    asked: Vec<Asked>,
    /// Requests under way, by host.
    now: Vec<(u8, usize)>,
    most_of_a_host: usize,
    most: usize,
    sent: usize,
}

/// Some hosts: 127.0.0.1, 127.0.0.2 and so on, each with a port of its own.
pub struct Web {
    ports: Vec<u16>,
    log: Arc<Mutex<Log>>,
}

/// Decides what a host answers: given the request, and how often that path was asked before.
pub type Decide = dyn Fn(&Asked, usize) -> Reply + Send + Sync;

impl Web {
    pub fn of(hosts: u8, decide: impl Fn(&Asked, usize) -> Reply + Send + Sync + 'static) -> Web {
        let (log, decide): (Arc<Mutex<Log>>, Arc<Decide>) = (Arc::default(), Arc::new(decide));
        let open = |host: u8| {
            let listener = TcpListener::bind((format!("127.0.0.{host}"), 0)).expect("a port");
            let port = listener.local_addr().expect("an address").port();
            let (log, decide) = (log.clone(), decide.clone());
            thread::spawn(move || {
                for client in listener.incoming().flatten() {
                    let (log, decide) = (log.clone(), decide.clone());
                    // A connection that ends is what some of these tests are for.
                    thread::spawn(move || drop(serve(client, host, &log, &*decide)));
                }
            });
            port
        };
        Web { ports: (1..=hosts).map(open).collect(), log }
    }

    /// An address at a host.
    pub fn at(&self, host: u8, path: &str) -> String {
        format!("http://{}{path}", self.name(host))
    }

    /// A host with its port.
    pub fn name(&self, host: u8) -> String {
        format!("127.0.0.{host}:{}", self.ports[host as usize - 1])
    }

    /// A text in which hosts are called by their number.
    pub fn plain(&self, text: &str) -> String {
        (1..=self.ports.len() as u8).fold(text.to_string(), |text, host| text.replace(&self.name(host), &format!("host{host}")))
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.log.lock().expect("no panic").asked.clone()
    }

    /// `HEAD /x`, `GET /x`, in the order in which a host was asked.
    pub fn lines(&self, host: u8) -> Vec<String> {
        self.asked().iter().filter(|asked| asked.host == host).map(|asked| format!("{} {}", asked.method, asked.path)).collect()
    }

    /// The most requests that were under way at once: at one host, and at all of them.
    pub fn most(&self) -> (usize, usize) {
        let log = self.log.lock().expect("no panic");
        (log.most_of_a_host, log.most)
    }

    /// How many bytes of pages went out.
    pub fn sent(&self) -> usize {
        self.log.lock().expect("no panic").sent
    }
}

fn serve(client: TcpStream, host: u8, log: &Mutex<Log>, decide: &Decide) -> io::Result<()> {
    let (mut from, mut to) = (BufReader::new(client.try_clone()?), client);
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if from.read_line(&mut head)? == 0 {
                return Ok(());
            }
        }
        let (line, headers) = head.split_once("\r\n").unwrap_or_default();
        let mut words = line.split(' ').map(str::to_string);
        let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let asked = Asked { method, path, host, headers: headers.to_ascii_lowercase(), at: Instant::now() };
        let before = begin(&mut log.lock().expect("no panic"), &asked);
        let reply = decide(&asked, before);
        thread::sleep(reply.after);
        end(&mut log.lock().expect("no panic"), host);
        let headers: String = reply.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        write!(to, "HTTP/1.1 {} Said\r\n{headers}Content-Length: {}\r\n\r\n", reply.status, reply.bytes)?;
        let mut left = if asked.method == "HEAD" { 0 } else { reply.bytes };
        while left > 0 {
            let piece = [b'x'; 4096];
            let now = left.min(piece.len());
            to.write_all(&piece[..now])?;
            log.lock().expect("no panic").sent += now;
            left -= now;
        }
    }
}

/// A request has come: how often its path was asked before.
fn begin(log: &mut Log, asked: &Asked) -> usize {
    let before = log.asked.iter().filter(|other| (other.host, &other.path) == (asked.host, &asked.path)).count();
    log.asked.push(asked.clone());
    match log.now.iter_mut().find(|(host, _)| *host == asked.host) {
        Some((_, now)) => *now += 1,
        None => log.now.push((asked.host, 1)),
    }
    log.most_of_a_host = log.most_of_a_host.max(log.now.iter().map(|(_, now)| *now).max().unwrap_or(0));
    log.most = log.most.max(log.now.iter().map(|(_, now)| now).sum());
    before
}

fn end(log: &mut Log, host: u8) {
    if let Some((_, now)) = log.now.iter_mut().find(|(known, _)| *known == host) {
        *now -= 1;
    }
}
