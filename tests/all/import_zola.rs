//! A site of Zola: what is said of its addresses in <https://www.getzola.org/documentation/content/page/> holds here. Zola itself does not run on all
//! machines of these tests: what is on npm wants a newer C library than Debian 12 has.

use std::collections::BTreeSet;

use crate::imported::{Imported, imported, pages, words};
use crate::place::{Place, tree};

fn site() -> Imported {
    imported("zola")
}

#[test]
fn what_could_not_be_carried_over_is_told_by_file_and_line() {
    let report = site().report();
    for line in [
        "`config.toml:6`: the theme `after-dark` was left out",
        "`config.toml:7`: the setting `compile_sass` was left out",
        "`config.toml:10`: the taxonomy `rivers` has no counterpart",
        "`config.toml:11`: the setting `ignored_content` was left out",
        "`config.toml:13`: what is said of single languages",
        "`config.toml:18`: `markdown.render_emoji` was left out",
        "`content/_index.md:4`: `template` was left out: there is no `home.html` here",
        "`content/briefings/_index.md:3`: `paginate_by` was left out",
        "`content/briefings/_index.md:4`: `transparent` was left out",
        "`content/briefings/_index.md:5`: `page_template` was left out",
        "`content/briefings/2024-07-09-permit-reform.md:5`: `template` was left out",
        "`content/briefings/2024-07-09-permit-reform.md:20`: `{% quote(author=\"A mayor\") %}`: the shortcode is to be written anew",
        "`content/contact.md:6`: `{{ contact_card() }}`",
        "`content/handbook/_index.md:4`: the section led to `handbook/scope`",
        "`content/regions/_index.md:3`: `render = false` was left out",
        "`content/briefings/unrendered.md:3`: Zola publishes it nowhere",
        "`templates/page.html`: the template was left out",
        "`sass/site.scss`: left out",
    ] {
        assert!(report.contains(line), "{line} is not in:\n{report}");
    }
}

#[test]
fn settings_and_front_matter_are_those_of_the_original() {
    let site = site();
    let settings: toml::Table = site.place.read("new/site.toml").parse().expect("TOML");
    let wanted = "title = 'The Rivers Desk'\nbase_url = 'https://rivers.example.org'\ndescription = 'Floods, coasts and what they cost.'\n\
                  language = 'en'\npublisher = 'Rivers desk'\nlanguages = ['fr']\nfeeds.limit = 30\nmarkdown.smart_punctuation = true\n\
                  permalinks = {topics = '/categories/:slug/'}\nextra = {contact = 'rivers@example.org'}\n";
    assert_eq!(settings, wanted.parse::<toml::Table>().expect("TOML"));
    let page = site.place.read("new/content/briefings/2024-07-09-permit-reform.md");
    assert!(page.starts_with("+++\ntitle = \"Permits, and who gives them\"\ndate = 2024-07-09\naliases = [\"/permits\", \"/old/permit-reform.html\"]\n\n[taxonomies]\ntags = [\"permits\"]\ntopics = [\"Water law\"]\n"), "{page}");
    assert!(
        page.contains(
            "{{< youtube id=\"0RKpf3rK57I\" class=\"wide\" >}}\n\n{{< quote author=\"A mayor\" >}}\nWe wait for **both**.\n{{< /quote >}}"
        ),
        "{page}"
    );
}

#[test]
fn addresses_and_texts_are_those_of_zola() {
    let site = site();
    let run = site.build().fine();
    assert!(!run.err.contains("error") && !run.err.contains("broken"), "{}", run.err);
    let output = site.output();
    assert!(output.contains_key("regions/unnamed.svg") && output.contains_key("briefings/coastal-defence/data/gauges.csv"));
    let ours = pages(&output);
    let there: BTreeSet<&str> = ours.keys().map(String::as_str).collect();
    let missing: Vec<&str> = ADDRESSES.into_iter().filter(|address| !there.contains(address)).collect();
    assert_eq!(missing, [""; 0], "{there:?}");
    assert!(!ours.values().any(|html| html.contains("Names of gauges")));
    let text = words(&ours["/briefings/permit-reform/"], "itemprop=\"articleBody\"").join(" ");
    assert!(text.contains("two offices give one permit") && text.contains("we wait for both") && text.contains("another matter"), "{text}");
}

/// Where Zola has pages, sections, terms and aliases. `/handbook/` led to another page there.
const ADDRESSES: [&str; 18] = [
    "/",
    "/about/contact/",
    "/briefings/",
    "/briefings/census-plan/",
    "/briefings/coastal-defence/",
    "/briefings/permit-reform/",
    "/categories/",
    "/categories/water-law/",
    "/fr/briefings/census-plan/",
    "/handbook/",
    "/handbook/scope/",
    "/old/permit-reform.html",
    "/permits/",
    "/regions/north/moorland/",
    "/tags/",
    "/tags/coast/",
    "/tags/dikes/",
    "/tags/permits/",
];

#[test]
fn settings_that_cannot_be_read_are_named_and_nothing_is_written() {
    let place = Place::new(&[("old/zola.toml", "base_url = [\n"), ("old/content/a.md", "# A\n")]);
    place.run(&["import", "old", "--into", "new"]).ends_with(1).says(&["zola.toml", "nothing was written"]);
    assert_eq!(tree(&place.path("new")).len(), 0);
}
