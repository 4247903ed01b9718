//! Real servers on loopback, for the tests: S3, sshd, nginx. They end with the tests.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::{Attributes, ObjectStore, ObjectStoreExt, PutPayload};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::place::{Tree, project};

/// A port that nobody listens at.
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}

/// Waits until somebody listens at a port.
pub fn wait_for(port: u16) {
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(start.elapsed() < Duration::from_secs(30), "nobody listens at {port}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

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

/// A real `sshd` that lets in whoever has its key.
pub struct Sshd {
    folder: TempDir,
    port: u16,
    child: Child,
}

impl Sshd {
    pub fn start() -> Sshd {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        for name in ["host", "key"] {
            let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(path(name)).status();
            assert!(made.expect("`tests/run` installs ssh").success());
        }
        let port = free_port();
        let settings = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {0}/host\nAuthorizedKeysFile {0}/key.pub\nStrictModes no\nPidFile none\nUsePAM no\n",
            folder.path().display()
        );
        fs::write(path("settings"), settings).expect("written");
        // Where the server goes when nobody is let in yet.
        let _ = fs::create_dir_all("/run/sshd");
        let mut command = Command::new("/usr/sbin/sshd");
        command.args(["-D", "-e", "-f"]).arg(path("settings")).stderr(Stdio::null());
        let child = command.spawn().expect("`tests/run` installs sshd");
        wait_for(port);
        Sshd { folder, port, child }
    }

    /// What `RSYNC_RSH` must be to come in.
    pub fn shell(&self) -> String {
        let key = self.folder.path().join("key");
        format!(
            "ssh -p {} -i {} -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -F /dev/null",
            self.port,
            key.display()
        )
    }
}

impl Drop for Sshd {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A real nginx that serves a folder.
pub struct Nginx {
    _folder: TempDir,
    pub port: u16,
    child: Child,
}

impl Nginx {
    pub fn serving(root: &Path) -> Nginx {
        let folder = tempfile::tempdir().expect("a folder");
        let port = free_port();
        let own = folder.path().display();
        let temporary: String =
            ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|name| format!("{name}_temp_path {own}/{name};")).concat();
        let settings = format!(
            "worker_processes 1;\npid {own}/pid;\nerror_log {own}/errors;\nuser root;\nevents {{ }}\nhttp {{ access_log off; {temporary}\nserver {{ listen 127.0.0.1:{port}; root {}; }} }}\n",
            root.display()
        );
        let file: PathBuf = folder.path().join("settings");
        fs::write(&file, settings).expect("written");
        let mut command = Command::new("/usr/sbin/nginx");
        command.args(["-g", "daemon off;", "-c"]).arg(&file).stderr(Stdio::null());
        let child = command.spawn().expect("`tests/run` installs nginx");
        wait_for(port);
        Nginx { _folder: folder, port, child }
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // It ends its workers when it is asked, and leaves them when it is killed.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}
