//! What one process leaves to the next of the words of pages, as bytes.
//!
//! Owns their form. It must not know where they are kept. Bytes of another program, or damaged ones, are no words.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::inverted::{Inverted, Known};
use super::list::Buffer;
use super::lists::Lists;
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
    /// The number of pages of each list, the last one, and how many bytes it takes.
    lists: Vec<(u32, u32, u32)>,
    /// Of the lines that were written: their key, their stems, and how many bytes each piece takes.
    key: Fingerprint,
    stems: Vec<u32>,
    pieces: Vec<u32>,
}

impl Words {
    /// Whether there is more to leave to the next process than nearly what another one left.
    pub fn has_news(&self) -> bool {
        self.0.values().any(|index| index.inverted.is_other_than_kept())
    }

    /// Writes what to leave to the next process: lists and lines, then what they are, and how many bytes say so.
    ///
    /// # Errors
    /// Those of `to`.
    pub fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        let mut sealing = Sealing::new(to);
        let mut heads = Vec::with_capacity(self.0.len());
        for (folder, index) in &self.0 {
            let lists = write_lists(&index.inverted, &mut sealing)?;
            index.written.pieces.iter().try_for_each(|piece| sealing.write_all(piece))?;
            heads.push(head(folder, index, lists));
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

/// Writes the lists of all words, each in one piece. Returns what a head says of them.
fn write_lists(inverted: &Inverted, sealing: &mut Sealing) -> io::Result<Vec<(u32, u32, u32)>> {
    let mut bytes = Vec::with_capacity(WRITTEN);
    let mut lists = Vec::with_capacity(inverted.vocabulary.len());
    for word in 0..inverted.vocabulary.len() as u32 {
        let list = inverted.lists.get(word);
        lists.push((list.pages, list.last, list.append_to(&mut bytes, 0) as u32));
        if bytes.len() >= WRITTEN {
            sealing.write_all(&bytes)?;
            bytes.clear();
        }
    }
    sealing.write_all(&bytes)?;
    Ok(lists)
}

fn head<'a>(folder: &'a str, index: &'a Index, lists: Vec<(u32, u32, u32)>) -> Head<'a> {
    let Index { inverted: Inverted { vocabulary, pages, .. }, written } = index;
    Head {
        folder,
        texts: vocabulary.texts(),
        lengths: vocabulary.lengths().collect(),
        words: (0..vocabulary.len() as u32).map(|word| vocabulary.word(word)).map(|word| (word.stem, word.form)).collect(),
        pages: pages.iter().map(|page| page.as_ref().map(|page| (&*page.name, page.key, page.tokens))).collect(),
        lists,
        key: written.key,
        stems: written.stems.clone(),
        pieces: written.pieces.iter().map(|piece| piece.len() as u32).collect(),
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
    let words: Option<BTreeMap<Arc<str>, Index>> =
        heads.into_iter().map(|head| Some((Arc::from(head.folder), index(head, bytes, &mut start)?))).collect();
    words.filter(|_| start == bodies).map(Words)
}

/// The index whose lists and lines stand from `start` on, which is where they end afterwards.
fn index(head: Head, bytes: &Buffer, start: &mut usize) -> Option<Index> {
    let words: Vec<Word> = head.words.into_iter().map(|(stem, form)| Word { stem, form }).collect();
    let is_whole = words.len() == head.lists.len() && head.stems.iter().all(|stem| (*stem as usize) < head.lengths.len());
    let page = |(name, key, tokens): (&str, _, _)| Known { name: name.into(), key, tokens };
    let (lists, mut end) = Lists::in_buffer(bytes, *start, &head.lists)?;
    let inverted = Inverted {
        vocabulary: Vocabulary::from_texts(head.texts, &head.lengths, words)?,
        lists,
        pages: head.pages.into_iter().map(|known| known.map(page)).collect(),
        changed: 0,
    };
    let mut piece = |length: u32| {
        let from = end;
        end = from.checked_add(length as usize)?;
        bytes.get(from..end).map(Arc::from)
    };
    let pieces = head.pieces.into_iter().map(&mut piece).collect::<Option<_>>()?;
    *start = end;
    is_whole.then_some(Index { inverted, written: Written { key: head.key, stems: head.stems, pieces } })
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
            assert!(Words::from_bytes(left[..at].to_vec()).0.is_empty(), "the first {at} bytes");
            let mut damaged = left.clone();
            damaged[at] ^= 4;
            assert!(Words::from_bytes(damaged).0.is_empty(), "byte {at}");
        }
    }
}
