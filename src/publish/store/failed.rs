//! Why a bucket could not be spoken with, in words for people.

use super::Service;
use crate::publish::error::Error;

/// What went wrong, in a line, and what to do about the commonest of it. `doing` is a verb: `read`, `lock`, `open`.
pub fn to_error(doing: &str, path: &str, service: Service, cause: &object_store::Error) -> Error {
    use object_store::Error::{NotFound, PermissionDenied, Unauthenticated};
    let error = Error::place(format!("cannot {doing} `{path}`: {}", brief(cause)));
    let variables = match service {
        Service::S3 => "`AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`",
        Service::Gcs => "`GOOGLE_APPLICATION_CREDENTIALS`",
        Service::Azure => "`AZURE_STORAGE_ACCOUNT_NAME` and `AZURE_STORAGE_ACCOUNT_KEY`",
    };
    match cause {
        PermissionDenied { .. } | Unauthenticated { .. } => {
            error.hint(format!("look whether the environment has {variables}, and what their owner may do"))
        }
        _ if doing == "open" => error.hint(format!("look at the settings of the target, and at {variables} in the environment")),
        NotFound { .. } => error.hint("look whether the bucket is there, and whether `region` and `endpoint` are right"),
        // Without any, the machine itself is asked, and what comes of that says nothing to whoever forgot them.
        _ if is_about_credentials(cause) => error.hint(format!("look whether the environment has {variables}")),
        _ => error.hint("publish again: it goes on where it stopped"),
    }
}

/// The innermost of what an error is made of says most; what is around it repeats addresses and retries. Services answer in XML, with a message.
fn brief(error: &object_store::Error) -> String {
    let mut inner: &dyn std::error::Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    let text = inner.to_string();
    let message = text.split_once("<Message>").and_then(|(_, rest)| rest.split_once("</Message>")).map(|(message, _)| message);
    message.unwrap_or(&text).trim().lines().next().unwrap_or_default().to_string()
}

/// The address at which machines of clouds tell programs on them who they are.
const OF_THE_MACHINE: [&str; 2] = ["169.254.169.254", "metadata.google.internal"];

fn is_about_credentials(error: &object_store::Error) -> bool {
    let mut part: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = part {
        if OF_THE_MACHINE.iter().any(|address| error.to_string().contains(address)) {
            return true;
        }
        part = error.source();
    }
    false
}
