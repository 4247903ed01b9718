//! Where links lead, by small sites made by hand.

use super::*;
use crate::page::front::Status;
use crate::pipeline::{self, BuildOptions, Cache};
use crate::sources::Sources;
use crate::testing::{Page, Sample, page, site, site_with};
use crate::url::encode;

/// The pages that all links of these tests stand beside.
fn pages(linking: Page) -> Vec<Page> {
    let hague = page("briefings/2025-01-02-hague.md").title("The Hague").id("PB-1").aliases(&["/old/hague.html"]).headings(&["part", "Ä"]);
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

const FILES: [&str; 5] =
    ["content/briefings/madrid/map.svg", "content/briefings/loose table.csv", "content/logo.svg", "static/a.pdf", "static/tool/index.html"];

/// Where the links of a page at `briefings/x.md` lead.
fn resolved(linking: Page) -> Vec<Resolved> {
    let sample = site_with(|_| {}, pages(linking), &FILES);
    sample.site.links.of_page(sample.id("briefings/x.md")).to_vec()
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
    let hrefs: Vec<&str> = sample.site.links.of_page(sample.id("briefings/x.md")).iter().map(href).collect();
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
    assert_eq!(sample.site.links.of_page(0), [Resolved::To { href: Arc::from("/topics/nato/"), page: Some(1) }]);
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
        assert_eq!(sample.site.links.problems, [], "{named:?}");
        let hrefs: Vec<String> = sample.site.links.of_page(sample.id("b/x.md")).iter().map(|link| href(link).to_string()).collect();
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
    sample.site.links.problems.iter().filter_map(of_link).collect()
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
    assert_eq!(href(&sample.site.links.of_page(0)[2]), "/b/");
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
    let hrefs: Vec<&str> = sample.site.links.of_page(0).iter().map(href).collect();
    assert_eq!(hrefs, ["/fr/b/", "/c/", "/fr/b/"]);
}

#[test]
fn what_is_to_be_skipped_stays_as_written() {
    let linking = page("a.md").to("/app/x y?z#w");
    let sample = site_with(|config| config.links.skip = vec!["/app/".into()], vec![linking], &[]);
    assert_eq!(sample.site.links.of_page(0), [Resolved::AsWritten { href: Arc::from("/app/x%20y?z#w") }]);
    assert_eq!(sample.site.links.problems, []);
}

#[test]
fn what_is_to_be_skipped_may_be_written_as_a_browser_copies_it() {
    let linking = page("a.md").to("/b\u{fc}rger/x/").to("/bu\u{308}rger/y/");
    let sample = site_with(|config| config.links.skip = vec!["/b%C3%BCrger/".into()], vec![linking], &[]);
    assert_eq!(sample.site.links.problems, []);
}

#[test]
fn a_wikilink_shows_its_name_only_if_nobody_answers_to_it() {
    let resolved = |target: &str| {
        let secret = page("s.md").title("Secret plan").status(Status::Draft);
        site([page("a.md").wiki(target), secret]).site.links.of_page(0)[0].clone()
    };
    for hidden in ["secret plan", "person:Secret Plan", "content/s.md", "secret plan#part"] {
        assert_eq!(resolved(hidden), Resolved::Nowhere { silent: true }, "{hidden}");
    }
    assert_eq!(resolved("a#nothing"), Resolved::Titled { page: 0 }, "a public page answers, only its anchor is missing");
    assert_eq!(resolved("nobody"), Resolved::Nowhere { silent: false });
}

#[test]
fn a_link_that_becomes_a_picture_is_resolved_again() {
    let mut cache = Cache::default();
    let mut count = |text: &str| {
        let files = [("content/a.md", format!("---\ntitle: A\n---\n{text}\n")), ("content/b.md", "---\ntitle: B\n---\n".into())];
        let files = files.each_ref().map(|(path, text)| (*path, text.as_str()));
        let sources = Sources::in_memory(jiff::Timestamp::UNIX_EPOCH, "", &files);
        let plan = pipeline::plan(&sources, &mut cache, &BuildOptions::default());
        plan.diagnostics.iter().map(|problem| problem.code).filter(|code| *code == "image-is-page").count()
    };
    assert_eq!([count("[x](b.md)"), count("![x](b.md)"), count("[x](b.md)")], [0, 1, 0]);
}

/// Where the first link of a page with `text` at `notes/x.md` leads, beside files of these paths.
fn led(text: &str, files: &[&str]) -> (String, Vec<String>) {
    let page = format!("---\ntitle: X\n---\n\n{text}\n");
    let others = [
        ("content/people/ann.md", "---\ntitle: Ann\n---\n\nShe. ^she\n\n## Costs\n"),
        ("content/d/index.md", "---\ntitle: D\ndraft: true\n---\n"),
    ];
    let all: Vec<(&str, &str)> =
        [("content/notes/x.md", &*page)].into_iter().chain(others).chain(files.iter().map(|path| (*path, ""))).collect();
    let sources = Sources::in_memory(jiff::Timestamp::UNIX_EPOCH, "", &all);
    let plan = pipeline::plan(&sources, &mut Cache::default(), &BuildOptions::default());
    let at = plan.view.site.facts.iter().position(|fact| &**fact.path() == "content/notes/x.md").expect("the page") as PageId;
    let problems = plan.diagnostics.iter().filter(|problem| problem.code.ends_with("-link") || problem.code == "broken-anchor");
    let problems = problems.map(|problem| format!("{} {} | {}", problem.code, problem.message, problem.hints.join(" | "))).collect();
    (href(&plan.view.site.links.of_page(at)[0]).to_string(), problems)
}

#[test]
fn a_file_is_found_by_its_name_wherever_it_lies() {
    let files = [
        "content/Attachments/My chart.PNG",
        "content/notes/b.png",
        "content/a/b.png",
        "static/r.pdf",
        "content/a/c.svg",
        "content/z/c.svg",
    ];
    for (text, route) in [
        ("![[My chart.png|A|400]]", "/attachments/My%20chart.PNG"),
        ("![[attachments/my chart.png|A]]", "/attachments/My%20chart.PNG"),
        ("![[../Attachments/My chart.PNG|A]]", "/attachments/My%20chart.PNG"),
        ("![[b.png|A]]", "/notes/b.png"),
        ("![[a/b.png|A]]", "/a/b.png"),
        ("![[r.pdf#page=3]]", "/r.pdf#page=3"),
        ("[[r.pdf]]", "/r.pdf"),
    ] {
        assert_eq!(led(text, &files), (route.to_string(), vec![]), "{text}");
    }
    let both = "ambiguous-link this link could mean 2 files | `[[a/c.svg]]` is `content/a/c.svg` | `[[z/c.svg]]` is `content/z/c.svg`";
    assert_eq!(led("![[c.svg|A]]", &files), ("nowhere".into(), vec![both.into()]));
    let near = "broken-link no file is called `r2.pdf` | did you mean `/r.pdf`?";
    assert_eq!(led("![[r2.pdf]]", &files), ("nowhere".into(), vec![near.into()]));
}

#[test]
fn a_file_of_a_hidden_page_is_told_as_hidden() {
    let hidden = "hidden-link this link leads to `content/d/index.md`, which is not public | that page is a draft";
    assert_eq!(led("![[secret.png|A]]", &["content/d/secret.png"]), ("nowhere".into(), vec![hidden.into()]));
}

#[test]
fn a_wikilink_finds_a_block_by_its_name() {
    for (text, route) in [
        ("[[Ann#^she]]", "/people/ann/#%5Eshe"),
        ("[[Ann#Costs#^she]]", "/people/ann/#%5Eshe"),
        ("[[../people/ann#costs]]", "/people/ann/#costs"),
        ("![[Ann#^she]]", "/people/ann/#%5Eshe"),
        ("a ^here\n\n[[#^here]]", "#%5Ehere"),
    ] {
        assert_eq!(led(text, &[]), (route.to_string(), vec![]), "{text}");
    }
    let missing = "broken-anchor `content/people/ann.md` has no place called `#^sha` | did you mean `#^she`?";
    assert_eq!(led("[[Ann#^sha]]", &[]), ("nowhere".into(), vec![missing.into()]));
}

/// Where a `ref` to `target` leads from a page.
fn named(from: &str, target: &str) -> String {
    let others =
        ["posts/b.md", "posts/twice.md", "notes/_index.md", "notes/deep/unique.md", "notes/twice.md", "x/bundle/index.md", "x/y.fr.md"];
    let linking = page(from).headings(&["own"]).ref_to(target, None);
    let sample = site_with(
        |config| config.languages = vec!["fr".into()],
        others.into_iter().filter(|path| *path != from).map(page).chain([linking]).collect(),
        &[],
    );
    href(&sample.site.links.of_page(sample.id(from))[0]).to_string()
}

#[test]
fn a_ref_finds_a_page_by_its_path_and_by_the_name_of_its_file() {
    // What each of them is in Hugo 0.168, from the same files.
    for (from, target, leads) in [
        ("posts/a.md", "b.md", "/posts/b/"),
        ("posts/a.md", "b", "/posts/b/"),
        ("posts/a.md", "#own", "#own"),
        ("posts/a.md", "unique.md", "/notes/deep/unique/"),
        ("posts/a.md", "Unique", "/notes/deep/unique/"),
        ("posts/a.md", "/notes/deep/unique", "/notes/deep/unique/"),
        ("posts/a.md", "notes/deep/unique.md", "/notes/deep/unique/"),
        ("posts/a.md", "../notes/deep/unique.md", "/notes/deep/unique/"),
        ("posts/a.md", "deep/unique.md", "nowhere"),
        ("posts/a.md", "notes", "/notes/"),
        ("posts/a.md", "notes/_index.md", "/notes/"),
        ("posts/a.md", "bundle", "/x/bundle/"),
        ("posts/a.md", "x/bundle/index.md", "/x/bundle/"),
        ("x/bundle/index.md", "unique", "/notes/deep/unique/"),
        ("x/bundle/index.md", "b.md", "/posts/b/"),
        ("posts/a.md", "twice", "/posts/twice/"),
        ("x/bundle/index.md", "twice", "nowhere"),
        ("posts/a.md", "gone", "nowhere"),
    ] {
        assert_eq!(named(from, target), leads, "{target} from {from}");
    }
}

#[test]
fn a_ref_may_say_a_language_and_several_pages_of_one_name_are_told() {
    let linking = page("a.md").ref_to("y", Some("fr")).ref_to("z", Some("fr")).ref_to("z", Some("xx")).ref_to("t", None);
    let others = ["b/t.md", "c/t.md", "d/y.fr.md", "d/y.md", "d/z.md"].map(page);
    let sample = site_with(|config| config.languages = vec!["fr".into()], others.into_iter().chain([linking]).collect(), &[]);
    let leads: Vec<&str> = sample.site.links.of_page(sample.id("a.md")).iter().map(href).collect();
    assert_eq!(leads, ["/fr/d/y/", "nowhere", "nowhere", "nowhere"]);
    let told = "ambiguous-link content/a.md:6:1 this link could mean 2 pages | `{{< ref \"/b/t\" >}}` is `content/b/t.md` \
                | `{{< ref \"/c/t\" >}}` is `content/c/t.md`";
    assert_eq!(sample.reports_of("ambiguous-link"), [told]);
}
