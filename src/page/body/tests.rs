//! Bodies of whole texts.
use super::*;

struct Site { settings: Markdown, shortcodes: Shortcodes, lang: &'static str, title_from_heading: bool, page: tera::Value }
fn site() -> Site {
    let mut tera = tera::Tera::new();
    crate::theme::filters::register_shortcode_filters(&mut tera);
    let files = [
        ("note", include_str!("../../../themes/default/shortcodes/note.html")),
        ("figure", include_str!("../../../themes/default/shortcodes/figure.html")),
        ("badge", "{% component badge(count: integer = 1, @lang) %}<b>{{ count }}{{ lang }}</b>{% endcomponent badge %}"),
        ("ref", "{% component ref(path: string) %}{{ path | link }}{% endcomponent ref %}"),
    ];
    tera.add_raw_templates(files.map(|(name, text)| (format!("shortcodes/{name}.html"), text))).unwrap();
    let prints = files.iter().map(|(name, _)| (name.to_string(), Fingerprint::default())).collect();
    Site { settings: crate::config::Config::default().markdown, shortcodes: Shortcodes { tera: Arc::new(tera), prints }, lang: "en", title_from_heading: false, page: tera::Value::from("") }
}
impl Site {
    fn render(&self, text: &str) -> Body {
        render(&Input { path: &Arc::from("content/x.md"), text, start: 0, title_from_heading: self.title_from_heading, key_points: &[], recommendations: &[], lang: self.lang, settings: &self.settings, shortcodes: &self.shortcodes, page: &self.page })
    }
}
fn show(body: &Body) -> String {
    let mut out = String::new();
    let mut from = 0;
    for hole in &body.html.holes {
        out.push_str(&body.html.html[from..hole.at as usize]);
        from = hole.at as usize;
        out.push_str(&format!("{{{:?} {}}}", hole.part, hole.link));
    }
    out.push_str(&body.html.html[from..]);
    for p in &body.diagnostics { out.push_str(&format!("!! {} {} {:?}\n", p.code, p.message, p.place.as_ref().map(|p| (p.line, p.column, p.width)))); }
    out
}
#[test]
fn scratch() {
    let text = std::fs::read_to_string("/tmp/scratch.md").unwrap();
    let site = site();
    for part in text.split("\n=====\n") {
        let body = site.render(part);
        println!("-----\n{part}\n--->\n{}", show(&body));
        println!("links {:?}\nexternal {:?}\nheadings {:?}\nsummary {:?}\nprose {:?}", body.links, body.external, body.headings, body.summary, body.prose);
    }
}
fn files(dir: &str) -> Vec<std::path::PathBuf> {
    let mut all: Vec<_> = walkdir::WalkDir::new(dir).into_iter().flatten().map(|e| e.into_path()).filter(|p| p.extension().is_some_and(|e| e == "md")).collect();
    all.sort();
    all
}
fn start(text: &str) -> usize {
    let t = text.trim_start_matches('\u{feff}').trim_start();
    if !t.starts_with("---") { return 0 }
    let off = text.len() - t.len();
    t[3..].find("\n---").map(|e| { let p = off + 3 + e + 4; p + text[p..].find('\n').map_or(0, |n| n + 1) }).unwrap_or(0).min(text.len())
}
#[test]
#[ignore]
fn scratch_sites() {
    let site = site();
    for dir in ["content", "tests/sites"] {
        for file in files(dir) {
            let text = std::fs::read_to_string(&file).unwrap();
            let path = Arc::from(file.to_str().unwrap());
            let body = render(&Input { path: &path, text: &text, start: start(&text), title_from_heading: !text.contains("title:"), key_points: &[], recommendations: &[], lang: "en", settings: &site.settings, shortcodes: &site.shortcodes, page: &site.page });
            let shown = show(&body);
            std::fs::create_dir_all("/tmp/bodyout").unwrap();
            std::fs::write(format!("/tmp/bodyout/{}.html", path.replace('/', "_")), &shown).unwrap();
            for p in &body.diagnostics { println!("{} {} {} {:?} {:?}", path, p.code, p.message, p.place.as_ref().map(|p| (p.line, p.column, p.width)), p.hints); }
        }
    }
}
#[test]
#[ignore]
fn scratch_time() {
    let site = site();
    let texts: Vec<String> = files("/tmp/corpus").iter().map(|f| std::fs::read_to_string(f).unwrap()).collect();
    let path = Arc::from("x.md");
    let bytes: usize = texts.iter().map(|t| t.len()).sum();
    for code in [true, false] {
        let texts: Vec<&String> = texts.iter().filter(|t| code || !t.contains("```")).collect();
        let bytes: usize = texts.iter().map(|t| t.len()).sum();
        let go = || { let mut n = 0; for text in &texts { n += render(&Input { path: &path, text, start: start(text), title_from_heading: false, key_points: &[], recommendations: &[], lang: "en", settings: &site.settings, shortcodes: &site.shortcodes, page: &site.page }).html.html.len() } n };
        go();
        let t = std::time::Instant::now();
        for _ in 0..10 { go(); }
        let per = t.elapsed() / 10 / texts.len() as u32;
        println!("code {code}: {} files, {} bytes each: {per:?} each", texts.len(), bytes / texts.len());
        let t = std::time::Instant::now();
        let mut n = 0;
        for _ in 0..10 { for text in &texts { n += pulldown_cmark::Parser::new_ext(text, super::options(&site.settings)).into_offset_iter().count(); } }
        println!("parser alone {:?} ({n})", t.elapsed() / 10 / texts.len() as u32);
    }
    let _ = bytes;
}
#[test]
#[ignore]
fn scratch_stress() {
    let mut site = site();
    site.settings.math = true;
    let n = 10_000;
    let cases: Vec<(&str, String)> = vec![
        ("quotes", ">".repeat(n)), ("quotes2", "> ".repeat(n) + "x"), ("brackets", "[".repeat(n * 10)), ("wiki", "[[".repeat(n) + &"]]".repeat(n)), ("wiki2", "[[a".repeat(n)),
        ("wiki3", "[[a]]".repeat(n)), ("images", "![".repeat(n) + &"](a)".repeat(n)), ("lists", (0..300).map(|i| " ".repeat(i * 2) + "- a\n").collect()), ("lists2", "- ".repeat(n) + "x"),
        ("emph", "*a _b ".repeat(n)), ("calls", "{{<note>}}".repeat(n) + &"{{</note>}}".repeat(n)), ("callsnl", "{{<note>}}\n".repeat(n) + &"{{</note>}}\n".repeat(n)),
        ("calls2", "{{<a>}}".repeat(n) + &"{{</b>}}".repeat(n)), ("open", "{{< a ".repeat(n)), ("open2", "{{".repeat(n)), ("foreign", "{{ a".repeat(n)), ("quoteopen", "{{< a \"".repeat(n)),
        ("nul", "a\0b\0# \0\n\n`\0`\n\n<a \0>\n".repeat(n)), ("cols", format!("{}\n{}\n{}\n", "|a".repeat(100_000), "|-".repeat(100_000), "|b".repeat(100_000))),
        ("rows", format!("{}\n{}\n{}", "|a".repeat(499), "|-".repeat(499), "|b\n".repeat(100_000))), ("notes", "[^a]".repeat(n) + "\n\n[^a]: x"), ("undef", "[^".repeat(n * 10)), ("undef2", "[^a]".repeat(n)),
        ("html", "<a href=\"".repeat(n)), ("html2", "<a href='x'>".repeat(n)), ("html3", "<!-- ".repeat(n)), ("html4", "\n<div>".repeat(n)), ("fence", "```rust\n".to_string() + &"a".repeat(100_000)),
        ("unclosed fence", "```rust\n".to_string() + &"let x = 1;\n".repeat(2000)), ("abbr", "*[A]: b\n".repeat(n)), ("abbr2", "*[A".repeat(n)), ("dashes", "-".repeat(n * 10)), ("at", "a@".repeat(n * 10)), ("at2", "a.".repeat(n) + "@b.c"),
        ("http", "http://a.b/(((".repeat(n)), ("www", "www.".repeat(n)), ("q", "\"'".repeat(n * 5)), ("links1", "[a](b.md) ".repeat(n)), ("links2", "[a](b.md)".repeat(n)), ("headings", "# a\n".repeat(n)), ("alerts", "> [!NOTE] \n".repeat(n)), ("alerts2", ">[!a]\n\n".repeat(n)),
        ("defs", "a\n: b\n".repeat(n)), ("math", "$a$ $$b$$ ".repeat(n)), ("math2", "$".repeat(n*2)), ("dots", "a. B".repeat(n)), ("sentences", "A [b](c). ".repeat(n)), ("task", "- [ ] a\n".repeat(n)), ("callsblank", "{{< a >}} ".repeat(n)), ("escaped", "{{</* ".repeat(n)), ("escaped2", "{{</* a */>}}\n".repeat(n)),
        ("footdef", "[^a]:\n".repeat(n)), ("footnest", "[^a]: ".repeat(n)), ("hardbreak", "\\\n".repeat(n)), ("comment", "<!--more-->".repeat(n)), ("brace", "{%".repeat(n)), ("ref", format!("[a]: {}\n\n", "b".repeat(5000)) + &"[a]".repeat(n)),
    ];
    for (name, text) in &cases {
        let t = std::time::Instant::now();
        let body = site.render(text);
        for fragment in [&body.html] { for hole in &fragment.holes { assert!(fragment.html.is_char_boundary(hole.at as usize)); assert!((hole.link as usize) < body.links.len()); } }
        let e = t.elapsed();
        println!("{name}: {} -> {} in {e:?}, {} problems {}", text.len(), body.html.html.len(), body.diagnostics.len(), if e.as_millis() > 500 { "SLOW" } else { "" });
    }
    let unit: String = files("tests/sites").iter().map(|f| std::fs::read_to_string(f).unwrap()).collect();
    let big = unit.repeat(20_000_000 / unit.len() + 1);
    let t = std::time::Instant::now();
    let body = site.render(&big);
    println!("20 MB: {:?}, {} problems", t.elapsed(), body.diagnostics.len());
    // Every cut of every file.
    let mut count = 0;
    for file in files("tests/sites") {
        let text = std::fs::read_to_string(&file).unwrap();
        for cut in (0..text.len()).step_by(37).filter(|c| text.is_char_boundary(*c)) { site.render(&text[..cut]); site.render(&text[cut..]); count += 1; }
    }
    println!("cuts {count}");
}
