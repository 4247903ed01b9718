//! Real servers on loopback, for the tests: sshd, nginx. They end with the tests.

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::place::free_port;

/// Waits until somebody listens at a port.
pub fn wait_for(port: u16) {
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(start.elapsed() < Duration::from_secs(30), "nobody listens at {port}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

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
        Nginx::with(root, "")
    }

    /// The same with further lines in its `server`, and with the types of files that nginx comes with.
    pub fn with(root: &Path, lines: &str) -> Nginx {
        let folder = tempfile::tempdir().expect("a folder");
        let port = free_port();
        let own = folder.path().display();
        let temporary: String =
            ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|name| format!("{name}_temp_path {own}/{name};")).concat();
        let settings = format!(
            "worker_processes 1;\npid {own}/pid;\nerror_log {own}/errors;\nuser root;\nevents {{ }}\nhttp {{ access_log off; include /etc/nginx/mime.types; {temporary}\nserver {{ listen 127.0.0.1:{port}; root {};\n{lines} }} }}\n",
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
