//! A server between the program and a real one, that does what networks do: loses connections, is busy, fails.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Passes,
    /// The connection ends before it reaches the server.
    IsLost,
    /// It reaches the server, and the answer is lost.
    LosesItsAnswer,
    /// 500.
    Fails,
    /// 503, with `Retry-After`.
    IsPutOff,
}

/// Decides the fate of each request by its number and its first line.
pub type Decide = Box<dyn Fn(usize, &str) -> Fate + Send>;

pub struct Proxy {
    pub port: u16,
    /// The first lines of all requests that reached the server, without `HTTP/1.1`.
    requests: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    pub fn to(server: u16, decide: Decide) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let requests: Arc<Mutex<Vec<String>>> = Arc::default();
        let (log, decide, number) = (requests.clone(), Arc::new(Mutex::new(decide)), Arc::new(Mutex::new(0)));
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (log, decide, number) = (log.clone(), decide.clone(), number.clone());
                thread::spawn(move || {
                    let decided = |line: &str| {
                        let mut number = number.lock().expect("no panic");
                        *number += 1;
                        (decide.lock().expect("no panic"))(*number, line)
                    };
                    // A connection that ends is what this is for.
                    let _ = serve(client, server, &log, decided);
                });
            }
        });
        Proxy { port, requests }
    }

    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no panic").clone()
    }
}

/// The head of a message and its body.
fn message(from: &mut BufReader<TcpStream>) -> io::Result<(String, Vec<u8>)> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if from.read_line(&mut head)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    let lower = head.to_ascii_lowercase();
    let length = lower.lines().find_map(|line| line.strip_prefix("content-length:")).and_then(|text| text.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    from.read_exact(&mut body)?;
    Ok((head, body))
}

fn serve(client: TcpStream, server: u16, log: &Mutex<Vec<String>>, decide: impl Fn(&str) -> Fate) -> io::Result<()> {
    let (mut from, mut to) = (BufReader::new(client.try_clone()?), client);
    loop {
        let (head, body) = message(&mut from)?;
        let line = head.lines().next().unwrap_or_default().trim_end_matches(" HTTP/1.1").to_string();
        let fate = decide(&line);
        match fate {
            Fate::IsLost => return Ok(()),
            Fate::Fails => to.write_all(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n")?,
            Fate::IsPutOff => to.write_all(b"HTTP/1.1 503 Slow Down\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n")?,
            Fate::Passes | Fate::LosesItsAnswer => {
                log.lock().expect("no panic").push(line);
                let mut upstream = TcpStream::connect(("127.0.0.1", server))?;
                let head = head.replacen("\r\n", "\r\nConnection: close\r\n", 1);
                upstream.write_all(head.as_bytes())?;
                upstream.write_all(&body)?;
                let mut answer = Vec::new();
                upstream.read_to_end(&mut answer)?;
                if fate == Fate::LosesItsAnswer {
                    return Ok(());
                }
                to.write_all(&answer)?;
                // The server has said that it closes, and the answer says so.
                return Ok(());
            }
        }
    }
}
