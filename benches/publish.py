#!/usr/bin/env python3
"""How long a site takes to an S3 server on loopback, against plain parallel puts of the same files.

Builds the site at --root once, starts moto as the server, and times in turn, into a new bucket each: boto3's uploads from a pool of threads, which is
what `aws s3 cp --recursive` does (10 at once), and `chancery publish --no-build`. Then a publish with nothing changed, and one after an edit.

    benches/publish.py --chancery target/release/chancery --root SITE [--runs 3]

Needs what tests/run installs (moto and boto3 in target/python). Writes a target into a copy of the settings, and nothing into the site's own.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import boto3
from moto.server import ThreadedMotoServer

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--chancery", required=True)
parser.add_argument("--root", required=True, type=pathlib.Path)
parser.add_argument("--runs", type=int, default=3)
args = parser.parse_args()

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
endpoint = f"http://127.0.0.1:{server.get_host_and_port()[1]}"
keys = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "y"}
client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="y")


def chancery(*words):
    start = time.monotonic()
    done = subprocess.run([args.chancery, *words, "--root", args.root], env={**os.environ, **keys}, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stdout + done.stderr)
    return time.monotonic() - start, done.stdout.strip().splitlines()[-1]


def target(bucket):
    table = {"target": "s3", "bucket": bucket, "region": "us-east-1", "endpoint": endpoint}
    return [word for key, value in table.items() for word in ("--set", f"publish.live.{key}={value}")]


chancery("build")
public = args.root / "public"
files = [path for path in public.rglob("*") if path.is_file()]
print(f"{len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.0f} MB")


def plain(bucket):
    client.create_bucket(Bucket=bucket)
    start = time.monotonic()
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda path: client.upload_file(str(path), bucket, str(path.relative_to(public))), files))
    return time.monotonic() - start


ratios = []
for run in range(args.runs):
    parallel = plain(f"plain-{run}")
    client.create_bucket(Bucket=f"live-{run}")
    publish, said = chancery("publish", "--no-build", *target(f"live-{run}"))
    ratios.append(publish / parallel)
    print(f"plain puts {parallel:.1f} s, publish {publish:.1f} s: {ratios[-1]:.2f} times as long ({said})")
print(f"median {statistics.median(ratios):.2f}")
print(f"again: {chancery('publish', *target('live-0'))}")
page = next(path for path in sorted((args.root / "content").rglob("*.md")) if path.name != "_index.md")
text = page.read_text()
try:
    page.write_text(text + "\nOne more sentence.\n")
    print(f"one edit: {chancery('publish', *target('live-0'))}")
finally:
    page.write_text(text)
server.stop()
