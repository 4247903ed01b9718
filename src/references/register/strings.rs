//! Words that registers name by keys: kinds of theses and reports, states of publication. The keys are those of biblatex's bibliography strings
//! (manual of 3.19, section 4.9.2); the words are ours.

/// Languages of the table, in the order of its columns.
const LANGUAGES: [&str; 10] = ["en", "de", "fr", "es", "it", "nl", "pl", "pt", "uk", "ar"];

/// Keys, each with its words in every language.
const WORDS: &[(&str, [&str; 10])] = &[
    (
        "phdthesis",
        [
            "PhD thesis",
            "Dissertation",
            "thèse de doctorat",
            "tesis doctoral",
            "tesi di dottorato",
            "proefschrift",
            "rozprawa doktorska",
            "tese de doutoramento",
            "дисертація",
            "أطروحة دكتوراه",
        ],
    ),
    (
        "mathesis",
        [
            "Master’s thesis",
            "Masterarbeit",
            "mémoire de master",
            "trabajo de fin de máster",
            "tesi di laurea magistrale",
            "masterscriptie",
            "praca magisterska",
            "dissertação de mestrado",
            "магістерська робота",
            "رسالة ماجستير",
        ],
    ),
    (
        "bathesis",
        [
            "Bachelor’s thesis",
            "Bachelorarbeit",
            "mémoire de licence",
            "trabajo de fin de grado",
            "tesi di laurea",
            "bachelorscriptie",
            "praca licencjacka",
            "trabalho de licenciatura",
            "бакалаврська робота",
            "بحث تخرج",
        ],
    ),
    (
        "candthesis",
        [
            "Candidate thesis",
            "Kandidatenarbeit",
            "thèse de candidature",
            "tesis de candidatura",
            "tesi di candidatura",
            "kandidaatsscriptie",
            "praca kandydacka",
            "tese de candidatura",
            "кандидатська дисертація",
            "أطروحة ترشيح",
        ],
    ),
    (
        "resreport",
        [
            "Research report",
            "Forschungsbericht",
            "rapport de recherche",
            "informe de investigación",
            "rapporto di ricerca",
            "onderzoeksrapport",
            "raport z badań",
            "relatório de investigação",
            "звіт про дослідження",
            "تقرير بحثي",
        ],
    ),
    (
        "techreport",
        [
            "Technical report",
            "Technischer Bericht",
            "rapport technique",
            "informe técnico",
            "rapporto tecnico",
            "technisch rapport",
            "raport techniczny",
            "relatório técnico",
            "технічний звіт",
            "تقرير تقني",
        ],
    ),
    (
        "software",
        [
            "Computer software",
            "Software",
            "logiciel",
            "software",
            "software",
            "software",
            "oprogramowanie",
            "software",
            "програмне забезпечення",
            "برمجية",
        ],
    ),
    ("datacd", ["CD-ROM", "CD-ROM", "CD-ROM", "CD-ROM", "CD-ROM", "cd-rom", "CD-ROM", "CD-ROM", "CD-ROM", "قرص مدمج"]),
    (
        "audiocd",
        ["Audio CD", "Audio-CD", "CD audio", "CD de audio", "CD audio", "audio-cd", "płyta CD", "CD de áudio", "аудіодиск", "قرص صوتي"],
    ),
    (
        "inpress",
        ["in press", "im Druck", "sous presse", "en prensa", "in stampa", "ter perse", "w druku", "no prelo", "у друці", "قيد الطبع"],
    ),
    (
        "forthcoming",
        [
            "forthcoming",
            "im Erscheinen",
            "à paraître",
            "de próxima aparición",
            "di prossima pubblicazione",
            "te verschijnen",
            "w przygotowaniu do druku",
            "a publicar",
            "готується до друку",
            "يصدر قريبا",
        ],
    ),
    (
        "submitted",
        [
            "submitted",
            "eingereicht",
            "soumis",
            "enviado",
            "sottoposto",
            "ingediend",
            "złożono do druku",
            "submetido",
            "подано",
            "مقدم للنشر",
        ],
    ),
    (
        "inpreparation",
        [
            "in preparation",
            "in Vorbereitung",
            "en préparation",
            "en preparación",
            "in preparazione",
            "in voorbereiding",
            "w przygotowaniu",
            "em preparação",
            "готується",
            "قيد الإعداد",
        ],
    ),
    (
        "prepublished",
        [
            "pre-published",
            "Vorabveröffentlichung",
            "prépublié",
            "publicación previa",
            "pre-pubblicato",
            "voorpublicatie",
            "wersja przedpublikacyjna",
            "pré-publicado",
            "препринт",
            "نشر مسبق",
        ],
    ),
];

/// What a key stands for in a language, such as `de` or `pt-BR`; in English, if the language has no words here. `None` if it is no key.
pub fn words(key: &str, language: &str) -> Option<&'static str> {
    let key = match key.trim().to_ascii_lowercase().as_str() {
        "mastersthesis" => "mathesis".to_string(),
        "bachelorsthesis" | "bachelorthesis" => "bathesis".to_string(),
        other => other.to_string(),
    };
    let (_, words) = WORDS.iter().find(|(own, _)| *own == key)?;
    let main = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let column = LANGUAGES.iter().position(|known| *known == main).unwrap_or(0);
    Some(words[column])
}

/// The key that the words of a language stand for, such as `inpress` for `in press` and `im Druck`.
pub fn key(written: &str) -> Option<&'static str> {
    let lower = written.trim().to_lowercase();
    let is_same = |words: &[&str; 10]| words.iter().any(|own| own.to_lowercase() == lower);
    WORDS.iter().find(|(_, words)| is_same(words)).map(|(key, _)| *key)
}
