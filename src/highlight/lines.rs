//! Lines of code as they were read before: the same lines stand in many pages, and grammars are slow.
//!
//! It must not know HTML. What a line is made of depends on its text and on the state in which it is read, and both are compared in full.

use std::collections::HashMap;

use syntect::parsing::{BasicScopeStackOp, ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// The class of a piece of code, and how many bytes it has.
pub type Piece = (u32, char);

/// Where a grammar stands at the beginning of a line.
#[derive(Clone, PartialEq)]
struct State {
    parse: ParseState,
    scopes: ScopeStack,
    /// The class of each scope on the stack; one without a class has that of the scope around it.
    classes: Vec<char>,
}

/// A line as it was read in one state, and the place of the state that follows.
struct Read {
    pieces: Box<[Piece]>,
    next: usize,
}

/// What has been read by one thread. It is bounded: a full memory begins anew.
#[derive(Default)]
pub struct Lines {
    states: Vec<(State, HashMap<Box<str>, Read>)>,
    count: usize,
}

const MOST_STATES: usize = 128;
const MOST_LINES: usize = 4096;
/// Longer code is not remembered: to copy the state at each of its lines could take longer than to read them.
const LONGEST_REMEMBERED: usize = 4096;

/// What reading needs to know of grammars.
pub struct Grammar<'g> {
    pub set: &'g SyntaxSet,
    pub class: fn(Scope) -> Option<char>,
}

impl Lines {
    /// Hands on the pieces of `code` and their classes, in its order. What comes after a failure of the grammar has no class.
    pub fn read(&mut self, syntax: &SyntaxReference, code: &str, grammar: &Grammar, mut push: impl FnMut(&str, char)) {
        let mut rest = code;
        let mut hand_on = |pieces: &[Piece]| {
            for (length, class) in pieces {
                let (piece, next) = rest.split_at(*length as usize);
                push(piece, *class);
                rest = next;
            }
        };
        if code.len() > LONGEST_REMEMBERED {
            let mut state = State::new(syntax);
            code.split_inclusive('\n').map_while(|line| state.read(line, grammar)).for_each(|pieces| hand_on(&pieces));
        } else {
            self.make_room();
            let mut at = self.place(State::new(syntax));
            for line in code.split_inclusive('\n') {
                let Some(read) = self.line(at, line, grammar) else { break };
                hand_on(&read.pieces);
                at = read.next;
            }
        }
        push(rest, '-');
    }

    fn make_room(&mut self) {
        if self.states.len() > MOST_STATES || self.count > MOST_LINES {
            *self = Lines::default();
        }
    }

    /// A line that is read in the state at a place; `None` if the grammar fails.
    fn line(&mut self, at: usize, line: &str, grammar: &Grammar) -> Option<&Read> {
        if !self.states[at].1.contains_key(line) {
            let mut state = self.states[at].0.clone();
            let pieces = state.read(line, grammar)?.into();
            let next = self.place(state);
            self.states[at].1.insert(line.into(), Read { pieces, next });
            self.count += 1;
        }
        self.states[at].1.get(line)
    }

    fn place(&mut self, state: State) -> usize {
        self.states.iter().position(|(known, _)| *known == state).unwrap_or_else(|| {
            self.states.push((state, HashMap::new()));
            self.states.len() - 1
        })
    }
}

impl State {
    fn new(syntax: &SyntaxReference) -> State {
        State { parse: ParseState::new(syntax), scopes: ScopeStack::new(), classes: vec!['-'] }
    }

    fn read(&mut self, line: &str, grammar: &Grammar) -> Option<Vec<Piece>> {
        let operations = self.parse.parse_line(line, grammar.set).ok()?;
        let mut pieces: Vec<Piece> = Vec::new();
        let mut from = 0;
        for (at, operation) in operations {
            self.piece(at - from, &mut pieces);
            from = at;
            let classes = &mut self.classes;
            // A grammar that pops more than it pushed colours the rest as it can.
            let _ = self.scopes.apply_with_hook(&operation, |change, _| match change {
                BasicScopeStackOp::Push(scope) => {
                    let around = classes.last().copied().unwrap_or('-');
                    classes.push((grammar.class)(scope).unwrap_or(around));
                }
                BasicScopeStackOp::Pop => {
                    classes.pop();
                }
            });
        }
        self.piece(line.len() - from, &mut pieces);
        Some(pieces)
    }

    fn piece(&self, length: usize, pieces: &mut Vec<Piece>) {
        if length > 0 {
            pieces.push((length as u32, self.classes.last().copied().unwrap_or('-')));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &mut Lines, set: &SyntaxSet, code: &str) -> String {
        let grammar = Grammar { set, class: |scope| scope.to_string().starts_with("comment").then_some('c') };
        let mut seen = String::new();
        let syntax = set.find_syntax_by_token("rust").unwrap();
        lines.read(syntax, code, &grammar, |text, class| seen.push_str(&format!("{class}{text}")));
        seen
    }

    #[test]
    fn a_line_is_remembered_with_the_state_in_which_it_was_read() {
        let set = two_face::syntax::extra_newlines();
        let mut lines = Lines::default();
        let codes = ["x\n/*\nx\n*/\nx\n", "x\n", "/*\nx\n"];
        let fresh = codes.map(|code| read(&mut Lines::default(), &set, code));
        assert_eq!(codes.map(|code| read(&mut lines, &set, code)), fresh);
        assert_eq!(codes.map(|code| read(&mut lines, &set, code)), fresh);
        assert!(fresh[2].contains("cx\n"), "{fresh:?}");
        assert_eq!(lines.count, 6, "`x` and `/*` at the beginning and later, `x` and `*/` in a comment");
    }

    #[test]
    fn code_that_is_too_long_to_be_remembered_is_read_all_the_same() {
        let set = two_face::syntax::extra_newlines();
        let mut lines = Lines::default();
        let code = "// x\nfn a() {}\n".repeat(LONGEST_REMEMBERED / 14);
        let seen = read(&mut lines, &set, &code);
        assert_eq!((seen.matches("c//").count(), lines.count), (LONGEST_REMEMBERED / 14, 0));
    }
}
