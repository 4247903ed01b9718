//! What is in files that are packed: copies for servers, documents of office programs, books, archives.
//!
//! It unpacks into memory, and never more than so much. It must not know what is looked for.

use std::io::{Cursor, Read};

use brotli::Decompressor;
use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

/// So much is unpacked of one file, however much is in it.
pub const MOST: u64 = 64 << 20;

/// Calls `look` with the name and the bytes of every file that is packed in one; for what is not packed, or cannot be read, nothing is called.
pub fn each(path: &str, bytes: &[u8], mut look: impl FnMut(&str, &[u8])) {
    if bytes.starts_with(b"PK\x03\x04") {
        return archive(bytes, look);
    }
    let (name, ending) = path.rsplit_once('.').unwrap_or((path, ""));
    match ending {
        "gz" | "svgz" | "tgz" if bytes.starts_with(&[0x1f, 0x8b]) => look(name, &read(MultiGzDecoder::new(bytes), MOST)),
        "br" => look(name, &read(Decompressor::new(bytes, 4096), MOST)),
        _ => {}
    }
}

fn archive(bytes: &[u8], mut look: impl FnMut(&str, &[u8])) {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return };
    let mut left = MOST;
    for at in 0..archive.len() {
        let Ok(file) = archive.by_index(at) else { continue };
        let name = file.name().to_string();
        let unpacked = read(file, left);
        left -= unpacked.len() as u64;
        look(&name, &unpacked);
    }
}

/// What a reader gives before it fails, up to so many bytes.
fn read(reader: impl Read, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What comes before a fault is looked at all the same.
    let _ = reader.take(most).read_to_end(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn inside(path: &str, bytes: &[u8]) -> Vec<(String, usize)> {
        let mut found = Vec::new();
        each(path, bytes, |name, bytes| found.push((name.to_string(), bytes.len())));
        found
    }

    fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(bytes).expect("memory takes it");
        packer.finish().expect("memory takes it")
    }

    #[test]
    fn what_is_packed_is_looked_at() {
        assert_eq!(inside("a/x.html.gz", &gz(b"text")), [("a/x.html".to_string(), 4)]);
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["word/document.xml", "b.txt"] {
            archive.start_file(name, SimpleFileOptions::default()).expect("a name");
            archive.write_all(name.as_bytes()).expect("memory takes it");
        }
        let bytes = archive.finish().expect("memory takes it").into_inner();
        assert_eq!(inside("x.docx", &bytes), [("word/document.xml".to_string(), 17), ("b.txt".to_string(), 5)]);
        let mut packed = Vec::new();
        brotli::BrotliCompress(&mut &b"text"[..], &mut packed, &Default::default()).expect("memory takes it");
        assert_eq!(inside("x.css.br", &packed), [("x.css".to_string(), 4)]);
    }

    #[test]
    fn what_is_broken_or_too_large_is_read_as_far_as_it_goes() {
        assert_eq!(inside("x.docx", b"PK\x03\x04 no archive"), []);
        assert_eq!(inside("x.txt", b"text"), []);
        assert_eq!(inside("x.txt.gz", &gz(&vec![0; MOST as usize + 1])), [("x.txt".to_string(), MOST as usize)]);
    }
}
