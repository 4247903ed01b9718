//! What is told of published pages before they are published again, and recorded of them.
//!
//! It must not know how an edit is seen.

use crate::cli::args::Publish;
use crate::cli::invocation::Invocation;
use crate::cli::report;
use crate::diagnostic::Severity;
use crate::pipeline::{Plan, edits};
use crate::publish::{Access, Error, ErrorKind, PublishOptions, Published, Record, Release, note_numbers};
use crate::sources::Sources;

/// The pages of the site that is to be published.
pub struct Pages<'a> {
    /// What is public, and what is not.
    pub plan: &'a Plan,
    /// For the lines that problems stand on.
    pub sources: &'a Sources,
}

impl Pages<'_> {
    /// What is to be recorded of the pages. Of previews nothing is: nobody cites them.
    ///
    /// # Errors
    /// A number changed or was used again, or a text without a word about it where that must not be.
    pub fn record(
        &self,
        invocation: &Invocation,
        args: &Publish,
        options: &PublishOptions,
        (published, release): (&Published, &Release),
    ) -> Result<Record, Error> {
        if options.target.previews {
            return Ok(Record::default());
        }
        let before = if published.is_preview { &Record::default() } else { &published.record };
        let print = |path: &str| published.files.get(path).and_then(|known| known.print);
        let is_same = |path: &str| release.get(path).is_some_and(|file| print(path) == Some(file.print));
        let record = edits::record(self.plan, before, &is_same);
        let mut problems = edits::problems(self.plan, self.sources, before, &record);
        if args.making.strict {
            problems = edits::strict(problems);
        }
        let renderer = invocation.renderer(&invocation.world.terminal.err);
        problems.iter().for_each(|problem| invocation.say(&format!("{}\n\n", report::text::one(problem, &renderer))));
        let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
        if errors > 0 {
            let message = format!(
                "nothing was published, for {} against what is published there",
                if errors == 1 { "1 error".into() } else { format!("{errors} errors") }
            );
            return Err(Error::new(ErrorKind::Site, message));
        }
        if options.access == Access::Write {
            note_numbers(options.state, &record).map_err(|error| Error::io("write", options.state, error))?;
        }
        Ok(record)
    }
}
