//! What of a document is not in the page, or in another form: counted, with the words for the report.
//!
//! It holds numbers, and no words of the document but those that readers see.
//!
//! It must not know how a document is read.

use std::collections::BTreeMap;

use crate::cli::import::new_site::Note;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Left {
    Comments,
    Deletions,
    Insertions,
    Hidden,
    Placeholders,
    HeadsAndFeet,
    Contents,
    Metadata,
    Fields,
    Citations,
    Equations,
    Objects,
    Charts,
    Boxes,
    Outside,
    Formats,
    Cropped,
    Wordless,
    Automatic,
    Links,
    Signs,
    Unknown,
    Numbers,
    Headings,
    OneCell,
    BoldHeadings,
}

/// The counts of one document.
#[derive(Debug, Default)]
pub struct LeftOut {
    counts: BTreeMap<Left, usize>,
    /// Where, in words that readers see.
    places: BTreeMap<Left, Vec<String>>,
}

impl LeftOut {
    /// Counts one.
    pub fn add(&mut self, what: Left) {
        *self.counts.entry(what).or_default() += 1;
    }

    /// Counts one, and keeps the words that it stands at.
    pub fn at(&mut self, what: Left, words: &str) {
        self.add(what);
        let short: String = words.trim().chars().take(60).collect();
        if !short.is_empty() {
            self.places.entry(what).or_default().push(short);
        }
    }

    /// A line of the report for each sort.
    pub fn notes(&self, path: &str) -> Vec<Note> {
        self.counts.iter().map(|(what, number)| self.note(*what, *number, path)).collect()
    }

    fn note(&self, what: Left, number: usize, path: &str) -> Note {
        let (is_lost, [one, many], rest) = words(what);
        let places: Vec<String> = self.places.get(&what).into_iter().flatten().take(5).map(|place| format!("`{place}`")).collect();
        let places = if places.is_empty() { String::new() } else { format!(" (at {})", places.join(", ")) };
        let message = match number {
            1 => format!("1 {one}{places} was {rest}"),
            _ => format!("{number} {many}{places} were {rest}"),
        };
        if is_lost { Note::lost(path, message) } else { Note::changed(path, message) }
    }
}

/// Whether readers miss it, what one and what several of them are called, and what became of it, behind `was` or `were`.
fn words(what: Left) -> (bool, [&'static str; 2], &'static str) {
    match what {
        Left::Comments => (true, ["comment", "comments"], "left out"),
        Left::Deletions => (true, ["tracked deletion", "tracked deletions"], "left out, as if accepted"),
        Left::Insertions => (false, ["tracked insertion", "tracked insertions"], "kept, as if accepted: read them once more"),
        Left::Hidden => (true, ["bit of hidden text", "bits of hidden text"], "left out"),
        Left::Placeholders => (true, ["placeholder", "placeholders"], "left out"),
        Left::HeadsAndFeet => (true, ["header or footer", "headers and footers"], "left out: the site has its own"),
        Left::Contents => (true, ["line of contents", "lines of contents"], "left out: the site makes its own"),
        Left::Metadata => (
            true,
            ["field that shows what the file says of itself", "fields that show what the file says of itself"],
            "left out: write what readers are to see",
        ),
        Left::Fields => (false, ["field", "fields"], "replaced by the text that it showed"),
        Left::Citations => (
            false,
            ["citation of a reference manager", "citations of a reference manager"],
            "replaced by its text; `[@key]` cites a source of the register",
        ),
        Left::Equations => (true, ["equation", "equations"], "left out: write what they say, as a picture, or with `markdown.math`"),
        Left::Objects => (true, ["embedded object", "embedded objects"], "left out: save it as a picture or a table"),
        Left::Charts => (true, ["chart or drawing", "charts and drawings"], "left out: save it as a picture"),
        Left::Boxes => (false, ["text box", "text boxes"], "put into the text as a quotation, behind the paragraph that it stood at"),
        Left::Outside => (true, ["picture from another place", "pictures from other places"], "left out: put it beside the page"),
        Left::Formats => {
            (true, ["picture that browsers do not show", "pictures that browsers do not show"], "left out: save it as PNG or SVG")
        }
        Left::Cropped => (
            false,
            ["picture", "pictures"],
            "cropped in the document and whole beside the page, with what nobody was to see: crop the file too",
        ),
        Left::Wordless => (false, ["picture", "pictures"], "found without words for those who cannot see it: write what it shows"),
        Left::Automatic => {
            (false, ["description of a picture", "descriptions of pictures"], "made by a program: say yourself what it shows")
        }
        Left::Links => (
            true,
            ["link that leads nowhere, or into a file of somebody's own", "links that lead nowhere, or into files of somebody's own"],
            "left as its words",
        ),
        Left::Signs => (true, ["sign of a font of its own", "signs of fonts of their own"], "left out"),
        Left::Unknown => {
            (true, ["thing that is not known", "things that are not known"], "left out with its words: compare the page with the document")
        }
        Left::Numbers => (
            false,
            [
                "item of a list with a letter, a Roman number or one such as 1.2",
                "items of lists with letters, Roman numbers or such as 1.2",
            ],
            "given a plain number: look at places that name it",
        ),
        Left::Headings => (true, ["number of a heading", "numbers of headings"], "left out: Word made it, and it is not in the text"),
        Left::OneCell => (false, ["table of one cell", "tables of one cell"], "made a quotation"),
        Left::BoldHeadings => (false, ["bold line", "bold lines"], "taken for headings, because the document has none"),
    }
}
