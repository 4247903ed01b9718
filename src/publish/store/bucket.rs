//! Objects in a bucket: what is there, and what is put and deleted.
//!
//! It must not know the order of things.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use object_store::path::Path;
use object_store::{Attribute, Attributes, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, UpdateVersion};
use rayon::prelude::*;
use tokio::runtime::Runtime;

use super::connect::{connect, guard_variables};
use super::failed::to_error;
use super::{Service, Settings};
use crate::publish::PublishOptions;
use crate::publish::error::Error;
use crate::publish::host::{Access, Progress};
use crate::publish::lock::{Held, LOCK, Note, Shared, Standing, lock};
use crate::publish::published::Known;
use crate::publish::release::{Coding, File, Release, suffix};
use crate::publish::steps::{Shelf, Steps, Versions};

/// So many requests are under way at once.
const AT_ONCE: usize = 48;
/// Files are read in lots of so many, and of so many bytes.
const LOT: usize = 512;
const LOT_BYTES: u64 = 64 << 20;

/// A bucket, or the part of it that a site has.
#[derive(Clone)]
pub struct Bucket {
    runtime: Arc<Runtime>,
    store: Arc<dyn ObjectStore>,
    prefix: String,
    service: Service,
}

/// Opens the bucket and takes its lock, unless it is only read.
///
/// # Errors
/// The settings or the credentials are not enough, the service cannot be reached, or another process publishes there.
pub fn open(settings: &Settings, options: &PublishOptions) -> Result<Steps<Bucket>, Error> {
    // Another part of the process may have chosen the same before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = Arc::new(runtime.map_err(|error| Error::place(format!("cannot begin to speak with the network: {error}")))?);
    guard_variables(settings.service, options.variables)?;
    let store = connect(settings, options.variables).map_err(|error| to_error("open", &settings.bucket, settings.service, &error))?;
    let bucket = Bucket { runtime, store, prefix: settings.prefix.clone(), service: settings.service };
    let lock = if options.access == Access::Write { Some(bucket.lock(options.clock)?) } else { None };
    Ok(Steps { shelf: bucket, lock })
}

impl Bucket {
    fn place(&self, path: &str) -> Result<Path, Error> {
        let whole = if self.prefix.is_empty() { path.to_string() } else { format!("{}/{path}", self.prefix) };
        Path::parse(whole).map_err(|error| Error::place(format!("`{path}` cannot be the name of an object: {error}")))
    }

    fn failed(&self, doing: &str, path: &str) -> impl FnOnce(object_store::Error) -> Error {
        let (doing, path, service) = (doing.to_string(), path.to_string(), self.service);
        move |error| to_error(&doing, &path, service, &error)
    }

    /// Puts the note of this process there, if no other holds.
    fn lock(&self, clock: fn() -> Timestamp) -> Result<Held, Error> {
        let place = self.place(LOCK)?;
        let note = Note::new(clock());
        let version = match self.put_note(&note, PutMode::Create) {
            Ok(version) => version,
            Err(object_store::Error::AlreadyExists { .. } | object_store::Error::Precondition { .. }) => self.take_over(&note, clock)?,
            Err(error) => return Err(to_error("lock", LOCK, self.service, &error)),
        };
        let version: Shared<UpdateVersion> = Arc::new(std::sync::Mutex::new(version));
        let (renewer, renewing) = (self.clone(), version.clone());
        let renew = move |note: &Note| {
            let known = lock(&renewing).clone();
            match renewer.put_note(note, PutMode::Update(known)) {
                Ok(new) => *lock(&renewing) = new,
                // Only who is told that another has it has lost it: a network that fails comes back, or the note becomes void.
                Err(object_store::Error::Precondition { .. } | object_store::Error::NotFound { .. }) => return false,
                Err(_) => {}
            }
            true
        };
        let owner = self.clone();
        let give_back = move || {
            // A note that stays is void when its process is dead.
            let _ = owner.runtime.block_on(owner.store.delete(&place));
        };
        Ok(Held::new(note, clock, renew, give_back))
    }

    fn take_over(&self, note: &Note, clock: fn() -> Timestamp) -> Result<UpdateVersion, Error> {
        let place = self.place(LOCK)?;
        let found = self.runtime.block_on(async {
            let found = self.store.get(&place).await?;
            let version = UpdateVersion { e_tag: found.meta.e_tag.clone(), version: found.meta.version.clone() };
            Ok::<_, object_store::Error>((version, found.bytes().await?))
        });
        let mode = match found {
            Ok((version, bytes)) => match Note::from_json(&bytes) {
                // The answer to our own request was lost, and it was made again.
                Some(other) if other.is_of(note) => return Ok(version),
                Some(other) if other.standing(clock()) == Standing::Holds => return Err(other.to_error()),
                _ => PutMode::Update(version),
            },
            Err(object_store::Error::NotFound { .. }) => PutMode::Create,
            Err(error) => return Err(to_error("read", LOCK, self.service, &error)),
        };
        self.put_note(note, mode).map_err(|error| match error {
            object_store::Error::AlreadyExists { .. } | object_store::Error::Precondition { .. } => {
                Error::place("another process has just begun to publish there").hint("try again when it has ended")
            }
            error => to_error("lock", LOCK, self.service, &error),
        })
    }

    fn put_note(&self, note: &Note, mode: PutMode) -> Result<UpdateVersion, object_store::Error> {
        let place = self.place(LOCK).map_err(|error| object_store::Error::Generic { store: "bucket", source: error.message.into() })?;
        let options = PutOptions { mode, attributes: attributes("application/json", "no-store", None), ..PutOptions::default() };
        let put = self.runtime.block_on(self.store.put_opts(&place, PutPayload::from(note.to_json()), options))?;
        Ok(UpdateVersion { e_tag: put.e_tag, version: put.version })
    }

    /// Sends a lot of files that are in memory.
    fn send_lot(&self, lot: &[(&File, PutPayload)], release: &Release, progress: &Progress) -> Result<Versions, Error> {
        let put = |(file, payload): &(&File, PutPayload)| {
            let path = file.path.clone();
            let plain = file.coding().and_then(|coding| path.strip_suffix(suffix(coding))).unwrap_or(&path);
            let attributes = attributes(file.media_type(), release.cache_control(plain), file.coding());
            let options = PutOptions { attributes, ..PutOptions::default() };
            let (place, payload) = (self.place(&path), payload.clone());
            let size = payload.content_length() as u64;
            async move {
                progress.check()?;
                let put = self.store.put_opts(&place?, payload, options).await.map_err(self.failed("send", &path))?;
                (progress.progress)(1, size);
                Ok::<_, Error>(put.e_tag.map(|tag| (path, version(&tag))))
            }
        };
        self.runtime.block_on(async {
            let sent: Vec<Option<(Box<str>, String)>> = stream::iter(lot.iter().map(put)).buffer_unordered(AT_ONCE).try_collect().await?;
            Ok(sent.into_iter().flatten().collect())
        })
    }
}

impl Shelf for Bucket {
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let place = self.place(path)?;
        let found = self.runtime.block_on(async { self.store.get(&place).await?.bytes().await });
        match found {
            Ok(bytes) => Ok(Some(bytes.to_vec())),
            // A bucket that is not there has been found out by the lock.
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(to_error("read", path, self.service, &error)),
        }
    }

    fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), Error> {
        let options = PutOptions { attributes: attributes("application/json", "no-cache", None), ..PutOptions::default() };
        let put = self.runtime.block_on(self.store.put_opts(&self.place(name)?, PutPayload::from(bytes), options));
        put.map(|_| ()).map_err(self.failed("send", name))
    }

    fn send(&self, files: &[&File], release: &Release, progress: &Progress) -> Result<Versions, Error> {
        let mut versions = Versions::new();
        let mut rest = files;
        while !rest.is_empty() {
            let mut bytes = 0;
            let fits = |file: &&&File| {
                bytes += file.size.unwrap_or(0);
                bytes <= LOT_BYTES
            };
            let count = rest.iter().take(LOT).take_while(fits).count().max(1);
            let (lot, later) = rest.split_at(count);
            let lot: Vec<(&File, PutPayload)> =
                lot.par_iter().map(|file| Ok((*file, PutPayload::from(release.bytes(file)?)))).collect::<Result<_, Error>>()?;
            versions.append(&mut self.send_lot(&lot, release, progress)?);
            rest = later;
        }
        Ok(versions)
    }

    fn delete(&self, paths: &[&str]) -> Result<(), Error> {
        let places: Vec<Path> = paths.iter().map(|path| self.place(path)).collect::<Result<_, _>>()?;
        let places = stream::iter(places.into_iter().map(Ok)).boxed();
        let deleted = self.runtime.block_on(async {
            let mut deleted = self.store.delete_stream(places);
            while let Some(one) = deleted.next().await {
                match one {
                    Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(())
        });
        deleted.map_err(self.failed("delete", paths.first().copied().unwrap_or_default()))
    }

    fn present(&self, paths: &[&str]) -> Result<Vec<String>, Error> {
        if paths.len() > AT_ONCE {
            let there = self.list()?;
            return Ok(paths.iter().filter(|path| there.contains_key(**path)).map(|path| path.to_string()).collect());
        }
        let look = |path: &&str| {
            let (place, path) = (self.place(path), path.to_string());
            async move {
                match self.store.head(&place?).await {
                    Ok(_) => Ok(Some(path)),
                    Err(object_store::Error::NotFound { .. }) => Ok(None),
                    Err(error) => Err(to_error("look at", &path, self.service, &error)),
                }
            }
        };
        let found = stream::iter(paths.iter().map(look)).buffer_unordered(AT_ONCE).try_filter_map(|found| async { Ok(found) });
        let mut found: Vec<String> = self.runtime.block_on(found.try_collect())?;
        found.sort_unstable();
        Ok(found)
    }

    fn objection(&self, path: &str) -> Option<String> {
        Path::parse(path).err().map(|_| "objects cannot have such names".into())
    }

    fn has_lifetimes(&self) -> bool {
        true
    }

    fn list(&self) -> Result<BTreeMap<Box<str>, Known>, Error> {
        let prefix = if self.prefix.is_empty() { None } else { Some(self.place("")?) };
        let found = self.runtime.block_on(self.store.list(prefix.as_ref()).try_collect::<Vec<_>>());
        let found = found.map_err(self.failed("list", "what is there"))?;
        let inside = |place: &Path| match self.prefix.as_str() {
            "" => Some(Box::from(place.as_ref())),
            prefix => place.as_ref().strip_prefix(prefix)?.strip_prefix('/').map(Box::from),
        };
        let known = |size, version| Known { size: Some(size), version, ..Known::default() };
        Ok(found
            .into_iter()
            .filter_map(|meta| Some((inside(&meta.location)?, known(meta.size, meta.e_tag.as_deref().map(version)))))
            .collect())
    }
}

/// Services put an `ETag` in quotes in one answer and not in another.
fn version(tag: &str) -> String {
    tag.trim_matches('"').to_string()
}

fn attributes(kind: &str, cache: &str, coding: Option<Coding>) -> Attributes {
    let mut attributes = Attributes::new();
    attributes.insert(Attribute::ContentType, kind.to_string().into());
    attributes.insert(Attribute::CacheControl, cache.to_string().into());
    if let Some(coding) = coding {
        let word = if coding == Coding::Brotli { "br" } else { "gzip" };
        attributes.insert(Attribute::ContentEncoding, word.into());
    }
    attributes
}
