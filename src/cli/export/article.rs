//! The article in a rendered page: what its author wrote, with addresses that hold elsewhere.
//!
//! It must not know how the page was made, nor what the article becomes.

use std::ops::Range;

use crate::cli::args::ExportFormat;
use crate::html::attributes::{attributes, value_of};
use crate::html::pieces::{Piece, pieces};

/// What addresses mean in a page.
pub struct Links<'p> {
    /// Where the site lives, without a slash at its end.
    pub base: Option<String>,
    /// The path of the site at its host: `/` or `/briefings/`.
    pub base_path: &'p str,
    pub format: ExportFormat,
}

/// An article that can stand alone.
#[derive(Debug, PartialEq)]
pub struct Article {
    pub html: String,
    /// The files of the output that it shows.
    pub pictures: Vec<String>,
}

/// The article of a page; `None` if it has none. Key points, the list of sources and the marking belong to it.
pub fn read(page: &str, links: &Links<'_>) -> Option<Article> {
    let mut article = Article { html: String::new(), pictures: Vec::new() };
    let mut has_body = false;
    for range in elements(page) {
        has_body |= value_of(page, range.start, "itemprop").is_some_and(|name| name == "articleBody");
        write(&page[range], links, &mut article);
    }
    has_body.then_some(article)
}

/// The elements whose text the author wrote, none within another.
fn elements(page: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    // The name of the element that has begun, where, and how many of its name are open.
    let mut open: Option<(&str, usize, usize)> = None;
    for piece in pieces(page) {
        match (piece, &mut open) {
            (Piece::Open(tag, range), None) if is_text(page, range.start) => open = Some((tag, range.start, 1)),
            (Piece::Open(tag, _), Some((name, _, depth))) if tag == *name => *depth += 1,
            (Piece::Close(tag, range), Some((name, start, depth))) if tag == *name => {
                *depth -= 1;
                if *depth == 0 {
                    found.push(*start..range.end);
                    open = None;
                }
            }
            _ => {}
        }
    }
    found
}

fn is_text(page: &str, start: usize) -> bool {
    let has = |class: &str| value_of(page, start, "class").is_some_and(|classes| classes.split(' ').any(|found| found == class));
    value_of(page, start, "itemprop").is_some_and(|name| name == "articleBody")
        || has("text")
        || has("sources")
        || has("marking") && page[start..].starts_with("<p ")
}

/// Writes an element with addresses that hold elsewhere, and notes as Pandoc knows them: without the raised place around their numbers.
fn write(html: &str, links: &Links<'_>, to: &mut Article) {
    let mut is_note = false;
    for piece in pieces(html) {
        match piece {
            Piece::Text(range) => to.html.push_str(&html[range]),
            Piece::Open("sup", range) if value_of(html, range.start, "id").is_some_and(|id| id.starts_with("fnref-")) => is_note = true,
            Piece::Close("sup", _) if is_note => is_note = false,
            Piece::Open("script" | "style" | "button", _) | Piece::Comment(_) | Piece::Other(_) => {}
            Piece::Open(_, range) => tag(&html[range], links, to),
            Piece::Close(_, range) => to.html.push_str(&html[range]),
        }
    }
}

fn tag(tag: &str, links: &Links<'_>, to: &mut Article) {
    let mut out = String::new();
    let mut at = 0;
    for found in attributes(tag) {
        let written = match found.name {
            "src" => source(found.value, links, to),
            "href" => address(found.value, links),
            "srcset" | "sizes" => None,
            _ => continue,
        };
        out.push_str(&tag[at..found.whole.start]);
        if let Some(written) = written {
            out.push_str(&format!(" {}=\"{written}\"", found.name));
        }
        at = found.whole.end;
    }
    out.push_str(&tag[at..]);
    to.html.push_str(&out);
}

/// A picture: of this site a file that is taken along, or an address. One of another host stays there, and is not asked for.
fn source(value: &str, links: &Links<'_>, to: &mut Article) -> Option<String> {
    let path = value.split(['?', '#']).next().unwrap_or(value).strip_prefix(links.base_path)?;
    match links.format {
        ExportFormat::Md => address(value, links),
        ExportFormat::Docx => {
            let path = crate::url::decode(path).into_owned();
            let at = to.pictures.iter().position(|known| *known == path).unwrap_or_else(|| {
                to.pictures.push(path.clone());
                to.pictures.len() - 1
            });
            Some(picture_name(at, &path))
        }
    }
}

/// How a picture is called beside the article, whatever its path has in it.
pub fn picture_name(at: usize, path: &str) -> String {
    let extension = path.rsplit_once('.').map_or("png", |(_, extension)| extension);
    let is_plain = extension.len() <= 5 && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    format!("picture-{}.{}", at + 1, if is_plain { extension } else { "png" })
}

/// An address that holds elsewhere; `None` if there is none, because nobody knows where the site lives.
fn address(value: &str, links: &Links<'_>) -> Option<String> {
    if let Some(rest) = value.strip_prefix(links.base_path).filter(|_| !value.starts_with("//")) {
        return match (&links.base, links.format) {
            (Some(base), _) => Some(format!("{base}/{rest}")),
            (None, ExportFormat::Md) => Some(value.to_string()),
            (None, ExportFormat::Docx) => None,
        };
    }
    Some(value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<main><article><header><h1>T</h1></header><div class=\"text\"><section class=\"key-points\"><ul><li>K</li></ul></section></div>\
        <div class=\"text\" itemprop=\"articleBody\"><div><p>A<sup id=\"fnref-1\"><a href=\"#fn-1\" role=\"doc-noteref\">1</a></sup> <a href=\"/b/\">b</a> \
        <a href=\"https://x.org/\">x</a></p></div><img src=\"/b/c.png\" srcset=\"/b/d.png 2x\"></div><footer><p>F</p></footer></article></main>";

    #[test]
    fn an_article_stands_alone() {
        let links = |base: Option<&str>, format| Links { base: base.map(str::to_string), base_path: "/", format };
        let article = read(PAGE, &links(Some("https://a.org"), ExportFormat::Docx)).unwrap();
        assert_eq!(article.pictures, ["b/c.png"]);
        assert_eq!(
            article.html,
            "<div class=\"text\"><section class=\"key-points\"><ul><li>K</li></ul></section></div>\
             <div class=\"text\" itemprop=\"articleBody\"><div><p>A<a href=\"#fn-1\" role=\"doc-noteref\">1</a> <a href=\"https://a.org/b/\">b</a> \
             <a href=\"https://x.org/\">x</a></p></div><img src=\"picture-1.png\"></div>"
        );
        assert!(read(PAGE, &links(None, ExportFormat::Docx)).unwrap().html.contains("<a>b</a>"));
        assert!(read(PAGE, &links(None, ExportFormat::Md)).unwrap().html.contains("<img src=\"/b/c.png\">"));
        let marked = PAGE.replace("<article>", "<p class=\"marking\">OFFICIAL</p><article>");
        let marked = marked.replace("<p>F</p>", "<p class=\"when\"><span class=\"marking\">of another page</span></p>");
        let marked = read(&marked, &links(None, ExportFormat::Docx)).unwrap().html;
        assert!(marked.starts_with("<p class=\"marking\">OFFICIAL</p>") && !marked.contains("of another"), "{marked}");
        assert_eq!(read("<p>nothing</p>", &links(None, ExportFormat::Md)), None);
    }
}
