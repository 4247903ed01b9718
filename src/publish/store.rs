//! Buckets: S3 and what speaks like it, Google Cloud Storage, Azure Blob Storage.
//!
//! Owns their settings. Credentials come from the environment, by the names that each service has for them.

#[cfg(feature = "clouds")]
mod bucket;
#[cfg(feature = "clouds")]
mod connect;
#[cfg(feature = "clouds")]
mod failed;
#[cfg(feature = "clouds")]
mod patience;

use super::PublishOptions;
use super::error::Error;
use super::host::Host;
use super::target::{Kind, PRECOMPRESSED, Place, Reader, Setting};
use crate::config::address::base_url;
use crate::config::value::{self, Wrong};

const BUCKET: Setting = Setting { name: "bucket", example: "briefings", default: "", doc: "Its name." };
const CONTAINER: Setting = Setting { name: "container", example: "$web", default: "", doc: "Its name, such as `$web`." };
const PREFIX: Setting = Setting { name: "prefix", example: "", default: "\"\"", doc: "Where in it the site begins, if not at the top." };
const REGION: Setting = Setting { name: "region", example: "", default: "", doc: "Or `AWS_REGION` in the environment." };
const ACCOUNT: Setting = Setting { name: "account", example: "", default: "", doc: "Or `AZURE_STORAGE_ACCOUNT_NAME` in the environment." };
const ENDPOINT: Setting = Setting {
    name: "endpoint",
    example: "",
    default: "",
    doc: "The address of another service that speaks the same: Cloudflare R2, MinIO, Garage.",
};
const ALLOW_HTTP: Setting = Setting {
    name: "allow_http",
    example: "",
    default: "false",
    doc: "Lets `endpoint` begin with `http://`. On this machine it always may.",
};

const SECTION: &str = "Buckets";

/// The row of S3, and of what speaks like it.
pub const S3: Kind = Kind {
    word: "s3",
    section: SECTION,
    settings: &[BUCKET, PREFIX, REGION, ENDPOINT, ALLOW_HTTP, PRECOMPRESSED],
    read: |reader| place(reader, Service::S3, &BUCKET),
};

/// The row of Google Cloud Storage.
pub const GCS: Kind = Kind {
    word: "gcs",
    section: SECTION,
    settings: &[BUCKET, PREFIX, ENDPOINT, ALLOW_HTTP, PRECOMPRESSED],
    read: |reader| place(reader, Service::Gcs, &BUCKET),
};

/// The row of Azure Blob Storage.
pub const AZURE: Kind = Kind {
    word: "azure",
    section: SECTION,
    settings: &[CONTAINER, PREFIX, ACCOUNT, ENDPOINT, ALLOW_HTTP, PRECOMPRESSED],
    read: |reader| place(reader, Service::Azure, &CONTAINER),
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Service {
    S3,
    Gcs,
    Azure,
}

/// What the settings say of a bucket.
#[derive(Debug)]
#[cfg_attr(not(feature = "clouds"), allow(dead_code))]
struct Settings {
    service: Service,
    /// The bucket, or the container of Azure.
    bucket: String,
    /// Where in the bucket the site begins: empty, or without slashes at its ends.
    prefix: String,
    region: Option<String>,
    endpoint: Option<String>,
    /// Of Azure.
    account: Option<String>,
    /// Whether `endpoint` may be `http://`, which it may at any rate on this machine.
    allow_http: bool,
}

impl Place for Settings {
    #[cfg(feature = "clouds")]
    fn open(&self, options: &PublishOptions) -> Result<Box<dyn Host>, Error> {
        Ok(Box::new(bucket::open(self, options)?))
    }

    #[cfg(not(feature = "clouds"))]
    fn open(&self, _options: &PublishOptions) -> Result<Box<dyn Host>, Error> {
        Err(Error::call("this program was built without the feature `clouds`, and cannot publish to buckets"))
    }
}

fn place(reader: &mut Reader, service: Service, key: &'static Setting) -> Option<Box<dyn Place>> {
    let bucket = reader.needed(key);
    let is_name = bucket.as_ref().is_none_or(|name| !name.contains(['/', ':', ' ']));
    if let Some(name) = bucket.as_ref().filter(|_| !is_name) {
        reader.refuse(key, &format!("a name alone, without address or path, not `{name}`"), None);
    }
    let mut prefix = String::new();
    reader.section.read(PREFIX.name, &mut prefix, |node, raw| path_in_bucket(&value::text(node, raw)?));
    let region = if service == Service::S3 { reader.optional(&REGION) } else { None };
    let account = if service == Service::Azure { reader.optional(&ACCOUNT) } else { None };
    let mut allow_http = false;
    reader.section.truth(ALLOW_HTTP.name, &mut allow_http);
    let mut endpoint = None;
    reader.section.read(ENDPOINT.name, &mut endpoint, |node, raw| address(value::optional(node, raw)?, allow_http));
    let bucket = bucket.filter(|_| is_name)?;
    Some(Box::new(Settings { service, bucket, prefix, region, endpoint, account, allow_http }))
}

fn path_in_bucket(text: &str) -> Result<String, Wrong> {
    let path = text.trim_matches('/');
    let is_part = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(char::is_control);
    if path.is_empty() || path.split('/').all(is_part) { Ok(path.into()) } else { Err(Wrong::expected("a path such as `sites/briefings`")) }
}

fn address(text: Option<String>, allow_http: bool) -> Result<Option<String>, Wrong> {
    let Some(text) = text else { return Ok(None) };
    let address = base_url(text)?;
    match &address {
        Some(address) if address.origin.starts_with("http://") && !allow_http && !is_loopback(&address.host) => {
            Err(Wrong::expected("an address that begins with `https://`").hint("`allow_http = true` sends all in the open, keys too"))
        }
        _ => Ok(address.map(|address| address.url.trim_end_matches('/').to_string())),
    }
}

fn is_loopback(host: &str) -> bool {
    let number = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    host == "localhost" || number.is_ok_and(|number| number.is_loopback())
}
