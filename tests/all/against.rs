//! `chancery check --against`: addresses that were published and lead nowhere now.

use crate::place::{Place, Run};

/// A site that was published, with its manifest in `published.json`. Its search is on, and one of its topics has two pages of pages.
fn published() -> Place {
    let place = Place::new(&[
        (
            "site.toml",
            "title = \"Test\"\nbase_url = \"https://example.org/below/\"\npaginate_by = 2\n\n[publish.live]\ntarget = \"directory\"\npath = \"www\"\n",
        ),
        ("content/_index.md", "---\ntitle: Home\n---\n\nWelcome.\n"),
        ("content/briefings/hague.md", &page("The Hague", "aliases: [/old/]\ntags: [rare]\n")),
        ("content/briefings/bundle/index.md", &page("Bundle", "")),
        ("content/briefings/bundle/table.html", "<p>A table"),
        ("content/briefings/one.md", &page("One", "topics: [Trade]\n")),
        ("content/briefings/two.md", &page("Two", "topics: [Trade]\n")),
        ("content/briefings/three.md", &page("Three", "topics: [Trade]\n")),
    ]);
    place.run(&["publish"]).fine();
    place.write("published.json", place.read("www/.chancery-manifest.json"));
    place
}

fn page(title: &str, keys: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-01-01\nsummary: S\n{keys}---\n\n[Table](/briefings/bundle/table.html)\n")
}

fn against(place: &Place, format: &str) -> Run {
    place.run(&["check", "--against", "published.json", "--format", format])
}

/// The lost addresses, as the messages name them.
#[track_caller]
fn lost(place: &Place) -> Vec<String> {
    let run = against(place, "json");
    let problems: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let problems = problems.as_array().expect("an array").iter().filter(|problem| problem["code"] == "lost-address");
    let word = |problem: &serde_json::Value| problem["message"].as_str().and_then(|text| text.split('`').nth(1)).map(String::from);
    let lost: Vec<String> = problems.filter_map(word).collect();
    assert_eq!(run.code, Some(if lost.is_empty() { 0 } else { 1 }), "{}{}", run.out, run.err);
    lost
}

#[test]
fn a_site_as_it_was_published_has_lost_nothing() {
    let place = published();
    assert!(place.read("published.json").contains("\"search/index.html\""));
    assert_eq!(lost(&place), [""; 0]);
    place.write("content/briefings/new.md", page("New", ""));
    assert_eq!(lost(&place), [""; 0], "with another page");
}

#[test]
fn a_page_that_moved_is_lost_with_its_list_until_an_alias_leads_to_it() {
    let place = published();
    place.remove("content/briefings/hague.md");
    place.write("content/notes/hague.md", page("The Hague", "aliases: [/old/]\n"));
    assert_eq!(lost(&place), ["/briefings/hague/", "/tags/", "/tags/rare/"]);
    let run = against(&place, "text").ends_with(1);
    let parts = [
        "error[lost-address]: the address `/briefings/hague/` was published, and leads nowhere now\n",
        "= help: give the page that took its place `aliases: [\"/briefings/hague/\"]`\n",
        "= help: did it become `content/notes/hague.md`?\n",
    ];
    parts.iter().for_each(|part| assert!(run.out.contains(part), "{}", run.out));
    place.write("content/notes/hague.md", page("The Hague", "aliases: [/old/, /briefings/hague/, /tags/rare/, /tags/]\n"));
    assert_eq!(lost(&place), [""; 0]);
}

#[test]
fn a_redirect_that_nobody_names_any_more_is_lost() {
    let place = published();
    place.write("content/briefings/hague.md", page("The Hague", "tags: [rare]\n"));
    assert_eq!(lost(&place), ["/old/"]);
}

#[test]
fn what_is_hidden_now_is_not_lost() {
    let place = published();
    place.write("content/briefings/hague.md", page("The Hague", "aliases: [/old/]\ntags: [rare]\nexpires: 2026-02-01\n"));
    place.write("content/briefings/bundle/index.md", page("Bundle", "draft: true\n"));
    for name in ["one", "two", "three"] {
        let text = place.read(&format!("content/briefings/{name}.md"));
        place.write(&format!("content/briefings/{name}.md"), text.replace("[Table](/briefings/bundle/table.html)", ""));
    }
    assert_eq!(lost(&place), ["/tags/", "/tags/rare/"], "the tag has no page any more");
}

#[test]
fn further_parts_of_lists_are_not_lost() {
    let place = published();
    assert!(place.read("published.json").contains("\"topics/trade/page/2/index.html\""));
    place.write("content/briefings/two.md", page("Two", ""));
    assert_eq!(lost(&place), [""; 0]);
}

#[test]
fn what_has_left_already_is_not_lost_again() {
    let place = published();
    let manifest = place.read("published.json").replace("\"files\": {", "\"files\": {\n\"gone/index.html\": {\"leaving\": true},");
    place.write("published.json", manifest);
    assert_eq!(lost(&place), [""; 0]);
}

#[test]
fn other_programs_are_told_too() {
    let place = published();
    place.remove("content/briefings/one.md");
    let run = against(&place, "github").ends_with(1);
    let command = "::error title=lost-address::the address `/briefings/one/` was published, and leads nowhere now%0Ahelp: give";
    assert!(run.out.starts_with(command), "{}", run.out);
    let log: serde_json::Value = serde_json::from_str(&against(&place, "sarif").ends_with(1).out).expect("JSON");
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "lost-address");
    assert!(log["runs"][0]["tool"]["driver"]["rules"][0]["fullDescription"]["text"].is_string());
}

#[test]
fn a_file_that_is_no_manifest_is_refused() {
    let place = published();
    place.write("content/notes/x.md", page("X", ""));
    for (file, why) in [("nowhere.json", "No such file"), ("content/notes", "no page in the folder")] {
        let run = place.run(&["check", "--against", file]).ends_with(2);
        run.says(&[&format!("`{file}` names no addresses that were published"), why, "`.chancery-manifest.json`"]);
    }
    let run = place.run(&["check", "--against", "site.toml"]).ends_with(2);
    run.says(&["line 1 of `site.toml` is no address", "`.chancery-manifest.json`"]);
}

#[test]
fn the_manifest_is_sought_from_where_one_stands() {
    let place = published();
    place.write("elsewhere/manifest.json", place.read("published.json"));
    let mut command = place.command(&["check", "--root", "..", "--against", "manifest.json"]);
    Run::new(command.current_dir(place.path("elsewhere")).output().expect("the program starts")).fine();
}

#[test]
fn a_sitemap_a_list_and_an_output_folder_of_another_tool_are_taken_as_well() {
    let place = published();
    place.remove("content/briefings/hague.md");
    place.write("content/notes/hague.md", page("The Hague", "tags: [rare]\n"));
    place.write(
        "list.txt",
        "# Old\nhttps://example.org/below/briefings/hague/\n/below/briefings/one\n/old/\nhttps://example.org/below/report.pdf\n",
    );
    place.write(
        "sitemap.xml",
        "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url><loc>https://before.example/briefings/hague/</loc></url>\
         <url><loc>https://before.example/briefings/two/</loc></url></urlset>",
    );
    place.write("old/index.html", "x");
    place.write("old/briefings/hague/index.html", "x");
    place.write("old/css/site.css", "x");
    let told = |file: &str| place.run(&["check", "--against", file]).ends_with(1).out;
    let list = told("list.txt");
    for address in ["`/briefings/hague/`", "`/old/`", "`/report.pdf`"] {
        assert!(list.contains(&format!("the address {address} was published, and leads nowhere now")), "{list}");
    }
    assert!(!list.contains("`/briefings/one"), "{list}");
    let sitemap = told("sitemap.xml");
    assert!(sitemap.contains("`/briefings/hague/`") && sitemap.contains("warning[other-host]: addresses of `before.example`"), "{sitemap}");
    let folder = told("old");
    assert!(folder.contains("1 error") && folder.contains("`/briefings/hague/`"), "{folder}");
}

#[test]
fn aliases_are_written_for_what_surely_moved_and_the_rest_is_told() {
    let place = published();
    place.remove("content/briefings/hague.md");
    let text = page("The Hague", "tags: [rare]\n");
    place.write("content/notes/hague.md", &text);
    place.write("list.txt", "/below/briefings/hague/\n/below/gone/\n");
    let run = place.run(&["check", "--against", "list.txt", "--write-aliases"]).ends_with(1);
    assert!(run.out.starts_with("content/notes/hague.md: /briefings/hague/\nWrote 1 alias into 1 file\n"), "{}", run.out);
    assert!(run.out.contains("`/gone/`") && !run.out.contains("lost-address]: the address `/briefings/hague/`"), "{}", run.out);
    assert_eq!(place.read("content/notes/hague.md"), text.replacen("---\n", "---\naliases: [\"/briefings/hague/\"]\n", 1));
    place.run(&["check", "--against", "list.txt", "--write-aliases"]).ends_with(1);
    assert_eq!(place.read("content/notes/hague.md").matches("/briefings/hague/").count(), 1, "a second time nothing is left to do");
    place.run(&["check", "--write-aliases"]).ends_with(2);
    place.write("content/notes/hague.md", &text);
    let run = place.run(&["check", "--against", "list.txt", "--write-aliases", "--format", "json"]).ends_with(1);
    assert!(serde_json::from_str::<serde_json::Value>(&run.out).is_ok() && place.read("content/notes/hague.md") != text, "{}", run.out);
}

#[test]
fn what_names_no_addresses_is_told_and_nothing_is_checked() {
    let place = published();
    place.write("empty.txt", "");
    place.write("index.xml", "<sitemapindex><sitemap><loc>https://example.org/a.xml</loc></sitemap></sitemapindex>");
    for (file, told) in
        [("empty.txt", "there is no address in it"), ("index.xml", "an index of sitemaps"), ("gone.xml", "`gone.xml` names no addresses")]
    {
        let run = place.run(&["check", "--against", file]);
        assert!(run.code != Some(0) && run.err.contains(told), "{file}: {}", run.err);
    }
    let many: String = (0..50_000).map(|number| format!("https://example.org/below/p{number}/\n")).collect();
    place.write("many.txt", many);
    let run = place.run(&["check", "--against", "many.txt", "--format", "json"]).ends_with(1);
    assert_eq!(run.out.matches("lost-address").count(), 50_000);
    let run = place.run(&["check", "--against", "many.txt"]).ends_with(1);
    assert_eq!(run.out.matches("error[lost-address]").count(), 101);
    assert!(run.out.contains("49900 more addresses were published, and lead nowhere now"));
}
