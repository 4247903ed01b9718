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
    /// Names of the alerts in [`KINDS`].
    kinds: [&'static str; 5],
}

/// The kinds of alerts that GitHub knows (<https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#alerts>).
pub const KINDS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

const ENGLISH: Words = Words {
    notes: "Notes",
    note: "Note",
    back: "Back to reference",
    table: "Table",
    done: "Done",
    to_do: "To do",
    kinds: ["Note", "Tip", "Important", "Warning", "Caution"],
};
const FRENCH: Words = Words {
    notes: "Notes",
    note: "Note",
    back: "Retour à l’appel de note",
    table: "Tableau",
    done: "Fait",
    to_do: "À faire",
    kinds: ["Note", "Conseil", "Important", "Avertissement", "Attention"],
};
const GERMAN: Words = Words {
    notes: "Anmerkungen",
    note: "Anmerkung",
    back: "Zurück zur Stelle",
    table: "Tabelle",
    done: "Erledigt",
    to_do: "Offen",
    kinds: ["Hinweis", "Tipp", "Wichtig", "Warnung", "Vorsicht"],
};
const SPANISH: Words = Words {
    notes: "Notas",
    note: "Nota",
    back: "Volver a la llamada",
    table: "Tabla",
    done: "Hecho",
    to_do: "Pendiente",
    kinds: ["Nota", "Consejo", "Importante", "Advertencia", "Precaución"],
};
const ARABIC: Words = Words {
    notes: "الحواشي",
    note: "حاشية",
    back: "العودة إلى المرجع",
    table: "جدول",
    done: "تم",
    to_do: "لم يتم بعد",
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
