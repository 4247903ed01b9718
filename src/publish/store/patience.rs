//! A host that says when to come again is asked again then (`Retry-After`, <https://www.rfc-editor.org/rfc/rfc9110#field.retry-after>).
//!
//! The library asks again by itself after a while of its own choosing; this waits first. It must not know what is asked for.

use std::time::Duration;

use object_store::client::{HttpClient, HttpConnector, HttpError, HttpRequest, HttpResponse, HttpService, ReqwestConnector};
use object_store::{ClientOptions, Result};

/// Nobody waits longer than this for one answer.
const LONGEST: Duration = Duration::from_secs(60);

/// Connects as the library does, with patience.
#[derive(Debug)]
pub struct Patient;

#[derive(Debug)]
struct Service(HttpClient);

impl HttpConnector for Patient {
    fn connect(&self, options: &ClientOptions) -> Result<HttpClient> {
        Ok(HttpClient::new(Service(ReqwestConnector::default().connect(options)?)))
    }
}

#[async_trait::async_trait]
impl HttpService for Service {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let mut response = self.0.execute(request).await?;
        let status = response.status().as_u16();
        if matches!(status, 429 | 503) {
            let header = response.headers().get("retry-after").and_then(|value| value.to_str().ok());
            tokio::time::sleep(pause(header)).await;
        }
        if status == 429 {
            // The library takes it for our mistake; it means the same as 503.
            *response.status_mut() = http::StatusCode::SERVICE_UNAVAILABLE;
        }
        Ok(response)
    }
}

/// How long to wait; an instant instead of seconds is not understood, and the library's own pause must do.
fn pause(header: Option<&str>) -> Duration {
    let seconds = header.and_then(|text| text.trim().parse().ok()).unwrap_or(0);
    Duration::from_secs(seconds).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_is_what_the_host_says_but_not_for_ever() {
        assert_eq!(pause(Some(" 7 ")), Duration::from_secs(7));
        assert_eq!(pause(Some("86400")), LONGEST);
        assert_eq!(pause(Some("Wed, 21 Oct 2026 07:28:00 GMT")), Duration::ZERO);
        assert_eq!(pause(None), Duration::ZERO);
    }
}
