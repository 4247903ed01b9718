//! What the path of a page says about it: folder, slug, date, language, and whether it is a section or a bundle.
