//! The commands of LaTeX that registers use.
//!
//! Signs are those of LaTeX's kernel, `textcomp`, `eurosym`, `csquotes` and biblatex's own (<https://ctan.org/pkg/biblatex>).

use crate::references::Format;

/// What a command means.
#[derive(Clone, Copy)]
pub enum Command {
    /// Text, and no argument.
    Sign(&'static str),
    /// Its argument, set so.
    Format(Format),
    /// The rest of its group, set so.
    Rest(Format),
    /// Its argument as it is.
    Argument,
    /// Its argument, upright in maths too.
    Roman,
    /// Its argument is maths.
    Maths,
    /// Its argument is shown nowhere.
    Dropped,
    /// Its second argument; the first is a language or a colour.
    Second,
    /// An address that is its own text.
    Address,
    /// An address and the text of a link.
    Link,
    /// A word of biblatex, by its key.
    String,
}

/// The command of a name without its backslash.
pub fn command(name: &str) -> Option<Command> {
    use Command::*;
    Some(match name {
        "emph" | "textit" | "textsl" | "mkbibemph" | "mkbibitalic" => Format(Italic),
        "textbf" | "mkbibbold" => Format(Bold),
        "textsc" => Format(SmallCaps),
        "textsuperscript" | "mkbibsuperscript" | "textsup" => Format(Superscript),
        "textsubscript" | "mkbibsubscript" | "textsub" => Format(Subscript),
        "underline" | "ul" | "uline" => Format(Underline),
        "textup" | "textrm" | "textnormal" | "textmd" => Format(Upright),
        "enquote" | "textquote" | "mkbibquote" => Format(Quoted),
        "NoCaseChange" | "nocase" => Format(Verbatim),
        "em" | "it" | "itshape" | "sl" | "slshape" => Rest(Italic),
        "bf" | "bfseries" => Rest(Bold),
        "sc" | "scshape" => Rest(SmallCaps),
        "rm" | "rmfamily" | "upshape" | "normalfont" => Rest(Upright),
        "mathrm" | "text" | "mathsf" | "mathtt" | "operatorname" | "mbox" | "hbox" | "textnormalsize" => Roman,
        "ensuremath" => Maths,
        "texttt" | "textsf" | "protect" | "autocap" | "MakeCapital" | "MakeSentenceCase" | "nolinkurl" | "textlatin" | "mathit"
        | "mathbf" | "mathcal" | "mathbb" | "sqrt" | "uppercase" | "MakeUppercase" | "lowercase" | "MakeLowercase" | "relax" | "xspace"
        | "tt" | "ttfamily" | "sf" | "sffamily" | "small" | "footnotesize" | "normalsize" | "large" | "left" | "right" | "displaystyle"
        | "textstyle" | "nobreakdash" | "allowbreak" | "noindent" | "hyp" => Argument,
        "noopsort" | "sortnoop" | "phantom" | "vphantom" | "hphantom" | "label" | "index" | "vspace" | "hspace" => Dropped,
        "foreignlanguage" | "textcolor" | "textlang" | "selectlanguage" => Second,
        "url" | "path" => Address,
        "href" => Link,
        "bibstring" | "bibcpstring" | "bibsstring" | "biblstring" | "bibcplstring" | "bibsentence" => String,
        _ => Sign(sign(name)?),
    })
}

use Format::{Bold, Italic, Quoted, SmallCaps, Subscript, Superscript, Underline, Upright, Verbatim};

/// The text of a command that takes no argument.
fn sign(name: &str) -> Option<&'static str> {
    Some(match name {
        "&" | "%" | "_" | "#" | "$" | "{" | "}" => &"&%_#${}"["&%_#${}".find(name)?..][..1],
        " " | "\n" | "\t" | "\r" | "\\" | "newline" | "par" | "linebreak" | "quad" | "qquad" | "enspace" | "space" | ":" | ">" | ";" => " ",
        "," | "thinspace" | "addthinspace" => "\u{202f}",
        "nobreakspace" | "addnbspace" => "\u{a0}",
        "-" | "/" | "!" | "@" | "(" | ")" | "[" | "]" | "null" | "textcompwordmark" | "nocorr" => "",
        "ss" => "ß",
        "SS" => "ẞ",
        "ae" => "æ",
        "AE" => "Æ",
        "oe" => "œ",
        "OE" => "Œ",
        "aa" => "å",
        "AA" => "Å",
        "o" => "ø",
        "O" => "Ø",
        "l" => "ł",
        "L" => "Ł",
        "i" => "ı",
        "j" => "ȷ",
        "dh" => "ð",
        "DH" => "Ð",
        "th" => "þ",
        "TH" => "Þ",
        "dj" => "đ",
        "DJ" => "Đ",
        "ng" => "ŋ",
        "NG" => "Ŋ",
        "textendash" | "endash" => "–",
        "textemdash" | "emdash" => "—",
        "texthyphen" | "hyphen" => "-",
        "bibrangedash" => "–",
        "ldots" | "dots" | "textellipsis" | "dotsc" | "dotso" | "textelp" => "…",
        "texteuro" | "euro" | "EUR" | "officialeuro" => "€",
        "textsterling" | "pounds" => "£",
        "textyen" | "yen" => "¥",
        "textcent" => "¢",
        "textdollar" => "$",
        "textcurrency" => "¤",
        "S" | "textsection" => "§",
        "P" | "textparagraph" => "¶",
        "dag" | "textdagger" => "†",
        "ddag" | "textdaggerdbl" => "‡",
        "copyright" | "textcopyright" => "©",
        "textregistered" | "circledR" => "®",
        "texttrademark" => "™",
        "textbullet" => "•",
        "textperiodcentered" | "cdotp" => "·",
        "textdegree" | "degree" => "°",
        "textnumero" => "№",
        "textmu" => "µ",
        "textonehalf" => "½",
        "textonequarter" => "¼",
        "textthreequarters" => "¾",
        "textonesuperior" => "¹",
        "texttwosuperior" => "²",
        "textthreesuperior" => "³",
        "textordfeminine" => "ª",
        "textordmasculine" => "º",
        "textexclamdown" => "¡",
        "textquestiondown" => "¿",
        "textpm" => "±",
        "texttimes" => "×",
        "textdiv" => "÷",
        "textminus" => "−",
        "textless" => "<",
        "textgreater" => ">",
        "textbar" => "|",
        "textbackslash" => "\\",
        "textasciitilde" => "~",
        "textasciicircum" => "^",
        "textasciigrave" => "`",
        "textunderscore" => "_",
        "textbraceleft" | "lbrace" => "{",
        "textbraceright" | "rbrace" => "}",
        "textpercent" => "%",
        "textquotesingle" => "'",
        "textquotedbl" => "\"",
        "textquoteleft" | "lq" => "‘",
        "textquoteright" | "rq" => "’",
        "textquotedblleft" => "“",
        "textquotedblright" => "”",
        "quotesinglbase" | "glq" => "‚",
        "quotedblbase" | "glqq" => "„",
        "grq" => "‘",
        "grqq" => "“",
        "guillemotleft" | "guillemetleft" | "flqq" | "og" => "«",
        "guillemotright" | "guillemetright" | "frqq" | "fg" => "»",
        "guilsinglleft" | "flq" => "‹",
        "guilsinglright" | "frq" => "›",
        "slash" => "/",
        "LaTeX" => "LaTeX",
        "TeX" => "TeX",
        "BibTeX" => "BibTeX",
        _ => return None,
    })
}
