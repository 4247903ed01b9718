//! Words that stand in attributes, for those who can't see a page, in its language.
//!
//! It must not know what is labelled.

use crate::typography::primary;

/// The words of one language.
pub struct Words {
    /// Name of the footnotes at the end.
    pub notes: &'static str,
    /// Name of a reference to a note, before its number.
    pub note: &'static str,
    /// Name of the way back from a note, before the number of the reference.
    pub back: &'static str,
    /// Name of a table under no heading.
    pub table: &'static str,
    /// States of a task.
    pub done: &'static str,
    pub to_do: &'static str,
    pub in_progress: &'static str,
    pub cancelled: &'static str,
    /// Names of the alerts in [`KINDS`].
    kinds: [&'static str; 5],
}

/// The kinds of alerts that GitHub knows (<https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#alerts>).
pub const KINDS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

/// The further kinds that Obsidian has (<https://help.obsidian.md/callouts#Supported%20types>), with the known kind as which each looks; `None` where
/// it looks as one of the site's own.
pub const FURTHER: [(&str, Option<&str>); 22] = [
    ("abstract", None),
    ("summary", None),
    ("tldr", None),
    ("info", Some("note")),
    ("todo", Some("note")),
    ("hint", Some("tip")),
    ("success", Some("tip")),
    ("check", Some("tip")),
    ("done", Some("tip")),
    ("question", Some("warning")),
    ("help", Some("warning")),
    ("faq", Some("warning")),
    ("attention", Some("warning")),
    ("failure", Some("caution")),
    ("fail", Some("caution")),
    ("missing", Some("caution")),
    ("danger", Some("caution")),
    ("error", Some("caution")),
    ("bug", Some("caution")),
    ("example", None),
    ("quote", None),
    ("cite", None),
];

/// The known kind as which a further one looks.
pub fn look(kind: &str) -> Option<&'static str> {
    FURTHER.iter().find(|(known, _)| *known == kind)?.1
}

const ENGLISH: Words = Words {
    notes: "Notes",
    note: "Note",
    back: "Back to reference",
    table: "Table",
    done: "Done",
    to_do: "To do",
    in_progress: "In progress",
    cancelled: "Cancelled",
    kinds: ["Note", "Tip", "Important", "Warning", "Caution"],
};
const FRENCH: Words = Words {
    notes: "Notes",
    note: "Note",
    back: "Retour à l’appel de note",
    table: "Tableau",
    done: "Fait",
    to_do: "À faire",
    in_progress: "En cours",
    cancelled: "Annulé",
    kinds: ["Note", "Conseil", "Important", "Avertissement", "Attention"],
};
const GERMAN: Words = Words {
    notes: "Anmerkungen",
    note: "Anmerkung",
    back: "Zurück zur Stelle",
    table: "Tabelle",
    done: "Erledigt",
    to_do: "Offen",
    in_progress: "In Arbeit",
    cancelled: "Entfällt",
    kinds: ["Hinweis", "Tipp", "Wichtig", "Warnung", "Vorsicht"],
};
const SPANISH: Words = Words {
    notes: "Notas",
    note: "Nota",
    back: "Volver a la llamada",
    table: "Tabla",
    done: "Hecho",
    to_do: "Pendiente",
    in_progress: "En curso",
    cancelled: "Cancelado",
    kinds: ["Nota", "Consejo", "Importante", "Advertencia", "Precaución"],
};
const ARABIC: Words = Words {
    notes: "الحواشي",
    note: "حاشية",
    back: "العودة إلى المرجع",
    table: "جدول",
    done: "تم",
    to_do: "لم يتم بعد",
    in_progress: "قيد التنفيذ",
    cancelled: "ملغى",
    kinds: ["ملاحظة", "نصيحة", "هام", "تحذير", "تنبيه"],
};

/// The words for a language such as `fr-CA`; English where nobody has translated them.
pub fn words(lang: &str) -> &'static Words {
    match primary(lang) {
        "fr" => &FRENCH,
        "de" => &GERMAN,
        "es" => &SPANISH,
        "ar" => &ARABIC,
        _ => &ENGLISH,
    }
}

impl Words {
    /// The name of an alert; a kind of the site's own is its own name.
    pub fn kind(&self, kind: &str) -> String {
        if let Some(at) = KINDS.iter().position(|known| *known == kind) {
            return self.kinds[at].into();
        }
        let mut letters = kind.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_the_sites_own_is_its_own_name() {
        assert_eq!(words("de-AT").kind("warning"), "Warnung");
        assert_eq!(words("en").kind("example"), "Example");
    }
}
