//! What one process leaves to the next of the words of pages, as bytes.
//!
//! Owns their form. It must not know where they are kept. Bytes of another program, or damaged ones, are no words.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::facets::Facets;
use super::inverted::{Inverted, Known};
use super::list::Buffer;
use super::lists::Lists;
use super::pieces::File;
use super::vocabulary::{Vocabulary, Word};
use super::written::Written;
use super::{Index, Words};
use crate::fingerprint::{Fingerprint, PROGRAM, Sealing, unseal};

/// What stands behind the bytes of the lists of all indexes, for each of them.
#[derive(Serialize, Deserialize)]
struct Head<'a> {
    folder: &'a str,
    texts: &'a str,
    /// How long each text is.
    lengths: Vec<u32>,
    /// By the numbers of their stem and form.
    words: Vec<(u32, u32)>,
    /// Name, key and number of tokens.
    pages: Vec<Option<(&'a str, Fingerprint, u32)>>,
    /// The number of pages of each list, and of the parts that it is in.
    lists: Pairs,
    /// The last page of each part, and how many bytes it takes.
    parts: Pairs,
    /// Of what the lines of words depend on besides their lists.
    key: Fingerprint,
    /// How many bytes each piece of words, of forms and of endings takes, and their print.
    pieces: [Vec<(u32, Fingerprint)>; 3],
    /// The key of the facets, their lines with their keys, the values that are offered, and the table.
    facets: (Fingerprint, Filters<'a>, &'a [u8], &'a [u8]),
}

/// Two numbers for each of many.
type Pairs = Vec<(u32, u32)>;
/// The lines of filters with their keys.
type Filters<'a> = Vec<(&'a str, &'a [u8])>;

impl Words {
    /// Whether there is more to leave to the next process than nearly what another one left.
    pub fn has_news(&self) -> bool {
        self.indexes.values().any(|index| index.inverted.is_other_than_kept())
    }

    /// Writes what to leave to the next process: lists and lines, then what they are, and how many bytes say so.
    ///
    /// # Errors
    /// Those of `to`.
    pub fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        let mut sealing = Sealing::new(to);
        let mut heads = Vec::with_capacity(self.indexes.len());
        for (folder, index) in &self.indexes {
            let (lists, parts) = write_lists(&index.inverted, &mut sealing)?;
            index.written.all().into_iter().flatten().try_for_each(|file| sealing.write_all(&file.bytes))?;
            heads.push(Head { lists, parts, ..head(folder, index) });
        }
        let head = postcard::to_allocvec(&(PROGRAM, heads)).unwrap_or_default();
        sealing.write_all(&head)?;
        sealing.write_all(&(head.len() as u64).to_le_bytes())?;
        sealing.end()
    }

    /// What `write` made these bytes of; nothing is remembered if they are none. They stay, and nothing is copied of them that is only read.
    pub fn from_bytes(bytes: Vec<u8>) -> Words {
        open(&Arc::new(bytes)).unwrap_or_default()
    }
}

/// So many bytes of lists are written at a time.
const WRITTEN: usize = 1 << 18;

/// Writes the lists of all words, in the parts that they are in: in one of few pages a page is found soon. Returns what a head says of them.
fn write_lists(inverted: &Inverted, sealing: &mut Sealing) -> io::Result<(Pairs, Pairs)> {
    let mut bytes = Vec::with_capacity(WRITTEN);
    let (mut lists, mut parts) = (Vec::with_capacity(inverted.vocabulary.len()), Vec::new());
    for word in 0..inverted.vocabulary.len() as u32 {
        let list = inverted.lists.get(word);
        let before = parts.len();
        for (part, last) in list.pieces() {
            parts.push((last, part.len() as u32));
            bytes.extend_from_slice(part);
        }
        lists.push((list.pages, (parts.len() - before) as u32));
        if bytes.len() >= WRITTEN {
            sealing.write_all(&bytes)?;
            bytes.clear();
        }
    }
    sealing.write_all(&bytes)?;
    Ok((lists, parts))
}

/// What is said of an index, but for its lists.
fn head<'a>(folder: &'a str, index: &'a Index) -> Head<'a> {
    let Index { inverted: Inverted { vocabulary, pages, .. }, written } = index;
    let facets = &written.facets;
    let filters = facets.filters.iter().map(|(key, text)| (&**key, &**text)).collect();
    Head {
        folder,
        texts: vocabulary.texts(),
        lengths: vocabulary.lengths().collect(),
        words: (0..vocabulary.len() as u32).map(|word| vocabulary.word(word)).map(|word| (word.stem, word.form)).collect(),
        pages: pages.iter().map(|page| page.as_ref().map(|page| (&*page.name, page.key, page.tokens))).collect(),
        lists: Vec::new(),
        parts: Vec::new(),
        key: written.key,
        pieces: written.all().map(|files| files.iter().map(|file| (file.bytes.len() as u32, file.print)).collect()),
        facets: (facets.key, filters, &facets.offered, &facets.table),
    }
}

fn open(bytes: &Buffer) -> Option<Words> {
    let (inside, length) = unseal(bytes)?.split_last_chunk()?;
    let bodies = inside.len().checked_sub(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    let (program, heads): (&str, Vec<Head>) = postcard::from_bytes(&inside[bodies..]).ok()?;
    if program != PROGRAM {
        return None;
    }
    let mut start = 0;
    let indexes: Option<BTreeMap<Arc<str>, Index>> =
        heads.into_iter().map(|head| Some((Arc::from(head.folder), index(head, bytes, &mut start)?))).collect();
    indexes.filter(|_| start == bodies).map(|indexes| Words { indexes, ..Words::default() })
}

/// The index whose lists and lines stand from `start` on, which is where they end afterwards.
fn index(head: Head, bytes: &Buffer, start: &mut usize) -> Option<Index> {
    let words: Vec<Word> = head.words.into_iter().map(|(stem, form)| Word { stem, form }).collect();
    let is_whole = words.len() == head.lists.len();
    let page = |(name, key, tokens): (&str, _, _)| Known { name: name.into(), key, tokens };
    let (lists, mut end) = Lists::in_buffer(bytes, *start, &head.lists, &head.parts)?;
    let inverted = Inverted {
        vocabulary: Vocabulary::from_texts(head.texts, &head.lengths, words)?,
        lists,
        pages: head.pages.into_iter().map(|known| known.map(page)).collect(),
        changed: 0,
    };
    let folder = head.folder.trim_start_matches('/');
    let mut piece = |(length, print): (u32, Fingerprint)| {
        let from = end;
        end = from.checked_add(length as usize)?;
        bytes.get(from..end).map(|bytes| File::new(folder, bytes.into(), print))
    };
    let mut files = |pieces: Vec<(u32, Fingerprint)>| pieces.into_iter().map(&mut piece).collect::<Option<Vec<File>>>();
    let [words, forms, endings] = head.pieces;
    let (words, forms, endings) = (files(words)?, files(forms)?, files(endings)?);
    *start = end;
    let (key, filters, offered, table) = head.facets;
    let filters = filters.into_iter().map(|(key, text)| (key.to_string(), text.to_vec())).collect();
    let facets = Arc::new(Facets { key, filters, offered: offered.into(), table: table.into() });
    is_whole.then_some(Index { inverted, written: Written { key: head.key, words, forms, endings, facets } })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::pipeline::{self, BuildOptions, Cache};
    use crate::site::Site;
    use crate::sources::Sources;

    fn site(text: &str) -> Arc<Site> {
        let page = format!("---\ntitle: One\n---\n\n{text}\n");
        let files =
            [("content/a.md", page.as_str()), ("content/b.md", "---\ntitle: Two\n---\n"), ("content/b.fr.md", "---\ntitle: Deux\n---\n")];
        let sources = Sources::in_memory(Timestamp::UNIX_EPOCH, "languages = [\"fr\"]\n", &files);
        pipeline::plan(&sources, &mut Cache::default(), &BuildOptions::default()).site
    }

    fn words(site: &Site) -> Words {
        let mut words = Words::default();
        words.files(site);
        words
    }

    /// What is left to the next process; nothing, if that is nearly what another one left.
    fn bytes(words: &Words) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        words.has_news().then(|| words.write(&mut bytes).expect("written")).map(|()| bytes)
    }

    #[test]
    fn what_was_kept_is_what_another_process_would_have_read() {
        let (before, after) = (site("It governs."), site("It is governed."));
        let left = bytes(&words(&before)).expect("words");
        let mut recalled = Words::from_bytes(left.clone());
        assert_eq!(bytes(&recalled), None, "it is what was kept");
        assert_eq!(recalled.files(&after), Words::default().files(&after));
        assert!(bytes(&recalled).is_some());
        let mut recalled = Words::from_bytes(left.clone());
        assert_eq!(recalled.files(&before), Words::default().files(&before));
        assert_eq!(bytes(&recalled), None, "nothing has changed");
    }

    #[test]
    fn bytes_that_are_no_words_are_nothing() {
        let left = bytes(&words(&site("It governs."))).expect("words");
        for at in 0..left.len() {
            assert!(Words::from_bytes(left[..at].to_vec()).indexes.is_empty(), "the first {at} bytes");
            let mut damaged = left.clone();
            damaged[at] ^= 4;
            assert!(Words::from_bytes(damaged).indexes.is_empty(), "byte {at}");
        }
    }
}
