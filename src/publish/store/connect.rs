//! How a bucket is reached: settings, and what the environment says by the names that each service has for it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::{GoogleCloudStorageBuilder, GoogleConfigKey};
use object_store::{BackoffConfig, ClientOptions, ObjectStore, RetryConfig};

use super::patience::Patient;
use super::{Service, Settings};
use crate::publish::error::Error;

/// No request takes longer. A large file on a slow line needs its time.
const LONGEST: Duration = Duration::from_secs(600);

/// The bucket of a target, with credentials from the environment.
///
/// # Errors
/// What is said is not enough, or cannot be.
pub fn connect(settings: &Settings, variables: &BTreeMap<OsString, OsString>) -> Result<Arc<dyn ObjectStore>, object_store::Error> {
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

/// Keys that were pasted with a line end would break a header, and nobody would say why.
///
/// # Errors
/// A variable holds what no header can.
pub fn guard_variables(service: Service, variables: &BTreeMap<OsString, OsString>) -> Result<(), Error> {
    let prefix = match service {
        Service::S3 => "AWS_",
        Service::Azure => "AZURE_",
        // The text of a key file has lines.
        Service::Gcs => return Ok(()),
    };
    let texts = variables.iter().filter_map(|(name, value)| Some((name.to_str()?, value.to_str()?)));
    let broken = texts.filter(|(name, _)| name.starts_with(prefix)).find(|(_, value)| value.chars().any(char::is_control));
    match broken {
        Some((name, _)) => Err(Error::call(format!("the variable `{name}` holds a line end or another control character"))
            .hint("set it again, without what follows the last letter")),
        None => Ok(()),
    }
}
