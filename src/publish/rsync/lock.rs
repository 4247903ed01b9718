//! The lock that lies on another machine: a note that only one of two can put there, whatever they do at once.
//!
//! What the note says, and when it is void, is the affair of `publish::lock`.

use std::sync::{Arc, Mutex};

use jiff::Timestamp;

use super::ssh::{Server, TEMPORARY, quoted};
use crate::publish::error::Error;
use crate::publish::lock::{Held, LOCK, Note, Shared, Standing, lock};

/// What a script of ours ends with if the lock is not as it was thought to be.
const OTHER: i32 = 45;

impl Server {
    /// Takes the lock.
    ///
    /// # Errors
    /// Another process holds it, or the machine cannot be reached.
    pub fn lock(&self, clock: fn() -> Timestamp) -> Result<Held, Error> {
        let note = Note::new(clock());
        let text = |note: &Note| String::from_utf8_lossy(&note.to_json()).into_owned();
        if let Some(found) = self.place_note(&note)? {
            self.clear_void(&found, &note, clock)?;
            if let Some(found) = self.place_note(&note)? {
                return Err(holder(&found));
            }
        }
        let known: Shared<String> = Arc::new(Mutex::new(text(&note)));
        let (renewing, renewer, owner) = (known.clone(), self.clone(), self.clone());
        let renew = move |note: &Note| {
            let mut known = lock(&renewing);
            let (old, new) = (known.clone(), String::from_utf8_lossy(&note.to_json()).into_owned());
            let script = format!(
                "[ \"$(cat {LOCK})\" = {} ] || exit {OTHER}\nprintf %s {} > {LOCK}.new && mv {LOCK}.new {LOCK}",
                quoted(&old),
                quoted(&new)
            );
            match renewer.run(&script) {
                Ok(output) if output.status.success() => *known = new,
                Ok(output) if output.status.code() == Some(OTHER) => return false,
                // A network that fails comes back, or the note becomes void.
                _ => {}
            }
            true
        };
        let give_back = move || {
            let script = format!("rmdir {TEMPORARY} 2>/dev/null\n[ \"$(cat {LOCK})\" = {} ] && rm -f {LOCK}", quoted(&lock(&known)));
            // A note that stays is void when its process is dead.
            let _ = owner.run(&script);
        };
        Ok(Held::new(note, clock, renew, give_back))
    }

    /// Puts the note there if none is, else gives what is. `set -C` makes a file only if it is not there.
    fn place_note(&self, note: &Note) -> Result<Option<String>, Error> {
        let text = String::from_utf8_lossy(&note.to_json()).into_owned();
        let script = format!(
            "set -C\n{{ printf %s {} > {LOCK}; }} 2>/dev/null && exit 0\n[ -f {LOCK} ] || exit 1\ncat {LOCK}\nexit {OTHER}",
            quoted(&text)
        );
        let output = self.run(&script)?;
        let found = String::from_utf8_lossy(&output.stdout).into_owned();
        match output.status.code() {
            Some(0) => Ok(None),
            // The answer to our own request was lost, and it was made again.
            Some(OTHER) if Note::from_json(found.as_bytes()).is_some_and(|found| found.is_of(note)) => Ok(None),
            Some(OTHER) => Ok(Some(found)),
            _ => Err(self.failed("write into", &output)),
        }
    }

    /// Takes away the note `found` if it is void, and no other one that somebody has put there since.
    fn clear_void(&self, found: &str, own: &Note, clock: fn() -> Timestamp) -> Result<(), Error> {
        if Note::from_json(found.as_bytes()).is_some_and(|note| note.standing(clock()) == Standing::Holds) {
            return Err(holder(found));
        }
        let aside = format!("{LOCK}.{}", own.process);
        let script = format!(
            "mv {LOCK} {aside} || exit 0\n[ \"$(cat {aside})\" = {} ] || ln {aside} {LOCK}\nrm -f {aside}",
            quoted(found.trim_end_matches('\n'))
        );
        self.run(&script).map(|_| ())
    }
}

fn holder(found: &str) -> Error {
    Note::from_json(found.as_bytes())
        .map_or_else(|| Error::place("another process has just begun to publish there"), |note| note.to_error())
}
