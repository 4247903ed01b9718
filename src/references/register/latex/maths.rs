//! Maths between dollar signs, as much of it as titles have.

use crate::references::{Format, Inline};

use super::super::counted::looked_at;
use super::super::pieces::Builder;

/// Where maths that begins here ends: at the next dollar sign without a backslash.
pub fn end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let end = memchr::memchr_iter(b'$', bytes).find(|at| *at == 0 || bytes[at - 1] != b'\\');
    looked_at(end.unwrap_or(bytes.len()));
    end
}

/// Whether what stands between two dollar signs is maths rather than an amount of money and what follows it.
pub fn looks_like(inside: &str) -> bool {
    let blank = |letter: char| letter.is_whitespace();
    if inside.is_empty() || inside.starts_with(blank) || inside.ends_with(blank) {
        return false;
    }
    let is_variable = inside.chars().count() == 1 && inside.chars().all(|letter| letter.is_ascii_alphabetic() || "<>=+".contains(letter));
    is_variable || inside.contains(['\\', '^', '_', '=', '<', '>'])
}

/// Adds signs of maths: letters are variables and slanted, the rest is upright.
pub fn push(pieces: &mut Builder, text: &str) {
    let is_variable = |letter: char| letter.is_ascii_alphabetic();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|letter| is_variable(letter) != is_variable(first)).unwrap_or(rest.len());
        if is_variable(first) {
            pieces.piece(Inline::Span(Format::Italic, vec![Inline::text(&rest[..end])]));
        } else {
            pieces.text(&rest[..end]);
        }
        rest = &rest[end..];
    }
}

/// A sign of maths by its command.
pub fn sign(name: &str) -> Option<&'static str> {
    const SIGNS: &[(&str, &str)] = &[
        ("alpha", "α"),
        ("beta", "β"),
        ("gamma", "γ"),
        ("delta", "δ"),
        ("epsilon", "ε"),
        ("varepsilon", "ε"),
        ("zeta", "ζ"),
        ("eta", "η"),
        ("theta", "θ"),
        ("iota", "ι"),
        ("kappa", "κ"),
        ("lambda", "λ"),
        ("mu", "μ"),
        ("nu", "ν"),
        ("xi", "ξ"),
        ("pi", "π"),
        ("rho", "ρ"),
        ("sigma", "σ"),
        ("tau", "τ"),
        ("phi", "φ"),
        ("varphi", "φ"),
        ("chi", "χ"),
        ("psi", "ψ"),
        ("omega", "ω"),
        ("Gamma", "Γ"),
        ("Delta", "Δ"),
        ("Theta", "Θ"),
        ("Lambda", "Λ"),
        ("Pi", "Π"),
        ("Sigma", "Σ"),
        ("Phi", "Φ"),
        ("Psi", "Ψ"),
        ("Omega", "Ω"),
        ("times", "×"),
        ("cdot", "·"),
        ("pm", "±"),
        ("leq", "≤"),
        ("le", "≤"),
        ("geq", "≥"),
        ("ge", "≥"),
        ("neq", "≠"),
        ("approx", "≈"),
        ("sim", "∼"),
        ("circ", "°"),
        ("to", "→"),
        ("rightarrow", "→"),
        ("leftarrow", "←"),
        ("infty", "∞"),
        ("prime", "′"),
        ("ell", "ℓ"),
        ("sum", "∑"),
        ("partial", "∂"),
        ("in", "∈"),
    ];
    SIGNS.iter().find(|(written, _)| *written == name).map(|(_, sign)| *sign)
}
