//! Bodies of whole texts, as their HTML with holes shown as `{Open 0}`.

use super::*;
use crate::config::Markdown;
use crate::page::front::{self, Front};
use crate::references::key::keys_in;
use crate::references::{Citing, Register};
use crate::sources::Text;
use crate::theme::Shortcodes;

mod assess;
mod blocks;
mod citations;
mod comments;
mod jekyll;
mod links;
mod nesting;
mod obsidian;
mod said;
mod shortcodes;
mod whole;

/// What bodies depend on besides their text.
pub(super) struct Site {
    pub(super) settings: Markdown,
    pub(super) shortcodes: Shortcodes,
    pub(super) lang: &'static str,
    pub(super) title: Option<&'static str>,
    pub(super) register: Arc<Register>,
    pub(super) citing: Option<Citing>,
}

pub(super) fn site() -> Site {
    let mut tera = tera::Tera::new();
    let register = crate::theme::filters::register_shortcode_filters;
    register(&mut tera, &Arc::default());
    let files = [
        ("box", "{% component box(title: string = \"\") %}<div>{{ title }}{{ body }}</div>{% endcomponent box %}"),
        (
            "figure",
            "{% component figure(src: string, alt: string = \"\") %}<img src=\"{{ src | link }}\" alt=\"{{ alt }}\">{% endcomponent figure %}",
        ),
        ("badge", "{% component badge(count: integer = 1, @lang) %}<b>{{ count }}{{ lang }}</b>{% endcomponent badge %}"),
        ("ref", "{% component ref(path: string) %}{{ path | link }}{% endcomponent ref %}"),
        ("frame", "{% component frame(title: string = \"\") %}<figure>{{ title }}</figure>{% endcomponent frame %}"),
        ("owner", "{% component owner(@page) %}<i>{{ page.owner }}</i>{% endcomponent owner %}"),
    ];
    tera.add_raw_templates(files.map(|(name, text)| (format!("shortcodes/{name}.html"), text))).unwrap();
    let prints = files.iter().map(|(name, _)| (name.to_string(), Fingerprint::default())).collect();
    let shortcodes = Shortcodes { engine: crate::theme::Engine::new(tera, register, Arc::default()), prints };
    Site {
        settings: crate::config::Config::default().markdown,
        shortcodes,
        lang: "en",
        title: Some("Known"),
        register: Arc::default(),
        citing: None,
    }
}

impl Site {
    pub(super) fn body(&self, text: &str) -> Body {
        self.body_with(text, 0, &[])
    }

    fn body_with(&self, text: &str, start: usize, key_points: &[String]) -> Body {
        self.body_on(text, start, key_points, None)
    }

    fn body_on_scale(&self, text: &str, scale: Option<crate::config::Scale>) -> Body {
        self.body_on(text, 0, &[], scale)
    }

    fn body_on(&self, text: &str, start: usize, key_points: &[String], scale: Option<crate::config::Scale>) -> Body {
        let path: Arc<str> = Arc::from("content/x.md");
        let title = self.title.map(|title| format!("title: {title}\n")).unwrap_or_default();
        let front = Front {
            key_points: key_points.to_vec(),
            shortcodes: shortcode_names(text).into_iter().map(Box::from).collect(),
            cites: keys_in(text).into_iter().map(Box::from).collect(),
            body_start: start,
            ..front::read(&path, &format!("---\nowner: A. Author\n{title}---\n"))
        };
        let settings =
            BodySettings::new(self.settings.clone(), Some("https://own.org/sub/".into()), self.shortcodes.clone(), self.citing.clone())
                .with_likelihood(scale);
        let text = Text::held(text, Fingerprint::of_bytes(text.as_bytes()));
        BodyInput {
            path,
            text,
            front: Arc::new(front),
            lang: self.lang.into(),
            register: self.register.clone(),
            settings: Arc::new(settings),
        }
        .render()
    }

    fn html(&self, text: &str) -> String {
        show(&self.body(text).texts().html)
    }
}

fn show(fragment: &Fragment) -> String {
    let mut shown = String::new();
    let mut from = 0;
    for hole in &fragment.holes {
        shown.push_str(&fragment.html[from..hole.at as usize]);
        from = hole.at as usize;
        shown.push_str(&format!("{{{:?} {}}}", hole.part, hole.link));
    }
    shown.push_str(&fragment.html[from..]);
    shown
}

fn html(text: &str) -> String {
    site().html(text)
}

/// Code and place (line and column) of each problem.
fn problems(text: &str) -> Vec<(&'static str, u32, u32)> {
    let place = |problem: Diagnostic| problem.place.map(|place| (problem.code, place.line, place.column));
    site().body(text).diagnostics.into_iter().filter_map(place).collect()
}

/// The problems of a text: line, code, message and hints.
fn messages(text: &str) -> Vec<String> {
    let line = |problem: Diagnostic| {
        let line = problem.place.map_or(0, |place| place.line);
        format!("{line} {} {} | {}", problem.code, problem.message, problem.hints.join(" | "))
    };
    site().body(text).diagnostics.into_iter().map(line).collect()
}
