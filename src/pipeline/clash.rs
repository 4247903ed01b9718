//! Two files at one place, as the plan of all files shows it.
//!
//! It must not know what is in a file.

use crate::diagnostic::Diagnostic;
use crate::emit::Output;

/// Files that would lie at one path, or below a file. `outputs` are in the order of their paths.
pub fn clashes(outputs: &[Output]) -> Vec<Diagnostic> {
    let clash = |path: &str, a: &Output, b: &Output| {
        let message = format!("two files would be written to `{path}`: {} and {}", origin(a), origin(b));
        Diagnostic::error("same-output", message).hint("rename one of them, or give it another `slug` or `path`")
    };
    let mut found = Vec::new();
    for pair in outputs.windows(2).filter(|pair| pair[0].path == pair[1].path) {
        found.push(clash(&pair[0].path, &pair[0], &pair[1]));
    }
    for (at, [file, next]) in outputs.array_windows().enumerate() {
        // What begins with the path of a file comes right behind it, and what is below that path is among it.
        if next.path.starts_with(&*file.path) && next.path != file.path {
            let folder = format!("{}/", file.path);
            let rest = &outputs[at..];
            let below = &rest[rest.partition_point(|other| *other.path < *folder)..];
            found.extend(below.iter().take_while(|other| other.path.starts_with(&folder)).map(|inside| clash(&file.path, file, inside)));
        }
    }
    found
}

/// The emitters whose other files are best called by their names, such as `robots.txt`.
const FOR_HOSTS: [&str; 2] = ["host", "redirect"];

/// What a file is made from, for messages.
fn origin(output: &Output) -> String {
    match (output.source(), output.doc()) {
        (Some(path), _) => format!("`{path}`"),
        (_, Some(doc)) => format!("the {} `{}`", output.emitter().name, doc.title),
        _ if FOR_HOSTS.contains(&output.emitter().name) => format!("`{}`", output.path),
        _ => format!("the {}", output.emitter().name),
    }
}
