//! Objects in a bucket: S3 and what speaks like it, Google Cloud Storage, Azure Blob Storage.
//!
//! Credentials come from the environment, by the names that each service has for them. It must not know the order of things.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::{GoogleCloudStorageBuilder, GoogleConfigKey};
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, BackoffConfig, ClientOptions, Error, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, RetryConfig,
    UpdateVersion,
};
use rayon::prelude::*;
use tokio::runtime::Runtime;

use super::directory::Access;
use super::host::Onlooker;
use super::lock::{Held, LOCK, Note, Shared, Standing, lock};
use super::patience::Patient;
use super::published::Known;
use super::release::{File, Release, suffix};
use super::steps::{Shelf, Steps, Versions};
use super::trouble::Trouble;
use crate::config::publish::{Coding, Service, Store as Settings};

/// So many requests are under way at once.
const AT_ONCE: usize = 48;
/// Files are read in lots of so many, and of so many bytes.
const LOT: usize = 512;
const LOT_BYTES: u64 = 64 << 20;
/// No request takes longer. A large file on a slow line needs its time.
const LONGEST: Duration = Duration::from_secs(600);

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
pub fn open(
    settings: &Settings,
    variables: &BTreeMap<OsString, OsString>,
    clock: fn() -> Timestamp,
    access: Access,
) -> Result<Steps<Bucket>, Trouble> {
    // Another part of the process may have chosen the same before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = Arc::new(runtime.map_err(|error| Trouble::place(format!("cannot begin to speak with the network: {error}")))?);
    let store = connect(settings, variables).map_err(|error| trouble("open", &settings.bucket, settings.service, &error))?;
    let bucket = Bucket { runtime, store, prefix: settings.prefix.clone(), service: settings.service };
    let lock = if access == Access::Write { Some(bucket.lock(clock)?) } else { None };
    Ok(Steps { shelf: bucket, lock })
}

fn connect(settings: &Settings, variables: &BTreeMap<OsString, OsString>) -> Result<Arc<dyn ObjectStore>, Error> {
    let Settings { service, bucket, region, endpoint, account, allow_http, .. } = settings;
    let is_open = *allow_http || endpoint.as_ref().is_some_and(|endpoint| endpoint.starts_with("http://"));
    let options = ClientOptions::new().with_allow_http(is_open).with_connect_timeout(Duration::from_secs(10)).with_timeout(LONGEST);
    let backoff = BackoffConfig { init_backoff: Duration::from_millis(200), max_backoff: Duration::from_secs(15), base: 2.0 };
    let retry = RetryConfig { backoff, max_retries: 8, retry_timeout: Duration::from_secs(150) };
    let named = |prefix: &'static str| {
        let texts = variables.iter().filter_map(|(name, value)| Some((name.to_str()?, value.to_str()?)));
        texts
            .filter(move |(name, value)| name.starts_with(prefix) && !value.is_empty())
            .map(|(name, value)| (name.to_ascii_lowercase(), value))
    };
    match service {
        Service::S3 => {
            let mut builder = AmazonS3Builder::new();
            for (name, value) in named("AWS_") {
                if let Ok(key) = name.parse::<AmazonS3ConfigKey>() {
                    builder = builder.with_config(key, value);
                }
            }
            if let Some(region) = region {
                builder = builder.with_region(region);
            }
            if let Some(endpoint) = endpoint {
                builder = builder.with_endpoint(endpoint);
            }
            let builder = builder.with_bucket_name(bucket).with_client_options(options).with_retry(retry).with_http_connector(Patient);
            Ok(Arc::new(builder.build()?))
        }
        Service::Gcs => {
            let mut builder = GoogleCloudStorageBuilder::new();
            for (name, value) in named("GOOGLE_") {
                if let Ok(key) = name.parse::<GoogleConfigKey>() {
                    builder = builder.with_config(key, value);
                }
            }
            if let Some(endpoint) = endpoint {
                builder = builder.with_base_url(endpoint);
            }
            let builder = builder.with_bucket_name(bucket).with_client_options(options).with_retry(retry).with_http_connector(Patient);
            Ok(Arc::new(builder.build()?))
        }
        Service::Azure => {
            let mut builder = MicrosoftAzureBuilder::new();
            for (name, value) in named("AZURE_") {
                if let Ok(key) = name.parse() {
                    builder = builder.with_config(key, value);
                }
            }
            if let Some(account) = account {
                builder = builder.with_account(account);
            }
            if let Some(endpoint) = endpoint {
                builder = builder.with_endpoint(endpoint.clone());
            }
            let builder = builder.with_container_name(bucket).with_client_options(options).with_retry(retry).with_http_connector(Patient);
            Ok(Arc::new(builder.build()?))
        }
    }
}

impl Bucket {
    fn place(&self, path: &str) -> Result<Path, Trouble> {
        let whole = if self.prefix.is_empty() { path.to_string() } else { format!("{}/{path}", self.prefix) };
        Path::parse(whole).map_err(|error| Trouble::place(format!("`{path}` cannot be the name of an object: {error}")))
    }

    fn failed(&self, doing: &str, path: &str) -> impl FnOnce(Error) -> Trouble {
        let (doing, path, service) = (doing.to_string(), path.to_string(), self.service);
        move |error| trouble(&doing, &path, service, &error)
    }

    /// Puts the note of this process there, if no other holds.
    fn lock(&self, clock: fn() -> Timestamp) -> Result<Held, Trouble> {
        let place = self.place(LOCK)?;
        let note = Note::new(clock());
        let version = match self.put_note(&note, PutMode::Create) {
            Ok(version) => version,
            Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => self.take_over(&note, clock)?,
            Err(error) => return Err(trouble("lock", LOCK, self.service, &error)),
        };
        let version: Shared<UpdateVersion> = Arc::new(std::sync::Mutex::new(version));
        let (renewer, renewing) = (self.clone(), version.clone());
        let renew = move |note: &Note| {
            let known = lock(&renewing).clone();
            match renewer.put_note(note, PutMode::Update(known)) {
                Ok(new) => *lock(&renewing) = new,
                // Only who is told that another has it has lost it: a network that fails comes back, or the note becomes void.
                Err(Error::Precondition { .. } | Error::NotFound { .. }) => return false,
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

    fn take_over(&self, note: &Note, clock: fn() -> Timestamp) -> Result<UpdateVersion, Trouble> {
        let place = self.place(LOCK)?;
        let found = self.runtime.block_on(async {
            let found = self.store.get(&place).await?;
            let version = UpdateVersion { e_tag: found.meta.e_tag.clone(), version: found.meta.version.clone() };
            Ok::<_, Error>((version, found.bytes().await?))
        });
        let mode = match found {
            Ok((version, bytes)) => match Note::from_json(&bytes) {
                // The answer to our own request was lost, and it was made again.
                Some(other) if other.is_of(note) => return Ok(version),
                Some(other) if other.standing(clock()) == Standing::Holds => return Err(other.trouble()),
                _ => PutMode::Update(version),
            },
            Err(Error::NotFound { .. }) => PutMode::Create,
            Err(error) => return Err(trouble("read", LOCK, self.service, &error)),
        };
        self.put_note(note, mode).map_err(|error| match error {
            Error::AlreadyExists { .. } | Error::Precondition { .. } => {
                Trouble::place("another process has just begun to publish there").hint("try again when it has ended")
            }
            error => trouble("lock", LOCK, self.service, &error),
        })
    }

    fn put_note(&self, note: &Note, mode: PutMode) -> Result<UpdateVersion, Error> {
        let place = self.place(LOCK).map_err(|trouble| Error::Generic { store: "bucket", source: trouble.message.into() })?;
        let options = PutOptions { mode, attributes: attributes("application/json", "no-store", None), ..PutOptions::default() };
        let put = self.runtime.block_on(self.store.put_opts(&place, PutPayload::from(note.to_json()), options))?;
        Ok(UpdateVersion { e_tag: put.e_tag, version: put.version })
    }

    /// Sends a lot of files that are in memory.
    fn send_lot(&self, lot: &[(&File, PutPayload)], release: &Release, onlooker: &Onlooker) -> Result<Versions, Trouble> {
        let put = |(file, payload): &(&File, PutPayload)| {
            let path = file.path.clone();
            let plain = file.coding().and_then(|coding| path.strip_suffix(suffix(coding))).unwrap_or(&path);
            let attributes = attributes(file.media_type(), release.cache_control(plain), file.coding());
            let options = PutOptions { attributes, ..PutOptions::default() };
            let (place, payload) = (self.place(&path), payload.clone());
            let size = payload.content_length() as u64;
            async move {
                onlooker.check()?;
                let put = self.store.put_opts(&place?, payload, options).await.map_err(self.failed("send", &path))?;
                (onlooker.progress)(1, size);
                Ok::<_, Trouble>(put.e_tag.map(|version| (path, version)))
            }
        };
        self.runtime.block_on(async {
            let sent: Vec<Option<(Box<str>, String)>> = stream::iter(lot.iter().map(put)).buffer_unordered(AT_ONCE).try_collect().await?;
            Ok(sent.into_iter().flatten().collect())
        })
    }
}

impl Shelf for Bucket {
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, Trouble> {
        let place = self.place(path)?;
        let found = self.runtime.block_on(async { self.store.get(&place).await?.bytes().await });
        match found {
            Ok(bytes) => Ok(Some(bytes.to_vec())),
            // A bucket that is not there has been found out by the lock.
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(trouble("read", path, self.service, &error)),
        }
    }

    fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), Trouble> {
        let options = PutOptions { attributes: attributes("application/json", "no-cache", None), ..PutOptions::default() };
        let put = self.runtime.block_on(self.store.put_opts(&self.place(name)?, PutPayload::from(bytes), options));
        put.map(|_| ()).map_err(self.failed("send", name))
    }

    fn send(&self, files: &[&File], release: &Release, onlooker: &Onlooker) -> Result<Versions, Trouble> {
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
                lot.par_iter().map(|file| Ok((*file, PutPayload::from(release.bytes(file)?)))).collect::<Result<_, Trouble>>()?;
            versions.append(&mut self.send_lot(&lot, release, onlooker)?);
            rest = later;
        }
        Ok(versions)
    }

    fn delete(&self, paths: &[&str]) -> Result<(), Trouble> {
        let places: Vec<Path> = paths.iter().map(|path| self.place(path)).collect::<Result<_, _>>()?;
        let places = stream::iter(places.into_iter().map(Ok)).boxed();
        let deleted = self.runtime.block_on(async {
            let mut deleted = self.store.delete_stream(places);
            while let Some(one) = deleted.next().await {
                match one {
                    Ok(_) | Err(Error::NotFound { .. }) => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(())
        });
        deleted.map_err(self.failed("delete", paths.first().copied().unwrap_or_default()))
    }

    fn list(&self) -> Result<BTreeMap<Box<str>, Known>, Trouble> {
        let prefix = if self.prefix.is_empty() { None } else { Some(self.place("")?) };
        let found = self.runtime.block_on(self.store.list(prefix.as_ref()).try_collect::<Vec<_>>());
        let found = found.map_err(self.failed("list", "what is there"))?;
        let inside = |place: &Path| match self.prefix.as_str() {
            "" => Some(Box::from(place.as_ref())),
            prefix => place.as_ref().strip_prefix(prefix)?.strip_prefix('/').map(Box::from),
        };
        let known = |size, version| Known { size: Some(size), version, ..Known::default() };
        Ok(found.into_iter().filter_map(|meta| Some((inside(&meta.location)?, known(meta.size, meta.e_tag)))).collect())
    }
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

/// What went wrong, in a line, and what to do about the commonest of it.
fn trouble(doing: &str, path: &str, service: Service, error: &Error) -> Trouble {
    let trouble = Trouble::place(format!("cannot {doing} `{path}`: {}", brief(error)));
    let variables = match service {
        Service::S3 => "`AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`",
        Service::Gcs => "`GOOGLE_APPLICATION_CREDENTIALS`",
        Service::Azure => "`AZURE_STORAGE_ACCOUNT_NAME` and `AZURE_STORAGE_ACCOUNT_KEY`",
    };
    match error {
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => {
            trouble.hint(format!("look whether {variables} are set, and what their owner may do"))
        }
        Error::NotFound { .. } => trouble.hint("look whether the bucket is there, and whether `region` and `endpoint` are right"),
        // Without any, the machine itself is asked, and what comes of that says nothing to whoever forgot them.
        _ if is_about_credentials(error) => trouble.hint(format!("look whether {variables} are set")),
        _ => trouble.hint("publish again: it goes on where it stopped"),
    }
}

/// The innermost of what an error is made of says most; what is around it repeats addresses and retries. Services answer in XML, with a message.
fn brief(error: &Error) -> String {
    let mut inner: &dyn std::error::Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    let text = inner.to_string();
    let message = text.split_once("<Message>").and_then(|(_, rest)| rest.split_once("</Message>")).map(|(message, _)| message);
    message.unwrap_or_else(|| text.lines().next().unwrap_or_default()).trim().to_string()
}

/// The address at which machines of clouds tell programs on them who they are.
const OF_THE_MACHINE: [&str; 2] = ["169.254.169.254", "metadata.google.internal"];

fn is_about_credentials(error: &Error) -> bool {
    let mut part: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = part {
        if OF_THE_MACHINE.iter().any(|address| error.to_string().contains(address)) {
            return true;
        }
        part = error.source();
    }
    false
}
