//! Parts of every document: the site's name, the head, menus, the way to here.
//!
//! It must not know the text of a document.

use std::borrow::Cow;

use jiff::civil::{DateTime, Time};

use super::cards;
use super::lists::title;
use super::model::Absolute;
use super::{Common, Doc, Make, Model, Part, Place, Scope, View, What};
use crate::index::lists::Form;
use crate::index::{List, ListKind};
use crate::page::Status;
use crate::site::Site;

pub const PARTS: &[Part] = &[
    Part {
        name: "site",
        doc: "`title`, `home` (address), `description`, `publisher`, `licence`, `language`, `preview` (true in a preview), `as_it_stood` (`date` and, unless it is midnight, `time`: where `--now` shows the site of an earlier day)",
        make: Make::Language(site),
    },
    Part {
        name: "head",
        doc: "of this document: `title` (with its state in front if it is withdrawn, superseded or archived), `marking` (of the page that is shown), `part` (2 for the second page of a list), `description` (likewise), `lang`, `dir`, `kind` (`article` or `website`), `url`, `canonical`, `noindex`, `feed`, `feed_json`, `image`, `published`, `modified` (as they were written: `2026-02-03`, or with a time), `highwire` (of a briefing: tags for reference managers, as HTML)",
        make: Make::Document(head),
    },
    Part { name: "assets", doc: "addresses of the theme's files by name, as in `assets[\"site.css\"]`", make: Make::Language(assets) },
    Part {
        name: "t",
        doc: "what the theme says in the language of this document, by key: texts, and forms for `plural`",
        make: Make::Document(strings),
    },
    Part { name: "menu", doc: "the setting `menu`, else the main lists of the site: `title`, `url`", make: Make::Language(menu) },
    Part { name: "lists", doc: "all lists of the site but sections and terms: `title`, `url`", make: Make::Language(every_list) },
    Part {
        name: "breadcrumbs",
        doc: "the way from the home page to the list that this document is in: `title`, `url`",
        make: Make::Document(breadcrumbs),
    },
    Part {
        name: "translations",
        doc: "this page in other languages: `lang`, `title`, `url`, `href` (with the host, if it is known)",
        make: Make::Document(translations),
    },
    Part {
        name: "extra",
        doc: "the table `[extra]` of `site.toml`",
        make: Make::Language(|place| Model::Data(&place.site().config.extra)),
    },
];

fn site<'a>(place: &Place<'a>) -> Model<'a> {
    let site = place.site();
    let config = &site.config;
    Model::Map(vec![
        ("title", Model::text(&*config.title)),
        ("home", Model::address(site, config.prefix(place.lang))),
        ("description", Model::text(&*config.description)),
        ("publisher", Model::some(config.publisher.as_deref())),
        ("licence", Model::some(config.licence.as_deref())),
        ("language", Model::text(site.language(place.lang))),
        ("preview", Model::Bool(site.mode.preview)),
        ("as_it_stood", Model::maybe(site.mode.as_it_stood.map(stood))),
    ])
}

/// The day as of which the site is shown, and the time, unless that is its first.
fn stood<'a>(at: DateTime) -> Model<'a> {
    let time = (at.time() != Time::midnight()).then(|| at.strftime("%H:%M").to_string());
    Model::Map(vec![("date", Model::text(at.date().to_string())), ("time", Model::some(time))])
}

fn head<'a>(scope: &Scope<'a>) -> Model<'a> {
    let (site, doc) = (scope.site, scope.doc);
    let lang = scope.view.lang(doc);
    let is_article = doc.list.is_none() && doc.what == What::Page;
    let article = doc.page.filter(|_| is_article);
    let dates = article.map(|page| &site.page(page).page).filter(|page| page.kind.is_written());
    let published = dates.and_then(|page| page.date);
    let modified = dates.and_then(|page| page.updated);
    let summary = match doc.version() {
        Some(version) => Some(super::versions::summary(site, version)),
        None => doc.page.map(|page| site.summary(page)),
    };
    let description = match summary.filter(|summary| !summary.is_empty()) {
        Some(summary) => summary,
        None if doc.list().is_some_and(|list| site.index.lists[list as usize].kind == ListKind::Home) => (&*site.config.description).into(),
        None => "".into(),
    };
    let in_its_state = match stated(scope, &description) {
        Cow::Owned(text) if !description.is_empty() => Some(text),
        _ => None,
    };
    let description = in_its_state.map_or(description, Cow::Owned);
    let image = doc.page.and_then(|page| site.links.images[page as usize].as_deref());
    let [feed, feed_json] = feeds(scope.view, doc);
    Model::Map(vec![
        ("title", Model::text(stated(scope, &doc.title))),
        ("marking", Model::some(super::versions::marking(scope))),
        ("part", Model::Number(doc.number as i64)),
        ("description", Model::text(description)),
        ("lang", Model::text(lang)),
        ("dir", Model::text(direction(lang))),
        ("kind", Model::text(if is_article { "article" } else { "website" })),
        ("url", Model::address(site, &*doc.route)),
        ("canonical", Model::Absolute(site, doc.canonical(), Absolute::OrNone)),
        ("noindex", Model::Bool(is_noindex(site, doc))),
        ("feed", feed),
        ("feed_json", feed_json),
        ("image", Model::some(image.and_then(|image| site.absolute_href(image)))),
        ("published", Model::some(published.map(|moment| moment.written()))),
        ("modified", Model::some(modified.map(|moment| moment.written()))),
        ("highwire", super::highwire::tags(scope)),
    ])
}

/// A text that is shown apart from its page, by search engines and in messages: the state of a page that no longer holds comes first.
pub fn stated<'a>(scope: &Scope<'a>, text: &'a str) -> Cow<'a, str> {
    let (site, doc, strings) = (scope.site, scope.doc, scope.place.strings());
    let is_of_page = doc.what == What::Page && doc.list.is_none() || doc.version().is_some();
    let status = doc.page.filter(|_| is_of_page).map(|page| site.index.status[page as usize]);
    // Tabs and messages tell an earlier text from the one that holds by its day.
    let text = match doc.what {
        What::Version { version, .. } => {
            let day = strings.date(&site.versions[version as usize].name.day.to_string());
            strings.filled("stated", &[("state", &strings.filled("version_of", &[("date", &day)])), ("text", text)]).into()
        }
        _ => Cow::Borrowed(text),
    };
    let key = match status {
        Some(Status::Superseded) => "status_superseded",
        Some(Status::Withdrawn) => "status_withdrawn",
        Some(Status::Archived) => "status_archived",
        _ => return text,
    };
    strings.filled("stated", &[("state", strings.text(key)), ("text", &text)]).into()
}

/// True for documents that search engines should not list.
pub fn is_noindex(site: &Site, doc: &Doc) -> bool {
    let says_so = doc.page.is_some_and(|page| site.page(page).front().noindex == Some(true));
    let is_found = doc.list().is_none_or(|list| site.index.lists[list as usize].is_found());
    says_so || !is_found || doc.number > 1 || !matches!(doc.what, What::Page | What::List)
}

/// The feeds of the list that is shown, else those of the site in this language.
fn feeds<'a>(view: &'a View, doc: &Doc) -> [Model<'a>; 2] {
    let site = &*view.site;
    if site.config.base_url.is_none() {
        return [Model::None, Model::None];
    }
    let own = doc.list().map(|list| &site.index.lists[list as usize]).filter(|list| list.has_feed(&site.facts));
    let list = own.or_else(|| view.list(doc.lang, &ListKind::Home));
    Form::ALL.map(|form| list.map_or(Model::None, |list| Model::address(site, list.feed(form))))
}

/// Scripts that run from right to left, by language (Unicode CLDR, `characterOrder`).
fn direction(lang: &str) -> &'static str {
    let code = lang.split('-').next().unwrap_or(lang);
    if ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"].contains(&code) { "rtl" } else { "ltr" }
}

fn assets<'a>(place: &Place<'a>) -> Model<'a> {
    let site = place.site();
    let address = |asset: &'a crate::theme::Asset| (asset.name.as_str().into(), Model::address(site, format!("/{}", asset.path)));
    Model::Names(site.theme.assets.iter().map(address).collect())
}

fn strings<'a>(scope: &Scope<'a>) -> Model<'a> {
    Model::Strings(scope.place.strings())
}

fn link_to<'a>(site: &'a Site, list: &'a List) -> Model<'a> {
    Model::Map(vec![("title", Model::text(title(site, list))), ("url", Model::address(site, &*list.route))])
}

/// The lists of a language that satisfy `place`, in the order of the places it gives.
fn links<'a>(site: &'a Site, lang: u8, place: impl Fn(&ListKind) -> Option<u8>) -> Model<'a> {
    let mut found: Vec<(u8, &List)> =
        site.index.lists.iter().filter(|list| list.lang == lang).filter_map(|list| Some((place(&list.kind)?, list))).collect();
    found.sort_by_key(|(place, _)| *place);
    Model::list(found.into_iter().map(|(_, list)| link_to(site, list)))
}

fn menu<'a>(place: &Place<'a>) -> Model<'a> {
    if let Some(own) = super::settings::menu(place.site(), place.lang) {
        return Model::List(own);
    }
    let is_deep = |kind: &ListKind| matches!(kind, ListKind::Section(folder) if folder.contains('/'));
    links(place.site(), place.lang, |kind| kind.row().menu.filter(|_| !is_deep(kind)))
}

fn every_list<'a>(place: &Place<'a>) -> Model<'a> {
    links(place.site(), place.lang, |kind| kind.row().place)
}

fn breadcrumbs<'a>(scope: &Scope<'a>) -> Model<'a> {
    let (site, doc) = (scope.site, scope.doc);
    let mut above: Vec<ListKind> = Vec::new();
    match (doc.list.map(|list| &site.index.lists[list as usize].kind), doc.page) {
        (Some(ListKind::Home), _) => return Model::List(Vec::new()),
        (Some(ListKind::Section(folder)), _) => above.extend(folders(folder).skip(1)),
        (Some(ListKind::Term(taxonomy, _)), _) => above.push(ListKind::Taxonomy(*taxonomy)),
        (Some(ListKind::Year(_)), _) => above.push(ListKind::Archive),
        (Some(ListKind::Source(_)), _) => above.push(ListKind::Sources),
        (None, Some(page)) => {
            let fact = site.page(page);
            if fact.page.kind.is_entity() {
                above.push(ListKind::Entities(fact.page.kind));
            } else if let Some(section) = scope.view.place_of_list(doc.lang, &ListKind::Section(fact.page.origin.section().into())) {
                return Model::Common(scope.place, Common::Way(section));
            } else {
                above.extend(folders(fact.page.origin.section()));
            }
        }
        _ => {}
    }
    down(scope.view, doc.lang, above)
}

/// The way to a section and into it.
pub fn way<'a>(view: &'a View, section: &List) -> Model<'a> {
    let above = match &section.kind {
        ListKind::Section(folder) => folders(folder).collect(),
        _ => Vec::new(),
    };
    down(view, section.lang, above)
}

/// The way from the home page down to the first of `above`, each of which is in the next.
fn down(view: &View, lang: u8, above: Vec<ListKind>) -> Model<'_> {
    let lists = above.into_iter().rev().filter_map(|kind| view.list(lang, &kind));
    let site = &*view.site;
    let home = view.list(lang, &ListKind::Home).map(|list| home(site, list));
    Model::list(home.into_iter().chain(lists.map(|list| link_to(site, list))))
}

/// The home page is called by the site's name, whatever its own title is.
fn home<'a>(site: &'a Site, list: &'a List) -> Model<'a> {
    let name = if site.config.title.is_empty() { title(site, list) } else { &*site.config.title };
    Model::Map(vec![("title", Model::text(name)), ("url", Model::address(site, &*list.route))])
}

/// A folder and those above it, the innermost first.
fn folders(folder: &str) -> impl Iterator<Item = ListKind> {
    std::iter::successors(Some(folder).filter(|folder| !folder.is_empty()), |folder| folder.rsplit_once('/').map(|(above, _)| above))
        .map(|folder| ListKind::Section(folder.into()))
}

fn translations<'a>(scope: &Scope<'a>) -> Model<'a> {
    let site = scope.site;
    let Some(page) = scope.doc.page.filter(|_| scope.doc.number <= 1 && matches!(scope.doc.what, What::Page | What::List)) else {
        return Model::List(Vec::new());
    };
    let others = site.index.translations[page as usize].iter().filter(|other| **other != page);
    Model::list(others.map(|other| {
        let fact = site.page(*other);
        Model::Map(vec![
            ("lang", Model::text(site.language(fact.lang()))),
            ("title", Model::text(&*fact.title)),
            ("href", Model::Absolute(site, fact.route(), Absolute::OrHref)),
            ("url", Model::address(site, &**fact.route())),
        ])
    }))
}

/// A page's title and address, or nothing.
pub fn link_or_none(site: &Site, page: Option<crate::index::PageId>) -> Model<'_> {
    page.map_or(Model::None, |page| cards::link(site, page))
}
