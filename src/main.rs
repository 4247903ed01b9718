//! The program: the streams and the world of this process, handed to `cli`.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use mimalloc::MiMalloc;

use chancery::cli::{self, Status, Stream, Terminal, World};

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let (out, err) = (io::stdout(), io::stderr());
    let (out_is_terminal, err_is_terminal) = (out.is_terminal(), err.is_terminal());
    let terminal = Terminal { out: Stream::new(out, out_is_terminal), err: Stream::new(err, err_is_terminal) };
    match World::from_process(terminal) {
        Ok(world) => cli::run(std::env::args_os(), &world).into(),
        Err(error) => {
            // Nobody can be told more if this fails too.
            let _ = writeln!(io::stderr(), "error: cannot read the working folder: {error}");
            Status::Trouble.into()
        }
    }
}
