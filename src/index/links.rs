//! Where links lead: one look-up a link, or a few for spellings that are rare.
//!
//! Owns `Resolver`. It must not know how a link is shown.

use std::iter;
use std::sync::Arc;

use rayon::prelude::*;

use super::addresses::{Addresses, Target};
use super::advice::Advice;
use super::names::{self, Answer, Names};
use super::{Columns, PageId, Problem, Terms, anchors, hidden_name};
use crate::diagnostic::nearest;
use crate::page::body::{Link, LinkTarget};
use crate::page::facts::PageMeta;
use crate::page::route::{begins_with, climb, encode, encode_query};
use crate::page::{Facts, Taxonomy, route};
use crate::sources::stem;

/// Where one link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// An address from the root of the site, percent-encoded, with query and anchor; and the page that lives there.
    To { href: Arc<str>, page: Option<PageId> },
    /// Nowhere: it is rendered as its words; `silent` if not even those may be shown.
    Nowhere { silent: bool },
    /// Nowhere, for the page has no such place: the title of the page takes the place of the words that a wikilink does not have.
    Titled { page: PageId },
    /// `links.skip` leaves it as it is written.
    AsWritten { href: Arc<str> },
}

/// Why a link leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// Nothing is there.
    Missing {
        /// Where it was looked for: files begin with `content/`, addresses with `/`; of a wikilink its name.
        places: Vec<String>,
        /// What is near.
        candidates: Vec<Arc<str>>,
    },
    /// The page has no such place; the nearest ones it has.
    Anchor {
        page: PageId,
        anchor: String,
        candidates: Vec<String>,
    },
    Ambiguous {
        candidates: Vec<Arc<str>>,
    },
    /// It climbs out of `content/`.
    Outside,
    /// It is an image, and what is there is a page or a list.
    Page,
    /// A feed or the sitemap of a site that does not know where it lives.
    Unwritten,
}

/// All that a link can be looked up in.
pub struct Resolver<'a> {
    pub columns: &'a Columns<'a>,
    pub names: &'a Names<'a>,
    pub addresses: &'a Addresses,
    pub terms: &'a Terms,
}

/// The outcome for one link before problems are collected, and before candidates are looked for.
type Outcome = Result<Resolved, Broken>;

impl Resolver<'_> {
    /// All links of all pages, in parallel; problems in the order of pages.
    pub fn all(&self, problems: &mut Vec<Problem>) -> Vec<Vec<Resolved>> {
        let facts = self.columns.facts;
        let outcomes: Vec<Vec<Outcome>> =
            facts.par_iter().map(|fact| fact.links.iter().map(|link| self.link(fact, link)).collect()).collect();
        let mut advice = Advice::new(self.columns, self.names);
        let mut settle = |page: usize, at: usize, outcome: Outcome| {
            outcome.unwrap_or_else(|mut broken| {
                let link = &facts[page].links[at];
                let silent = self.is_silent(link, &broken);
                if let Broken::Missing { candidates, .. } = &mut broken {
                    *candidates = advice.on(link);
                }
                let resolved = match (&broken, &link.target) {
                    (Broken::Anchor { page, .. }, LinkTarget::Wiki { has_words: false, .. }) => Resolved::Titled { page: *page },
                    _ => Resolved::Nowhere { silent },
                };
                problems.push(Problem::Link { page: page as PageId, link: at as u32, broken });
                resolved
            })
        };
        let of_page = |(page, outcomes): (usize, Vec<Outcome>)| {
            outcomes.into_iter().enumerate().map(|(at, outcome)| settle(page, at, outcome)).collect()
        };
        outcomes.into_iter().enumerate().map(of_page).collect()
    }

    /// A broken wikilink shows its name only if no page answers to it, be it public or hidden.
    fn is_silent(&self, link: &Link, broken: &Broken) -> bool {
        let LinkTarget::Wiki { name, .. } = &link.target else { return false };
        let bare = names::bare(name);
        let rest = names::of_kind(bare).map_or(bare, |(_, rest)| rest);
        !matches!(broken, Broken::Missing { .. }) || [bare, rest].iter().any(|name| self.columns.hidden_names.contains(&hidden_name(name)))
    }

    fn link(&self, fact: &Facts, link: &Link) -> Outcome {
        match &link.target {
            LinkTarget::Wiki { name, anchor, .. } => self.wiki(fact, name, anchor.as_deref()),
            LinkTarget::Destination { path, anchor, query } => {
                if self.columns.config.links.skip.iter().any(|skip| begins_with(path, skip)) {
                    let href = join(&encode(path), query.as_deref(), anchor.as_deref());
                    return Ok(Resolved::AsWritten { href });
                }
                let (route, target) = self.destination(fact, path)?;
                let is_page = matches!(target, Target::Page(_)) || target == Target::Other && route.ends_with('/');
                if link.alt.is_some() && is_page {
                    return Err(Broken::Page);
                }
                let (query, anchor) = (query.as_deref(), anchor.as_deref());
                self.to(Place { route, target, query, anchor, is_in_words: false, is_here: path.is_empty() })
            }
        }
    }

    fn wiki(&self, fact: &Facts, name: &str, anchor: Option<&str>) -> Outcome {
        if name.is_empty() {
            let page = self.columns.facts.binary_search_by(|other| other.path().cmp(fact.path())).unwrap_or_default() as PageId;
            return self.to(Place { anchor, is_in_words: true, is_here: true, ..Place::page(page) });
        }
        let to = |page: PageId| self.to(Place { anchor, is_in_words: true, ..Place::page(page) });
        match self.names.find(name, fact.lang()) {
            Answer::One(page) => to(page),
            Answer::Many(pages) => {
                Err(Broken::Ambiguous { candidates: pages.iter().map(|page| self.columns.facts[*page as usize].path().clone()).collect() })
            }
            Answer::None => match self.term(name, fact.lang()) {
                Some((Some(page), _)) => to(page),
                Some((None, route)) => self.to(Place { route, target: Target::Other, anchor, ..Place::page(0) }),
                None => Err(Broken::Missing { places: vec![name.to_string()], candidates: Vec::new() }),
            },
        }
    }

    /// Page and address of the term that a name means: `topic:x` one of topics, `x` one of the first taxonomy that has it.
    fn term(&self, name: &str, lang: u8) -> Option<(Option<PageId>, Arc<str>)> {
        let (of_kind, name) = names::of_kind(name).map_or((None, name), |(kind, rest)| (Some(kind), rest));
        let taxonomies = Taxonomy::all().filter(|taxonomy| of_kind.is_none_or(|kind| taxonomy.kind() == kind));
        let terms = taxonomies.filter_map(|taxonomy| self.terms.find(taxonomy, lang, name));
        let term = terms.map(|term| &self.terms.all[term as usize]).find(|term| term.has_page())?;
        Some((term.page, term.route.clone()))
    }

    fn to(&self, place: Place) -> Outcome {
        let Place { route, target, query, anchor, is_in_words, is_here } = place;
        let page = match target {
            Target::Page(page) => page,
            Target::Other => return Ok(Resolved::To { href: join(&encode(&route), query, anchor), page: None }),
            Target::Unwritten => return Err(Broken::Unwritten),
        };
        let fact = &self.columns.facts[page as usize];
        let anchor = match anchor {
            Some(anchor) if !anchor.is_empty() && anchor != "top" => {
                let found = anchors::find(fact, anchor).or_else(|| anchors::by_words(fact, anchor).filter(|_| is_in_words));
                Some(found.ok_or_else(|| missing(page, fact, anchor))?)
            }
            other => other,
        };
        let route = if is_here { "" } else { &**fact.route() };
        Ok(Resolved::To { href: join(&encode(route), query, anchor), page: Some(page) })
    }

    /// What a destination means, read from the file that it stands in.
    fn destination(&self, fact: &Facts, path: &str) -> Result<(Arc<str>, Target), Broken> {
        if path.is_empty() {
            let own = fact.path();
            let page = self.columns.facts.binary_search_by(|other| other.path().cmp(own)).unwrap_or_default() as PageId;
            return Ok((Arc::from(""), Target::Page(page)));
        }
        let found = self.places(fact, path).find_map(|place| match place.starts_with('/') {
            true => self.addresses.route(&place),
            false => self.file(&place, fact),
        });
        found.ok_or_else(|| {
            let places: Vec<String> = self.places(fact, path).collect();
            if places.iter().any(|place| place.starts_with("content")) {
                Broken::Missing { places, candidates: Vec::new() }
            } else {
                Broken::Outside
            }
        })
    }

    /// Where a destination may lead, the likeliest first: files begin with `content/`, addresses with `/`. Each is made only when those before
    /// it have failed.
    fn places<'p>(&'p self, fact: &'p Facts, path: &'p str) -> Box<dyn Iterator<Item = String> + 'p> {
        if let Some(inside) = path.strip_prefix("@/") {
            return Box::new(iter::once(format!("content/{inside}")));
        }
        if let Some(inside) = path.strip_prefix('/') {
            let base = self.columns.config.base_url.as_ref().map_or("/", |base| base.path.as_str());
            let below_base = move || path.strip_prefix(base).filter(|_| base != "/").map(|rest| format!("/{rest}"));
            let further = iter::once_with(below_base).flatten().chain(iter::once_with(move || format!("content/{inside}")));
            return Box::new(iter::once(path.to_string()).chain(further));
        }
        let folder = fact.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        let file = climb(folder, path).map(|file| file.trim_end_matches('/').to_string());
        let file = file.filter(|file| file == "content" || file.starts_with("content/"));
        let address = move || climb(folder_of(&fact.page), path);
        let readings = file.clone().map(|file| iter::once_with(move || self.readings(fact, &file)).flatten());
        Box::new(file.into_iter().chain(iter::once_with(address).flatten()).chain(readings.into_iter().flatten()))
    }

    /// `[x](other)` and `[x](../folder/)` are meant as files, or as folders, by those who come from wikis.
    fn readings(&self, fact: &Facts, file: &str) -> [String; 4] {
        let folder = file.trim_start_matches("content").trim_start_matches('/');
        let slugs = folder.split('/').filter(|part| !part.is_empty()).map(|part| format!("{}/", route::slugify(part)));
        let address = format!("{}{}", self.columns.config.prefix(fact.lang()), slugs.collect::<String>());
        [format!("{file}.md"), format!("{file}/index.md"), format!("{file}/_index.md"), address]
    }

    /// The page or file at a path of the project, in the reader's language if the page is there in it.
    fn file(&self, path: &str, fact: &Facts) -> Option<(Arc<str>, Target)> {
        if fact.lang() > 0
            && let Some(stem) = stem(path)
        {
            let code = &self.columns.config.languages[fact.lang() as usize - 1];
            if let Some(page) = self.names.path(&format!("{stem}.{code}.md")) {
                return Some((Arc::from(""), Target::Page(page)));
            }
        }
        let page = self.names.path(path).map(|page| (Arc::from(""), Target::Page(page)));
        page.or_else(|| self.addresses.file(path).map(|route| (route.clone(), Target::Other)))
    }
}

/// Where a link is found to lead, before its anchor has been looked for.
struct Place<'a> {
    /// Of what is no page.
    route: Arc<str>,
    target: Target,
    query: Option<&'a str>,
    anchor: Option<&'a str>,
    /// The anchor may be the words of a heading.
    is_in_words: bool,
    /// It is the page that the link stands on, whose address need not be written.
    is_here: bool,
}

impl Place<'_> {
    fn page(page: PageId) -> Self {
        Place { route: Arc::from(""), target: Target::Page(page), query: None, anchor: None, is_in_words: false, is_here: false }
    }
}

/// The anchor that a page lacks, with the nearest ones that it has.
fn missing(page: PageId, fact: &Facts, anchor: &str) -> Broken {
    let candidates = match nearest(anchor, fact.anchors.iter().map(|anchor| &**anchor)) {
        Some(near) => vec![near.to_string()],
        None => fact.headings.iter().take(5).map(|heading| heading.id.to_string()).collect(),
    };
    Broken::Anchor { page, anchor: anchor.to_string(), candidates }
}

/// An address from its encoded path, and query and anchor as they were written.
fn join(path: &str, query: Option<&str>, anchor: Option<&str>) -> Arc<str> {
    if query.is_none() && anchor.is_none() {
        return Arc::from(path);
    }
    let mut href = path.to_string();
    if let Some(query) = query {
        href.push('?');
        href.push_str(&encode_query(query));
    }
    if let Some(anchor) = anchor {
        href.push('#');
        href.push_str(&encode(anchor));
    }
    Arc::from(href)
}

/// The folder of a page's address, in which its own files lie.
pub fn folder_of(page: &PageMeta) -> &str {
    page.route.rsplit_once('/').map_or("/", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::front::Status;
    use crate::testing::{Page, Sample, page, site, site_with};

    /// The pages that all links of these tests stand beside.
    fn pages(linking: Page) -> Vec<Page> {
        let hague =
            page("briefings/2025-01-02-hague.md").title("The Hague").id("PB-1").aliases(&["/old/hague.html"]).headings(&["part", "Ä"]);
        vec![
            linking,
            hague.topics(&["Spending"]),
            page("briefings/madrid/index.md"),
            page("briefings/madrid/annex.md"),
            page("people/rutte.md"),
            page("topics/nato.md"),
            page("guides/start.md"),
        ]
    }

    const FILES: [&str; 5] = [
        "content/briefings/madrid/map.svg",
        "content/briefings/loose table.csv",
        "content/logo.svg",
        "static/a.pdf",
        "static/tool/index.html",
    ];

    /// Where the links of a page at `briefings/x.md` lead.
    fn resolved(linking: Page) -> Vec<Resolved> {
        let sample = site_with(|_| {}, pages(linking), &FILES);
        sample.index().links[sample.id("briefings/x.md") as usize].clone()
    }

    fn href(resolved: &Resolved) -> &str {
        match resolved {
            Resolved::To { href, .. } | Resolved::AsWritten { href } => href,
            Resolved::Nowhere { .. } | Resolved::Titled { .. } => "nowhere",
        }
    }

    fn leads(target: &str) -> String {
        href(&resolved(page("briefings/x.md").headings(&["own"]).to(target))[0]).to_string()
    }

    fn wiki(target: &str) -> String {
        href(&resolved(page("briefings/x.md").headings(&["own"]).wiki(target))[0]).to_string()
    }

    #[test]
    fn links_to_files_are_read_from_the_file_they_stand_in() {
        assert_eq!(leads("2025-01-02-hague.md"), "/briefings/hague/");
        assert_eq!(leads("./madrid/index.md"), "/briefings/madrid/");
        assert_eq!(leads("madrid/annex.md"), "/briefings/madrid/annex/");
        assert_eq!(leads("../people/rutte.md"), "/people/rutte/");
        assert_eq!(leads("@/people/rutte.md"), "/people/rutte/");
        assert_eq!(leads("/people/rutte.md"), "/people/rutte/");
        assert_eq!(leads("people/rutte.md"), "nowhere");
    }

    #[test]
    fn links_to_addresses_are_read_with_and_without_slash_and_index() {
        for target in ["/briefings/hague/", "/briefings/hague", "/briefings/hague/index.html", "../hague/", "/old/hague.html"] {
            assert_eq!(leads(target), "/briefings/hague/", "{target}");
        }
        assert_eq!(leads("/topics/spending/"), "/topics/spending/", "a term without a page of its own");
        assert_eq!(leads("/guides/"), "/guides/", "a section without a page of its own");
        assert_eq!(leads("/"), "/");
        assert_eq!(leads("/archive/2025/"), "/archive/2025/");
        assert_eq!(leads("/feed.xml"), "nowhere", "there are no feeds without a base URL");
    }

    #[test]
    fn a_path_without_ending_is_read_as_file_or_folder() {
        assert_eq!(leads("madrid"), "/briefings/madrid/");
        assert_eq!(leads("../people/rutte"), "/people/rutte/");
        assert_eq!(leads("../guides/"), "/guides/");
    }

    #[test]
    fn links_with_the_path_of_the_base_url_lead_to_the_same_pages() {
        let base = crate::config::BaseUrl {
            url: "https://example.org/sub/".into(),
            origin: "https://example.org".into(),
            host: "example.org".into(),
            path: "/sub/".into(),
        };
        let linking = page("briefings/x.md").to("/sub/people/rutte/").to("/people/rutte/").to("/feed.xml").to("/topics/spending/feed.json");
        let sample = site_with(|config| config.base_url = Some(base), pages(linking), &FILES);
        let hrefs: Vec<&str> = sample.index().links[sample.id("briefings/x.md") as usize].iter().map(href).collect();
        assert_eq!(hrefs, ["/people/rutte/", "/people/rutte/", "/feed.xml", "/topics/spending/feed.json"]);
    }

    #[test]
    fn links_to_other_files_lead_to_where_these_are_published() {
        assert_eq!(leads("madrid/map.svg"), "/briefings/madrid/map.svg");
        assert_eq!(leads("loose table.csv"), "/briefings/loose%20table.csv");
        assert_eq!(leads("@/logo.svg"), "/logo.svg");
        assert_eq!(leads("/a.pdf"), "/a.pdf");
        assert_eq!(leads("/tool/"), "/tool/");
    }

    #[test]
    fn queries_stay_as_written_and_anchors_are_checked() {
        assert_eq!(leads("2025-01-02-hague.md?a=%20b&c#part"), "/briefings/hague/?a=%20b&c#part");
        assert_eq!(leads("2025-01-02-hague.md#Ä"), "/briefings/hague/#%C3%84");
        assert_eq!(leads("#own"), "#own");
        assert_eq!(leads("#top"), "#top");
        assert_eq!(leads("#missing"), "nowhere");
        assert_eq!(wiki("#own"), "#own");
        assert_eq!(wiki("PB-1#missing"), "nowhere");
    }

    #[test]
    fn wikilinks_mean_ids_titles_slugs_and_kinds() {
        for target in ["PB-1", "the hague", "hague", "briefings/hague"] {
            assert_eq!(wiki(target), "/briefings/hague/", "{target}");
        }
        assert_eq!(wiki("hague#part"), "/briefings/hague/#part");
        assert_eq!(wiki("person:rutte"), "/people/rutte/");
        assert_eq!(wiki("topic:rutte"), "nowhere");
        assert_eq!(wiki("Spending"), "/topics/spending/");
        assert_eq!(wiki("topic:spending"), "/topics/spending/");
    }

    #[test]
    fn a_synonym_of_a_topic_leads_to_its_page() {
        let mut topic = page("topics/nato.md");
        topic.front.synonyms = vec!["The Alliance".into()];
        let sample = site([topic, page("a.md").wiki("the alliance")]);
        assert_eq!(sample.index().links[0], [Resolved::To { href: Arc::from("/topics/nato/"), page: Some(1) }]);
    }

    #[test]
    fn a_wikilink_finds_a_heading_by_its_words() {
        let page = || {
            page("briefings/x.md").headings(&["set-up-costs", "the-governments-plan", "ete"]).heading_texts(&[
                "Set-up costs: 2026",
                "The government\u{2019}s plan",
                "E\u{301}te\u{301}",
            ])
        };
        let leads = |page: Page| href(&resolved(page)[0]).to_string();
        for (target, anchor) in [
            ("x#Set-up costs: 2026", "/briefings/x/#set-up-costs"),
            ("x#set up COSTS 2026", "/briefings/x/#set-up-costs"),
            ("x#Costs#Set-up costs: 2026", "/briefings/x/#set-up-costs"),
            ("x#The government's plan", "/briefings/x/#the-governments-plan"),
            ("#\u{c9}t\u{e9}", "#ete"),
            ("#Set Up-Costs", "#set-up-costs"),
            ("#nothing", "nowhere"),
            ("#^block", "nowhere"),
        ] {
            assert_eq!(leads(page().wiki(target)), anchor, "{target}");
        }
        assert_eq!(leads(page().to("#Set-up costs: 2026")), "nowhere", "a link of Markdown names the id");
    }

    #[test]
    fn composed_and_decomposed_letters_are_the_same_in_links() {
        let [nfc, nfd] = ["pr\u{e9}vu", "pre\u{301}vu"];
        for [named, linked] in [[nfc, nfd], [nfd, nfc]] {
            let page = page("b/x.md").to(&format!("{linked}.md#{linked}")).to(&format!("{linked}.svg")).to(&format!("/{linked}.pdf"));
            let page = page.wiki(&format!("b/{linked}")).to(&format!("@/b/{linked}.md")).to(&format!("/s/{linked}/"));
            let slug = crate::testing::page(&format!("b/{named}.md")).headings(&[named]);
            let other = crate::testing::page("s/y.md").with("slug", named, |front, slug| front.slug = Some(slug));
            let files = [format!("content/b/{named}.svg"), format!("static/{named}.pdf")];
            let sample = site_with(|_| {}, vec![page, slug, other], &files.each_ref().map(String::as_str));
            assert_eq!(sample.index().problems, [], "{named:?}");
            let hrefs: Vec<String> = sample.index().links[sample.id("b/x.md") as usize].iter().map(|link| href(link).to_string()).collect();
            // Static files are never renamed; all other addresses are composed.
            let (own, anchor) = (encode(named).into_owned(), encode(named).into_owned());
            let expected = [
                format!("/b/prevu/#{anchor}"),
                "/b/pr%C3%A9vu.svg".into(),
                format!("/{own}.pdf"),
                "/b/prevu/".into(),
                "/b/prevu/".into(),
                "/s/pr%C3%A9vu/".into(),
            ];
            assert_eq!(hrefs, expected, "{named:?}");
        }
    }

    fn broken(sample: &Sample) -> Vec<Broken> {
        let of_link = |problem: &Problem| if let Problem::Link { broken, .. } = problem { Some(broken.clone()) } else { None };
        sample.index().problems.iter().filter_map(of_link).collect()
    }

    #[test]
    fn a_link_that_leads_nowhere_says_where_it_was_looked_for_and_what_is_near() {
        let sample = site([page("briefings/x.md").to("hagu.md"), page("other/hague.md")]);
        let broken = broken(&sample);
        let [Broken::Missing { places, candidates }] = broken.as_slice() else { panic!("{broken:?}") };
        assert_eq!(places[..2], ["content/briefings/hagu.md", "/briefings/x/hagu.md"]);
        assert_eq!(**candidates, [Arc::from("content/other/hague.md")]);
    }

    #[test]
    fn climbing_out_of_the_content_is_told_unless_it_is_an_address() {
        let sample = site([page("a.md").to("../../etc/passwd").to("../static/x.png").to("../b/"), page("b.md")]);
        assert_eq!(broken(&sample), [Broken::Outside, Broken::Outside]);
        assert_eq!(href(&sample.index().links[0][2]), "/b/");
    }

    #[test]
    fn an_ambiguous_wikilink_lists_what_it_could_mean() {
        let sample = site([page("a.md").wiki("x"), page("b/x.md"), page("c/x.md")]);
        assert_eq!(broken(&sample), [Broken::Ambiguous { candidates: vec![Arc::from("content/b/x.md"), Arc::from("content/c/x.md")] }]);
    }

    #[test]
    fn a_missing_anchor_is_told_with_the_nearest() {
        let sample = site([page("a.md").to("b.md#conclusion"), page("b.md").headings(&["conclusions", "summary"])]);
        assert_eq!(broken(&sample), [Broken::Anchor { page: 1, anchor: "conclusion".into(), candidates: vec!["conclusions".into()] }]);
    }

    #[test]
    fn links_from_a_translation_prefer_its_language() {
        let pages = ["a.fr.md", "b.md", "b.fr.md", "c.md"].map(page);
        let [from, rest @ ..] = pages;
        let pages = [from.to("b.md").to("c.md").wiki("b")].into_iter().chain(rest).collect();
        let sample = site_with(|config| config.languages = vec!["fr".into()], pages, &[]);
        let hrefs: Vec<&str> = sample.index().links[0].iter().map(href).collect();
        assert_eq!(hrefs, ["/fr/b/", "/c/", "/fr/b/"]);
    }

    #[test]
    fn what_is_to_be_skipped_stays_as_written() {
        let linking = page("a.md").to("/app/x y?z#w");
        let sample = site_with(|config| config.links.skip = vec!["/app/".into()], vec![linking], &[]);
        assert_eq!(sample.index().links[0], [Resolved::AsWritten { href: Arc::from("/app/x%20y?z#w") }]);
        assert_eq!(sample.index().problems, []);
    }

    #[test]
    fn what_is_to_be_skipped_may_be_written_as_a_browser_copies_it() {
        let linking = page("a.md").to("/b\u{fc}rger/x/").to("/bu\u{308}rger/y/");
        let sample = site_with(|config| config.links.skip = vec!["/b%C3%BCrger/".into()], vec![linking], &[]);
        assert_eq!(sample.index().problems, []);
    }

    #[test]
    fn a_wikilink_shows_its_name_only_if_nobody_answers_to_it() {
        let resolved = |target: &str| {
            let secret = page("s.md").title("Secret plan").status(Status::Draft);
            site([page("a.md").wiki(target), secret]).index().links[0][0].clone()
        };
        for hidden in ["secret plan", "person:Secret Plan", "content/s.md", "secret plan#part"] {
            assert_eq!(resolved(hidden), Resolved::Nowhere { silent: true }, "{hidden}");
        }
        assert_eq!(resolved("a#nothing"), Resolved::Titled { page: 0 }, "a public page answers, only its anchor is missing");
        assert_eq!(resolved("nobody"), Resolved::Nowhere { silent: false });
    }
}
