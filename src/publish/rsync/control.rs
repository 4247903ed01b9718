//! One connection for all that is said to another machine: what `ssh` calls a control master (`man ssh_config`, ControlMaster).
//!
//! Without it every script and every file list would greet the machine anew. It is a convenience: where it cannot be made, each connects for itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A connection that waits in the background. Dropped, it ends.
#[derive(Debug)]
pub struct Control {
    /// The program and its arguments.
    shell: Vec<String>,
    host: String,
    /// A folder of ours that nobody else can enter. Its path must be short: that of a socket has about a hundred letters.
    folder: PathBuf,
}

impl Control {
    /// Connects; `None` when that is not possible.
    pub fn open(shell: &[String], host: &str) -> Option<Control> {
        let folder = std::env::temp_dir().join(format!("chancery-{}", std::process::id()));
        make_own(&folder)?;
        let control = Control { shell: shell.to_vec(), host: host.into(), folder };
        // It ends by itself when nobody has said anything for a while, should this process be killed.
        let is_open = control.ask(&["-o", "ControlMaster=yes", "-o", "ControlPersist=60", "-N", "-f"]);
        is_open.then_some(control)
    }

    /// The arguments by which `ssh` uses the connection; without it, it makes one of its own.
    pub fn words(&self) -> [String; 4] {
        ["-o".into(), "ControlMaster=no".into(), "-o".into(), format!("ControlPath={}", self.folder.join("s").display())]
    }

    fn ask(&self, words: &[&str]) -> bool {
        let mut command = Command::new(&self.shell[0]);
        command.args(&self.shell[1..]).args(words).args(["-o", &self.words()[3]]).arg(&self.host);
        // What stays in the background must hold no pipe of ours open.
        let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        status.is_ok_and(|status| status.success())
    }
}

impl Drop for Control {
    fn drop(&mut self) {
        self.ask(&["-O", "exit"]);
        // What is left of it holds nothing of anybody's.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Makes a folder that nobody else can enter.
#[cfg(unix)]
fn make_own(folder: &Path) -> Option<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(folder).ok()
}

/// The `ssh` of Windows keeps no connection for others.
#[cfg(windows)]
fn make_own(_: &Path) -> Option<()> {
    None
}
