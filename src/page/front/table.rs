//! The macro that makes of the table of keys the type [`Front`](super::Front), its fingerprint and its defaults, and what is known of each key.
//!
//! It must not know any key by its name, but for those that several keys say together.

use super::keys::{KEYS, Key};
use super::node::Node;
use super::read::{Entry, Reader};
use crate::page::Taxonomy;

/// What is known of a key.
pub struct Row {
    pub key: Key,
    /// The heading of the manual below which it stands.
    pub section: &'static str,
    /// The lines of the manual about it. A key without any stands beside the one above it.
    pub doc: &'static [&'static str],
    /// Its own name, then the others in the order of their rank: the first that a page has holds.
    pub names: &'static [&'static str],
    /// What the manual calls its values.
    pub label: &'static str,
    pub who: Who,
    /// What holds without it.
    pub default: Option<&'static str>,
    /// Whether words behind a ` #` were meant as part of a value.
    pub has_signs: bool,
    /// Whether a value leaves the key as if it were absent.
    pub is_void: fn(&Node) -> bool,
    /// Takes the value of an entry for the key.
    pub assign: fn(&mut Reader, &Entry),
}

/// Whose pages may use a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Anybody,
    /// Pages of terms. Elsewhere the key may be anything, such as `featured: true`.
    Terms,
    /// `_index.md`.
    Sections,
}

impl Key {
    /// What is known of the key.
    pub fn row(self) -> &'static Row {
        &KEYS[self as usize]
    }

    /// The name by which the manual calls the key.
    pub fn name(self) -> &'static str {
        self.row().names[0]
    }

    /// The word that holds without the key; empty when nothing does.
    pub fn default_word(self) -> &'static str {
        self.row().default.unwrap_or_default()
    }

    /// The taxonomy whose terms the key names; `None` when it names none.
    pub fn taxonomy(self) -> Option<Taxonomy> {
        Taxonomy::named(self.name())
    }

    /// The key of a name in capital or small letters, and the rank of the name among the key's names; `None` when no key has it.
    pub fn named(name: &str) -> Option<(Key, usize)> {
        KEYS.iter().find_map(|row| Some((row.key, row.names.iter().position(|known| known.eq_ignore_ascii_case(name))?)))
    }
}

/// Makes all of the blocks of the table. A block is `Key = "name" or "another" => field: Kind, of Who, else "default";`, of which a key that is told
/// in several fields, or in one with others, names none. The field of a key that most pages have stands behind `->`; the others lie apart, and take
/// no space where a page has none of them.
macro_rules! keys {
    ($($section:literal { $(
        $(#[doc = $doc:literal])*
        $Key:ident = $name:literal $(or $other:literal)* $(-> $field:ident)? $(=> $rare:ident)? : $kind:ty $(, of $who:ident)?
            $(, else $default:literal)?;
    )* })*) => {
        /// A key of front matter.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Key {
            $($($Key,)*)*
        }

        /// Each key with what is known of it, in the order of the manual.
        pub static KEYS: &[Row] = &[$($(Row {
            key: Key::$Key,
            section: $section,
            doc: &[$($doc),*],
            names: &[$name $(, $other)*],
            label: <$kind>::LABEL,
            who: { let _who = Who::Anybody; $(let _who = Who::$who;)? _who },
            default: { let _default: Option<&str> = None; $(let _default = Some($default);)? _default },
            has_signs: <$kind>::HAS_SIGNS,
            is_void: <$kind>::is_void,
            assign: |reader, entry| {
                let _value = <$kind>::read(reader, entry.name, entry.value);
                $(reader.front.$field = _value;)?
                $(reader.front.rare.$rare = _value;)?
            },
        },)*)*];

        /// What few pages say.
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        pub struct RareKeys {
            $($($(
                #[doc = concat!("`", $name, "`, of which the table of keys says more.")]
                pub $rare: <$kind as Kind>::Value,
            )?)*)*
        }

        impl RareKeys {
            /// What a page has that says nothing of all this.
            pub(super) const UNSAID: RareKeys = RareKeys { $($($($rare: Said::UNSAID,)?)*)* };
        }

        /// Everything that the front matter of one file says. A key that is absent, null or wrong is `None` or empty.
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        pub struct Front {
            $($($(
                #[doc = concat!("`", $name, "`, of which the table of keys says more.")]
                pub $field: <$kind as Kind>::Value,
            )?)*)*
            pub rare: super::Rare,
            /// By taxonomy; `None` when the page does not say, so that a cascade can.
            pub terms: super::Terms,
            /// The most hidden of what `status`, `draft`, `published` and `withdrawn` say.
            pub status: Option<super::Status>,
            /// `permalink: false`.
            pub hidden_by_permalink: bool,
            /// An unknown `status`, a `draft` that cannot be read, a key that was meant to keep the page from readers, or front matter that is not
            /// read: never public, whatever else it says.
            pub status_unknown: bool,
            /// A `publish_at` that is no date: never public either.
            pub embargo_unclear: bool,
            /// A `date` or `expires` that is no date: an error, but a page whose text is looked at all the same.
            pub date_unclear: bool,
            /// Dates under words of other tools for `publish_at`: a mistake as long as they are to come.
            pub releases: Vec<super::Release>,
            /// Unknown keys, in the order of the file, as plain data. The keys of an `extra:` or `params:` map are put here one by one.
            #[serde(with = "super::persisted::extra")]
            pub extra: Vec<(String, Value)>,

            /// The names of the shortcodes that the text may call, sorted.
            pub shortcodes: Box<[Box<str>]>,
            /// The keys of sources that the file may cite, sorted.
            pub cites: Box<[Box<str>]>,
            /// The byte of the file at which the Markdown begins.
            pub body_start: usize,
            /// Where each known top-level key stands: the byte range of its entry (key and value).
            pub spans: Vec<(Key, Range<u32>)>,
            #[serde(skip)]
            pub diagnostics: Vec<Diagnostic>,
            /// Problems of keys that have a meaning on pages of terms only; reported if the page turns out to be one.
            #[serde(skip)]
            pub topic_diagnostics: Vec<Diagnostic>,
            /// The fingerprint of all that is said, once somebody has asked for it.
            #[serde(skip)]
            pub print: Once,
        }

        /// All that is said: everything but where it says so, and what is wrong with it.
        impl Hash for Front {
            fn hash<H: Hasher>(&self, hasher: &mut H) {
                // Every field is named, so that a new one cannot be forgotten.
                let Front {
                    $($($($field,)?)*)*
                    rare, terms, status, hidden_by_permalink, status_unknown, embargo_unclear, date_unclear, releases, extra,
                    shortcodes: _, cites: _, body_start: _, spans: _, diagnostics: _, topic_diagnostics: _, print: _,
                } = self;
                $($($(if !$field.is_unsaid() {
                    (Key::$Key as u8, $field).hash(hasher);
                })?)*)*
                let RareKeys { $($($($rare,)?)*)* } = &**rare;
                $($($(if !$rare.is_unsaid() {
                    (Key::$Key as u8, $rare).hash(hasher);
                })?)*)*
                (u8::MAX, terms, status, hidden_by_permalink, status_unknown, embargo_unclear, date_unclear, extra.len(), releases).hash(hasher);
                for (name, value) in extra {
                    name.hash(hasher);
                    print_value(value, hasher);
                }
            }
        }

        impl Front {
            /// This front matter with `defaults` for every key that it does not say (terms and lists are replaced, not joined; `extra` is joined key
            /// by key).
            ///
            /// Its places and problems stay its own: those of the defaults belong to the file that gives them.
            pub fn with_defaults(self, defaults: &Front) -> Front {
                Front {
                    // What hides a page is taken with the key that says it, and not without.
                    status_unknown: self.status_unknown || self.status.is_none() && defaults.status_unknown,
                    embargo_unclear: self.embargo_unclear || self.publish_at.is_none() && defaults.embargo_unclear,
                    date_unclear: self.date_unclear || self.date.is_none() && defaults.date_unclear,
                    hidden_by_permalink: self.hidden_by_permalink || self.path.is_none() && defaults.hidden_by_permalink,
                    releases: or_elsewhere(self.releases, &defaults.releases),
                    terms: or_each(self.terms, &defaults.terms),
                    status: self.status.or(defaults.status),
                    extra: join(self.extra, &defaults.extra),
                    $($($($field: Said::or(self.$field, &defaults.$field),)?)*)*
                    rare: self.rare.or(&defaults.rare, |own, defaults| RareKeys {
                        $($($($rare: Said::or(own.$rare, &defaults.$rare),)?)*)*
                    }),
                    shortcodes: self.shortcodes,
                    cites: self.cites,
                    body_start: self.body_start,
                    spans: self.spans,
                    diagnostics: self.diagnostics,
                    topic_diagnostics: self.topic_diagnostics,
                    print: Once::default(),
                }
            }

            /// The map that shortcodes see as `page`; what the page does not say is null or an empty list.
            pub fn value(&self) -> Value {
                let mut page = Map::with_capacity(KEYS.len());
                $($(
                    $(page.insert($name.into(), Said::to_value(&self.$field));)?
                    $(page.insert($name.into(), Said::to_value(&self.rare.$rare));)?
                )*)*
                self.add_shared(&mut page);
                Value::from(page)
            }
        }
    };
}

pub(super) use keys;
