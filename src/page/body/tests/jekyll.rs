//! What pages of Jekyll have besides Markdown: addresses of Liquid, and attributes of kramdown.

use super::*;

/// Where the links of a text lead, and from where in it.
fn links(text: &str) -> Vec<(String, &str)> {
    let target = |link: &Link| match &link.target {
        LinkTarget::Destination { path, anchor, .. } => {
            format!("{path}{}", anchor.as_deref().map(|at| format!("#{at}")).unwrap_or_default())
        }
        LinkTarget::Ref { path, anchor, .. } => format!("ref {path}{}", anchor.as_deref().map(|at| format!("#{at}")).unwrap_or_default()),
        LinkTarget::Wiki { name, .. } => name.to_string(),
    };
    let body = site().body(text);
    assert_eq!(body.diagnostics, [], "{text}");
    body.links.iter().map(|link| (target(link), &text[link.span.start as usize..link.span.end as usize])).collect()
}

#[test]
fn addresses_of_liquid_are_links_with_their_places() {
    for (text, target) in [
        ("[a]({{ site.baseurl }}/x/)", "/x/"),
        ("[a]({{site.url}}{{site.baseurl}}/x#y)", "/x#y"),
        ("[a]({{ site.baseurl }})", "/"),
        ("[a]({{ \"/x/\" | relative_url }})", "/x/"),
        ("[a]({{- '/x/' | absolute_url -}}#y)", "/x/#y"),
        ("[a]({{ \"/x\" | prepend: site.baseurl }} \"Title\")", "/x"),
        ("[a](<{{ site.baseurl }}/x y/>)", "/x y/"),
        ("[a]({{ '/x y.pdf' | relative_url }})", "/x y.pdf"),
        ("[a]({% link _posts/2024-05-01-x.md %})", "ref /posts/2024-05-01-x"),
        ("[a]({{ site.baseurl }}{% link x.md %}#y)", "ref /x#y"),
        ("[a]({% post_url 2024-05-01-x %})", "ref 2024-05-01-x"),
        ("[a]({% post_url sub/2024-05-01-x %})", "ref 2024-05-01-x"),
    ] {
        assert_eq!(links(text), [(target.to_string(), text)]);
    }
    assert_eq!(links("See [a] and ![b][c].\n\n[a]: {{ site.baseurl }}/x/\n[c]: {% link assets/c.svg %} \"C\"\n")[0].0, "/x/");
    assert_eq!(links("![b][c]\n\n[c]: {% link assets/c.svg %} \"C\"\n")[0].0, "/assets/c.svg");
    for text in [
        "<a href=\"{{ site.baseurl }}/x/\">a</a>",
        "<a href=\"{{ \"/x/\" | relative_url }}\">a</a>",
        "<a href='{{ '/x/' | absolute_url }}'>a</a>",
    ] {
        assert_eq!(links(text)[0].0, "/x/");
        assert_eq!(html(text), "<p><a{Begin 0} href=\"{Address 0}\"{End 0}>a</a></p>\n".replace('"', &text[8..9]), "{text}");
    }
}

#[test]
fn other_tags_stay_and_each_is_told() {
    let told = |text: &str| messages(text).join("\n");
    assert!(told("[a]({{ page.previous.url }})\n").contains("foreign-tag `{{ page.previous.url }}`"));
    assert!(told("[a]({{ site.baseurl }}{{ page.url }})\n").contains("foreign-tag"));
    assert_eq!(told("{% raw %}{{ page.title }}{% endraw %}\n"), "");
    assert_eq!(html("A {% raw %}{{ b }}{% endraw %}.\n"), "<p>A {{ b }}.</p>\n");
    assert_eq!(html("{% raw %}\n\n    {{ b }}\n\n{% endraw %}\n"), "<pre tabindex=\"0\"><code>{{ b }}\n</code></pre>\n");
    assert_eq!(html("Text{% comment %} ask the minister {% endcomment %}.\n"), "<p>Text.</p>\n");
}

#[test]
fn attributes_of_kramdown_leave_the_text_and_are_told_once() {
    let text =
        "* TOC\n{:toc}\n\nA [link](#b){:target=\"_blank\"}.\n{: .lead}\n\n## Part\n{: #b}\n\n{::options parse_block_html=\"true\" /}\n";
    assert_eq!(html(text), "<p>A {Open 0}link{Close 0}.</p>\n<h2 id=\"b\">Part</h2>\n");
    assert_eq!(
        messages(text),
        ["1 kramdown-attributes `* TOC {:toc}` tells kramdown how to show something, and is left out \
          | and 3 more tags in this file: lines 4, 5, 10 | of a heading the id is kept; what else is to have a class is written in HTML"]
    );
    assert_eq!(html("| a | b |\n|---|---|\n| c | d |\n{: .wide}\n").matches("<td").count(), 2);
    assert_eq!(html("> Said.\n{: .big}\n\nText.\n"), "<blockquote>\n<p>Said.</p>\n</blockquote>\n<p>Text.</p>\n");
}
