//! Languages of sources: names of babel and polyglossia, of people and of ISO 639-2, as codes of BCP 47.

/// Names, each with its code. The first name of a code is the one that is written.
const NAMES: &[(&str, &str)] = &[
    ("english", "en"),
    ("british", "en-GB"),
    ("american", "en-US"),
    ("australian", "en-AU"),
    ("canadian", "en-CA"),
    ("newzealand", "en-NZ"),
    ("ukenglish", "en-GB"),
    ("usenglish", "en-US"),
    ("englisch", "en"),
    ("anglais", "en"),
    ("inglés", "en"),
    ("eng", "en"),
    ("ngerman", "de"),
    ("german", "de"),
    ("germanb", "de"),
    ("deutsch", "de"),
    ("allemand", "de"),
    ("alemán", "de"),
    ("ger", "de"),
    ("deu", "de"),
    ("naustrian", "de-AT"),
    ("austrian", "de-AT"),
    ("nswissgerman", "de-CH"),
    ("swissgerman", "de-CH"),
    ("french", "fr"),
    ("francais", "fr"),
    ("français", "fr"),
    ("französisch", "fr"),
    ("francés", "fr"),
    ("frenchb", "fr"),
    ("fre", "fr"),
    ("fra", "fr"),
    ("canadien", "fr-CA"),
    ("acadian", "fr-CA"),
    ("spanish", "es"),
    ("español", "es"),
    ("espagnol", "es"),
    ("spanisch", "es"),
    ("castilian", "es"),
    ("spa", "es"),
    ("mexican", "es-MX"),
    ("spanishmx", "es-MX"),
    ("italian", "it"),
    ("italiano", "it"),
    ("italienisch", "it"),
    ("italien", "it"),
    ("ita", "it"),
    ("dutch", "nl"),
    ("nederlands", "nl"),
    ("niederländisch", "nl"),
    ("néerlandais", "nl"),
    ("dut", "nl"),
    ("nld", "nl"),
    ("polish", "pl"),
    ("polski", "pl"),
    ("polnisch", "pl"),
    ("pol", "pl"),
    ("portuguese", "pt"),
    ("portuges", "pt"),
    ("português", "pt"),
    ("portugiesisch", "pt"),
    ("por", "pt"),
    ("brazilian", "pt-BR"),
    ("brazil", "pt-BR"),
    ("ukrainian", "uk"),
    ("українська", "uk"),
    ("ukrainisch", "uk"),
    ("ukr", "uk"),
    ("arabic", "ar"),
    ("العربية", "ar"),
    ("arabisch", "ar"),
    ("ara", "ar"),
    ("russian", "ru"),
    ("russisch", "ru"),
    ("rus", "ru"),
    ("swedish", "sv"),
    ("swe", "sv"),
    ("danish", "da"),
    ("dan", "da"),
    ("norwegian", "no"),
    ("norsk", "nb"),
    ("nynorsk", "nn"),
    ("nor", "no"),
    ("finnish", "fi"),
    ("fin", "fi"),
    ("icelandic", "is"),
    ("estonian", "et"),
    ("latvian", "lv"),
    ("lithuanian", "lt"),
    ("czech", "cs"),
    ("slovak", "sk"),
    ("slovene", "sl"),
    ("slovenian", "sl"),
    ("croatian", "hr"),
    ("serbian", "sr"),
    ("serbianc", "sr-Cyrl"),
    ("bosnian", "bs"),
    ("macedonian", "mk"),
    ("bulgarian", "bg"),
    ("romanian", "ro"),
    ("hungarian", "hu"),
    ("magyar", "hu"),
    ("greek", "el"),
    ("ancientgreek", "grc"),
    ("polutonikogreek", "el"),
    ("turkish", "tr"),
    ("hebrew", "he"),
    ("persian", "fa"),
    ("farsi", "fa"),
    ("catalan", "ca"),
    ("galician", "gl"),
    ("basque", "eu"),
    ("welsh", "cy"),
    ("irish", "ga"),
    ("scottish", "gd"),
    ("latin", "la"),
    ("japanese", "ja"),
    ("chinese", "zh"),
    ("korean", "ko"),
    ("hindi", "hi"),
    ("thai", "th"),
    ("vietnamese", "vi"),
    ("indonesian", "id"),
    ("bahasai", "id"),
    ("malay", "ms"),
    ("bahasam", "ms"),
    ("afrikaans", "af"),
    ("albanian", "sq"),
    ("armenian", "hy"),
    ("georgian", "ka"),
    ("belarusian", "be"),
    ("esperanto", "eo"),
    ("swahili", "sw"),
];

/// The code of a language: of its name in babel, in its own or another language, or of a code in any spelling. `None` if nobody knows it.
pub fn code(written: &str) -> Option<String> {
    let lower = written.trim().to_lowercase();
    let name = lower.strip_prefix("lang").filter(|name| NAMES.iter().any(|(own, _)| own == name)).unwrap_or(&lower);
    if let Some((_, code)) = NAMES.iter().find(|(own, _)| *own == name) {
        return Some((*code).to_string());
    }
    let mut parts = lower.split(['-', '_']);
    let main = parts.next().unwrap_or_default();
    let is_word = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    if !is_word(main, 2..=3) || !main.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let mut code = main.to_string();
    for part in parts {
        if !is_word(part, 1..=8) {
            return None;
        }
        code.push('-');
        match (part.len(), part) {
            // The kingdom's code is GB.
            (2, "uk") if main == "en" => code.push_str("GB"),
            (2, part) => code.push_str(&part.to_ascii_uppercase()),
            (4, part) if part.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
                code.push_str(&part[..1].to_ascii_uppercase());
                code.push_str(&part[1..]);
            }
            (_, part) => code.push_str(part),
        }
    }
    Some(code)
}

/// The name of babel for a code, if it has one.
pub fn babel(code: &str) -> Option<&'static str> {
    NAMES.iter().find(|(name, own)| *own == code && name.len() > 3).map(|(name, _)| *name)
}
