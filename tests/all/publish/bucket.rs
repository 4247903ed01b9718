//! A real S3 server on loopback, and its buckets. It ends with the tests.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::{Attributes, ObjectStore, ObjectStoreExt, PutPayload};
use tokio::runtime::Runtime;

use crate::place::{Tree, project};

/// The port of an S3 server, which is the same for all tests and ends with them.
pub fn s3_port() -> u16 {
    static SERVER: OnceLock<(u16, Child)> = OnceLock::new();
    let start = || {
        let python = project("target/python/bin/python");
        let script = "import sys\nfrom moto.server import ThreadedMotoServer\nserver = ThreadedMotoServer(ip_address='127.0.0.1', port=0, verbose=False)\nserver.start()\nprint(server.get_host_and_port()[1], flush=True)\nsys.stdin.read()\nserver.stop()";
        let mut child = Command::new(&python)
            .args(["-c", script])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("`tests/run` installs `{}`: {error}", python.display()));
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a port");
        (line.trim().parse().expect("a port"), child)
    };
    SERVER.get_or_init(start).0
}

/// A bucket of that server.
pub struct Bucket {
    pub name: String,
    store: AmazonS3,
    runtime: Runtime,
}

impl Bucket {
    /// A new one. Each test needs a name of its own.
    pub fn new(name: &str) -> Bucket {
        // Another test may have chosen the same before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let address = format!("http://127.0.0.1:{}", s3_port());
        let mut stream = TcpStream::connect(("127.0.0.1", s3_port())).expect("the server");
        let request = format!("PUT /{name} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.contains(" 200 "), "{answer}");
        let store = AmazonS3Builder::new().with_endpoint(address).with_allow_http(true).with_bucket_name(name).with_region("us-east-1");
        let store = store.with_access_key_id("x").with_secret_access_key("y").build().expect("a client");
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        Bucket { name: name.into(), store, runtime }
    }

    /// The table of a target that is this bucket, reached at a port.
    pub fn target_at(&self, port: u16) -> String {
        format!("target = \"s3\"\nbucket = \"{}\"\nregion = \"us-east-1\"\nendpoint = \"http://127.0.0.1:{port}\"", self.name)
    }

    pub fn target(&self) -> String {
        self.target_at(s3_port())
    }

    /// All objects.
    pub fn tree(&self) -> Tree {
        use futures_util::TryStreamExt;
        self.runtime.block_on(async {
            let objects: Vec<_> = self.store.list(None).try_collect().await.expect("a list");
            let mut tree = Tree::new();
            for object in objects {
                let bytes = self.store.get(&object.location).await.expect("an object").bytes().await.expect("bytes");
                tree.insert(object.location.to_string(), bytes.to_vec());
            }
            tree
        })
    }

    pub fn attributes(&self, path: &str) -> Attributes {
        self.runtime.block_on(self.store.get(&path.into())).expect("an object").attributes
    }

    pub fn put(&self, path: &str, text: &str) {
        self.runtime.block_on(self.store.put(&path.into(), PutPayload::from(text.to_string()))).expect("put");
    }

    pub fn remove(&self, path: &str) {
        self.runtime.block_on(self.store.delete(&path.into())).expect("deleted");
    }
}

/// What the program needs to know to speak with the S3 server.
pub const KEYS: [(&str, &str); 2] = [("AWS_ACCESS_KEY_ID", "x"), ("AWS_SECRET_ACCESS_KEY", "y")];
