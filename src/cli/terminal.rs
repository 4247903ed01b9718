//! The two streams that people read: what was asked for goes to one, what is said about it to the other.
//!
//! It must not know what is printed. Printing never fails for a command: a reader who has gone away (`chancery list | head`) is no
//! mistake, and what else went wrong is found in `failure` at the end.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The streams of a run.
pub struct Terminal {
    /// What was asked for.
    pub out: Stream,
    /// What is said about it.
    pub err: Stream,
}

/// One stream. It is shared with the threads that tell progress; a clone is the same stream.
#[derive(Clone)]
pub struct Stream {
    /// Whether somebody looks at it.
    pub is_terminal: bool,
    state: Arc<Mutex<State>>,
}

struct State {
    writer: Box<dyn Write + Send>,
    failure: Option<io::Error>,
}

impl Stream {
    /// A stream that writes to `writer`.
    pub fn new(writer: impl Write + Send + 'static, is_terminal: bool) -> Stream {
        Stream { is_terminal, state: Arc::new(Mutex::new(State { writer: Box::new(writer), failure: None })) }
    }

    /// Writes `text`. After the first failure nothing more is written.
    pub fn write(&self, text: &str) {
        let mut state = self.state();
        if state.failure.is_none()
            && let Err(error) = state.writer.write_all(text.as_bytes()).and_then(|()| state.writer.flush())
        {
            state.failure = Some(error);
        }
    }

    /// Why writing failed, unless it was only that nobody reads any more.
    pub fn failure(&self) -> Option<io::Error> {
        self.state().failure.take().filter(|error| error.kind() != io::ErrorKind::BrokenPipe)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A thread that panicked while it wrote leaves at worst half a line.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `text` for people's eyes: control characters and those that turn the direction of writing show as signs, one for one,
/// so that no text from a site can move the cursor, change colours or reorder a line. Tabs and line ends stay.
pub fn clean(text: &str) -> String {
    text.chars().map(|letter| if matches!(letter, '\n' | '\t') { letter } else { sign(letter) }).collect()
}

/// As `clean`, for what must stay on one line.
pub fn clean_line(text: &str) -> String {
    text.chars().map(|letter| if matches!(letter, '\n' | '\t') { ' ' } else { sign(letter) }).collect()
}

/// The sign for a letter that must not reach a terminal; any other letter itself.
/// The pictures of control characters are <https://www.unicode.org/charts/PDF/U2400.pdf>.
fn sign(letter: char) -> char {
    match letter {
        '\0'..='\x1f' => char::from_u32(0x2400 + letter as u32).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        letter => letter,
    }
}

/// `1 page`, `2 pages`.
pub fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_is_no_failure() {
        let stream = Stream::new(Closed, false);
        stream.write("a");
        stream.write("b");
        assert!(stream.failure().is_none());
    }

    #[test]
    fn escapes_and_turns_of_direction_do_not_reach_the_terminal() {
        assert_eq!(clean("a\x1b[31mb\u{202e}c\r\n\td"), "a\u{241b}[31mb\u{fffd}c\u{240d}\n\td");
        assert_eq!(clean_line("a\nb"), "a b");
    }
}
