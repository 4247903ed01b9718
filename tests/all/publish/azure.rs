//! Azure Blob Storage, as the emulator of its makers speaks it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use futures_util::TryStreamExt;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::{Attribute, ObjectStore, ObjectStoreExt};

use super::{is_published, page, site};
use crate::place::{Place, Run, Tree, project};

/// The account of the emulator, which is the same everywhere.
const ACCOUNT: &str = "devstoreaccount1";
const KEY: &str = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

struct Azure {
    port: u16,
    child: Child,
}

impl Azure {
    fn start() -> Azure {
        let mut command = Command::new("node");
        command.arg(project("tests/azure/serve.mjs")).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("`tests/run` installs Node.js");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a port");
        Azure { port: line.trim().parse().expect("a port"), child }
    }

    fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}/{ACCOUNT}", self.port)
    }

    fn store(&self) -> Arc<dyn ObjectStore> {
        let builder = MicrosoftAzureBuilder::new().with_account(ACCOUNT).with_access_key(KEY).with_container_name("web");
        Arc::new(builder.with_endpoint(self.endpoint()).with_allow_http(true).build().expect("a client"))
    }
}

impl Drop for Azure {
    fn drop(&mut self) {
        // It ends when its input does.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

fn publish(place: &Place, args: &[&str]) -> Run {
    let mut command = place.command(&[&["publish"], args].concat());
    Run::new(command.env("AZURE_STORAGE_ACCOUNT_KEY", KEY).output().expect("the program starts"))
}

#[test]
#[ignore = "needs what tests/run installs"]
fn blobs_are_the_output_and_say_what_they_are() {
    // Another test may have chosen the same before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let azure = Azure::start();
    let target =
        format!("target = \"azure\"\ncontainer = \"web\"\naccount = \"{ACCOUNT}\"\nendpoint = \"{}\"\nprefix = \"a/b\"", azure.endpoint());
    let place = site(&target);
    publish(&place, &[]).fine();
    place.write("content/briefings/p1.md", page("Page 1", "Text.").replace("title", "draft: true\ntitle"));
    place.write("static/a b%é.txt", "x");
    publish(&place, &[]).fine();
    let run = publish(&place, &["--verify-remote", "-v"]).fine();
    assert!(run.out.contains("Nothing to publish"), "{}", run.out);
    let store = azure.store();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let (tree, attributes) = runtime.block_on(async {
        let objects: Vec<_> = store.list(None).try_collect().await.expect("a list");
        let mut tree = Tree::new();
        for object in objects {
            let bytes = store.get(&object.location).await.expect("a blob").bytes().await.expect("bytes");
            tree.insert(object.location.as_ref().strip_prefix("a/b/").expect("the prefix").to_string(), bytes.to_vec());
        }
        (tree, store.get(&"a/b/index.html".into()).await.expect("a blob").attributes)
    });
    is_published(&tree, &place);
    assert_eq!(attributes.get(&Attribute::ContentType).map(|value| value.as_ref()), Some("text/html; charset=utf-8"));
    assert_eq!(attributes.get(&Attribute::CacheControl).map(|value| value.as_ref()), Some("public, max-age=60, must-revalidate"));
    assert!(!tree.contains_key(".chancery-lock.json") && !tree.contains_key("briefings/p1/index.html"));
}

#[test]
#[ignore = "needs what tests/run installs"]
fn a_container_that_is_not_there_is_told() {
    let azure = Azure::start();
    let target = format!("target = \"azure\"\ncontainer = \"gone\"\naccount = \"{ACCOUNT}\"\nendpoint = \"{}\"", azure.endpoint());
    publish(&site(&target), &[]).ends_with(3).says(&["The specified container does not exist", "look whether the bucket is there"]);
}
