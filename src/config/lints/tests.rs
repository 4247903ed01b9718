use super::*;
use crate::config::read;

fn lints(text: &str) -> (Lints, Vec<String>) {
    let (config, problems) = read(&Arc::from("site.toml"), text, &[]);
    (config.lints, problems.into_iter().map(|problem| format!("{} | {}", problem.message, problem.hints.join(" | "))).collect())
}

#[test]
fn rules_are_in_the_order_of_their_codes_and_choices_are_theirs() {
    assert!(LINTS.is_sorted_by(|one, other| one.0 < other.0));
    assert!(CHOICES.iter().all(|choice| place(choice.code).is_some()));
    assert!(CHOICES.is_sorted_by(|one, other| (one.code, one.name) < (other.code, other.name)));
}

#[test]
fn the_type_holds_then_the_folder_then_the_one_above_then_the_site() {
    let text = "[lints]\nsame-source = \"off\"\n[lints.in.\"a/b\"]\nsame-source = \"off\"\n[lints.in.a]\nsame-source = \"error\"\n\
                [lints.type.study]\nsame-source = \"warn\"\n";
    let (lints, problems) = lints(text);
    assert_eq!(problems, [""; 0]);
    let level = |path, type_| lints.of_page(path, type_).level("same-source").expect("a rule");
    assert_eq!(level("content/x.md", "briefing"), Level::Off);
    assert_eq!(level("content/a/x.md", "briefing"), Level::Error);
    assert_eq!(level("content/a/b/x.md", "briefing"), Level::Off);
    assert_eq!(level("content/ab/x.md", "briefing"), Level::Off);
    assert_eq!(level("content/a/b/x.md", "study"), Level::Warn);
    assert!(lints.is_anywhere("same-source", Level::Error) && !lints.is_anywhere("single-source", Level::Error));
    assert_ne!(lints.group("content/a/x.md", ""), lints.group("content/ab/x.md", ""));
}

#[test]
fn what_nobody_knows_is_told_with_the_nearest() {
    let (_, problems) = lints("[lints.in.a]\nsame-sourse = \"off\"\n[lints.type]\nstudy = \"off\"\n");
    assert_eq!(
        problems,
        [
            "`lints.type.study` must be a table, not `\"off\"` | ",
            "there is no setting `lints.in.a.same-sourse` | did you mean `lints.in.a.same-source`?"
        ]
    );
}
