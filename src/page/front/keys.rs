//! The table of keys: everything that a page can say of itself, one block a key.
//!
//! A block is the words of the manual, the name, the names that are also accepted (the first that a page has holds), the field of [`Front`] that it
//! fills, the kind of its value, whose pages may use it, and what holds without it. [`Front`], its fingerprint and defaults, the names that are
//! near a wrong one, and the tables of `docs/front-matter.md` are made of it. It must not know how values are read.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use serde::{Deserialize, Serialize};
use tera::{Map, Value};

use super::defaults::{join, or_each, or_elsewhere};
use super::kinds::*;
use super::print::{Once, print_value};
use super::said::Said;
use super::table::{Row, Who, keys};
use crate::diagnostic::Diagnostic;

keys! {
    "What a page is" {
        /// The title. Without it, the first heading of the text is the title and leaves the text, if it stands at the head of the text or begins
        /// with one `#`. Without that, the name of the file, with a warning.
        Title = "title" -> title: Prose;
        /// One or two sentences for lists, feeds and search engines. Without it, the text before `<!-- more -->`, else the first paragraph, at most
        /// 300 characters. Plain text, not Markdown.
        Summary = "summary" or "description" or "abstract" or "deck" or "excerpt" -> summary: Prose;
        /// A stable number such as `PB-2026-004`. It survives a new title and is never used again, in capital letters or small. `[[PB-2026-004]]`
        /// links to the page.
        Id = "id" or "number" => id: Number;
        /// What sort of text it is: `briefing`, `at-a-glance`, `study`, `commentary`, `factsheet`, `timeline`, or a word of your own.
        Type = "type" -> type_: Word, else "briefing";
        /// What the page is about. See [below](#kinds).
        Kind = "kind" => kind: Text;
        /// A list of lines, each Markdown, shown in a box above the text.
        KeyPoints = "key_points" -> key_points: Proses;
        /// The same for recommendations.
        Recommendations = "recommendations" => recommendations: Proses;
        /// Sources that the list has although the text cites them nowhere: `"@smith2024, @doe2025"`, or `"@*"` for all. See [citing](citing.md).
        Nocite = "nocite" => nocite: Texts;
        /// A picture for those who share the page: a file beside the page, in `content/` or in `static/`, or a whole address such as
        /// `https://cdn.example.net/x.png`, which is given as it is.
        Image = "image" => image: Text;
        /// The language of the text, if it is not that of the site: `fr`, `pt-BR`.
        Lang = "lang" => lang: Language;
        /// The licence of this page, if it is not that of the site.
        Licence = "licence" => licence: Prose;
        /// A DOI, without `https://doi.org/`.
        Doi = "doi" => doi: Text;
    }
    "When it holds" {
        /// The date of publication. In the future, the page is scheduled. Without it, the date at the head of the file's name
        /// (`2024-05-01-name.md`).
        Date = "date" or "published" or "pubDate" -> date: Beginning;
        /// The last significant change. Without it, the last entry of `changes` that is `major`.
        Updated = "updated" or "lastmod" or "last_modified_at" or "modified" -> updated: Day;
        /// The date on which its statements held. Without it `updated`, else `date`.
        AsOf = "as_of" => as_of: Day;
        /// When somebody last looked whether it is still right.
        LastReviewedOn = "last_reviewed_on" => last_reviewed_on: Day;
        /// When to look again: `6 months`, `1 year`.
        ReviewIn = "review_in" => review_in: Span;
        /// The last day to look again, in place of one that is counted. See [states](states.md#review-dates).
        ReviewBy = "review_by" => review_by: Day;
        /// Who keeps the page up to date.
        Owner = "owner" or "owner_slack" => owner: Prose;
        /// What was changed: a list of `{date, note, kind}`; the note is plain text. See [states](states.md#corrections-and-updates).
        Changes = "changes" => changes: Changes;
    }
    "Whether it is public" {
        /// `draft`, `review`, `published`, `superseded`, `withdrawn` or `archived`.
        Status = "status": State, else "published";
        /// `true` is the same as `status: draft`. If both are there, the more hidden one holds.
        Draft = "draft": Draft;
        /// `false` means draft, as `publish: false` does; `true` means nothing. With a date, it is another name of `date`.
        Published = "published": Published;
        /// Not public before this instant. `false` says that there is none.
        PublishAt = "publish_at" or "embargo" or "publishDate" => publish_at: Opening;
        /// Not public from this instant on.
        Expires = "expires" or "expiryDate" or "expirydate" => expires: End;
        /// The page or pages whose place this one takes: ids, paths or slugs.
        Supersedes = "supersedes" => supersedes: Texts;
        /// The page that takes the place of this one. One side is enough.
        SupersededBy = "superseded_by" => superseded_by: Texts;
        /// The page or pages that this one changes in part. Both stay current. See [states](states.md#when-a-page-changes-part-of-another).
        Amends = "amends" => amends: Texts;
        /// The pages that change part of this one. One side is enough.
        AmendedBy = "amended_by" => amended_by: Texts;
        /// `{date, reason}`; the reason is plain text. Implies the status.
        Withdrawn = "withdrawn" => withdrawn: Withdrawal;
        /// Who may read it, in a word of the site's [markings](markings.md). The page goes only to targets that have this marking, and none of another
        /// word goes anywhere.
        Marking = "marking" or "classification" => marking: Marked;
        /// `true` asks search engines not to list the page. It stays public.
        Noindex = "noindex" => noindex: Truth;
    }
    "Where it is listed" {
        /// What it is about.
        Topics = "topics": Terms<TOPICS>;
        /// Keywords.
        Tags = "tags": Terms<TAGS>;
        /// Who wrote it.
        Authors = "authors" or "author": Terms<AUTHORS>;
        /// The series that it is a part of.
        Series = "series": Terms<SERIES>;
        /// Its place in a series: a whole number, small ones first.
        Weight = "weight" or "order" => weight: Whole;
        /// Zola's map: `topics`, `tags`, `authors` and `series` may stand in it.
        Taxonomies = "taxonomies": Taxonomies;
    }
    "Where it lives" {
        /// The end of its address, as it is written: `budget`, or `2026/budget`. Without it, it is made from the file's name.
        Slug = "slug" => slug: Slug;
        /// The whole address: `/guidance/sanctions/`, or `/old.html`. `permalink: false` hides the page.
        Path = "path" or "permalink" or "url" => path: Path;
        /// What has a slash is an old address, which leads to the new one. What has none is a name, by which [wikilinks](links.md#by-name) find the
        /// page. See [below](#old-addresses-and-names).
        Aliases = "aliases" or "redirect_from" => aliases: Aliases;
    }
    "How it looks" {
        /// The [template](themes.md) that shows it: `study` or `study.html`. One that is not there is an error.
        Template = "template" => template: Text;
        /// The same in other tools. One that is not there is ignored, with one note a site.
        Layout = "layout" => layout: Text;
        /// `false` leaves out the table of contents.
        Toc = "toc" => toc: Truth;
        /// A map of your own, for templates.
        Extra = "extra": Free;
        Params = "params": Free;
    }
    "What is not told of it" {
        /// Warnings that do not hold for this page: a map from the code of each to the reason, such as
        /// `{uncited-figure: "all figures are from the table"}`. See [lints](diagnostics.md#warnings-that-do-not-hold).
        Lints = "lints" => lints: Silences;
    }
    "Topics, people, organisations, places" {
        /// Pages of topics: other names of the topic. Pages may use any of them.
        Synonyms = "synonyms" => synonyms: Proses;
        /// the topic or topics that hold this one.
        Broader = "broader" => broader: Names, of Terms;
        /// topics to see also.
        Related = "related" => related: Names, of Terms;
        /// what to read first, as ids, paths or slugs.
        Featured = "featured" => featured: Names, of Terms;
        /// Other names by which texts call this person, organisation or place.
        Names = "names" => names: Proses;
        /// Addresses of the same thing elsewhere: Wikidata, ORCID.
        SameAs = "same_as" => same_as: Texts;
        /// Offices held: a list of `{office, of, from, to, source}`.
        Offices = "offices" => offices: Offices;
    }
    "Defaults for a folder" {
        /// front matter for all pages below, if they do not say otherwise.
        Cascade = "cascade" => cascade: Cascade, of Sections;
    }
}
