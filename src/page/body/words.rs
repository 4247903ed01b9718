//! How many words a text has.
//!
//! It must not know what a text is of.

/// So many bytes are looked at together.
const CHUNK: usize = 32;

/// Words are what stands between spaces and holds a letter or a digit.
pub fn count_words(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let has_letter = |from: usize| bytes[from..].iter().take_while(|byte| **byte != b' ').any(|byte| is_letter(*byte));
    // Every space begins a word, but for those few behind which no letter stands.
    let (mut spaces, mut without) = (0, u32::from(!has_letter(0)));
    let mut from = 0;
    while let Some(chunk) = bytes.get(from..).and_then(|rest| rest.first_chunk::<{ CHUNK + 1 }>()) {
        let (count, is_odd) = look(chunk);
        spaces += count;
        if is_odd {
            without += (from..from + CHUNK).filter(|at| bytes[*at] == b' ' && !has_letter(at + 1)).count() as u32;
        }
        from += CHUNK;
    }
    let rest = &bytes[from..];
    // What is behind the end is no letter, and nothing that counts.
    let mut last = [b'-'; CHUNK + 1];
    last[..rest.len()].copy_from_slice(rest);
    let (count, is_odd) = look(&last);
    spaces += count;
    if is_odd {
        without += (from..bytes.len()).filter(|at| bytes[*at] == b' ' && !has_letter(at + 1)).count() as u32;
    }
    spaces + 1 - without
}

/// How many of the bytes but the last one are spaces, and whether no letter stands behind one of them.
fn look(chunk: &[u8; CHUNK + 1]) -> (u32, bool) {
    let (mut count, mut is_odd) = (0u8, false);
    // Without a way out of the loop, so that it is one step for all of them.
    for at in 0..CHUNK {
        let is_space = chunk[at] == b' ';
        count += u8::from(is_space);
        is_odd |= is_space & !is_letter(chunk[at + 1]);
    }
    (u32::from(count), is_odd)
}

/// Every letter that is not of ASCII counts, whatever it is.
fn is_letter(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10) | (byte >= 0x80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_hold_a_letter_or_a_digit_and_stand_between_spaces() {
        let counts = ["", " ", "a", " a  b ", "a - b & c", "(see a) - x", "2 %", "é – ü"].map(count_words);
        assert_eq!(counts, [0, 0, 1, 2, 3, 3, 1, 3]);
    }

    #[test]
    fn long_texts_are_counted_as_short_ones_are() {
        let text = "One (two) - 3 %  four, \u{201C}five\u{201D} \u{2013} six ... ".repeat(9);
        let plainly = |text: &str| text.split(' ').filter(|word| word.bytes().any(is_letter)).count() as u32;
        for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
            assert_eq!(count_words(&text[..end]), plainly(&text[..end]), "{end}");
        }
    }
}
