//! Titles with their subtitles, and what a work is called for short.

use super::super::super::pieces::Builder;
use super::Making;
use crate::references::Inline;
use crate::references::inline::plain;

impl<'e> Making<'e, '_, '_> {
    /// A title with its subtitle and what is added to it.
    fn whole(&mut self, title: &'e str, subtitle: &'e str, addon: &'e str) -> Option<(Vec<Inline>, Option<Vec<Inline>>)> {
        let title = self.field(title)?;
        let main = self.pieces(title);
        let mut whole = Builder::default();
        whole.pieces(main.clone());
        let subtitle = self.field(subtitle).map(|value| self.pieces(value));
        if let Some(subtitle) = &subtitle {
            whole.text(if ends_sentence(&main) { " " } else { ": " });
            whole.pieces(subtitle.clone());
        }
        if let Some(addon) = self.field(addon).map(|value| self.pieces(value)) {
            whole.text(if ends_sentence(subtitle.as_ref().unwrap_or(&main)) { " " } else { ". " });
            whole.pieces(addon);
        }
        Some((whole.finish(), subtitle.map(|_| main)))
    }

    pub fn titles(&mut self) {
        let own = self.whole("title", "subtitle", "titleaddon");
        let of_all = self.whole("maintitle", "mainsubtitle", "maintitleaddon");
        let journal = ["journaltitle", "journal"].into_iter().find_map(|name| self.whole(name, "journalsubtitle", "journaltitleaddon"));
        let book = self.whole("booktitle", "booksubtitle", "booktitleaddon").or(journal);
        let issue = self.whole("issuetitle", "issuesubtitle", "issuetitleaddon");
        let is_part = book.is_some();
        // A work in several volumes has its name before that of the volume.
        let joined = |all: Option<(Vec<Inline>, _)>, volume: Option<(Vec<Inline>, Option<Vec<Inline>>)>| match (all, volume) {
            (Some((all, _)), Some((volume, short))) => {
                let mut whole = Builder::default();
                whole.pieces(all.clone());
                whole.text(if ends_sentence(&all) { " " } else { ": " });
                whole.pieces(volume.clone());
                Some((whole.finish(), short.or(Some(volume))))
            }
            (all, volume) => volume.or(all.map(|(all, _)| (all, None))),
        };
        let (own, book) = if is_part { (own, joined(of_all, book)) } else { (joined(of_all, own), book) };
        if let Some(short) = self.field("shorttitle").map(|value| self.pieces(value)) {
            self.set("title-short", short);
        }
        if let Some((title, short)) = own {
            self.set("title-short", short.or_else(|| before_colon(&title)).unwrap_or_default());
            self.set("title", title);
        }
        if let Some((title, _)) = book {
            self.set("container-title", title);
        }
        if let Some((title, _)) = issue {
            self.set("volume-title", title);
        }
    }
}

/// What stands before the first colon of a title, which notes call a work by after the first of them.
pub fn before_colon(title: &[Inline]) -> Option<Vec<Inline>> {
    let is_colon = |piece: &Inline| match piece {
        Inline::Text(text) => text.find(": ").map(|at| text[..at].trim_end().to_string()),
        _ => None,
    };
    let (at, before) = title.iter().enumerate().find_map(|(at, piece)| Some((at, is_colon(piece)?)))?;
    let mut short = title[..at].to_vec();
    short.extend((!before.is_empty()).then(|| Inline::text(before)));
    (!short.is_empty()).then_some(short)
}

/// Whether nothing has to stand between a title and what follows it.
pub fn ends_sentence(pieces: &[Inline]) -> bool {
    plain(pieces).ends_with(['?', '!', '.', ':', '…'])
}
