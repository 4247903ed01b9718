#!/usr/bin/env python3
"""How long a site takes to an S3 server on loopback, against plain parallel puts of the same files.

Builds the site at --root once, starts moto as the server, and times in turn, into a new bucket each: `curl --parallel` with as many requests at once as
the program makes, which signs, checks and remembers nothing, and `chancery publish --no-build`. Then a publish with nothing changed, and one after an
edit of one text.

    benches/publish.py --chancery target/release/chancery --root SITE [--runs 3]

Run it with target/python/bin/python, where tests/run installs moto. Needs curl. The edit is taken back at the end.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--chancery", required=True)
parser.add_argument("--root", required=True, type=pathlib.Path)
parser.add_argument("--runs", type=int, default=3)
args = parser.parse_args()

AT_ONCE = 48
SERVER = """import sys
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
server.stop()
"""
# A process of its own, for it must not share a lock with who measures.
server = subprocess.Popen([sys.executable, "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
endpoint = f"http://127.0.0.1:{server.stdout.readline().strip()}"
keys = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "y"}


def make(bucket):
    subprocess.run(["curl", "-sf", "-X", "PUT", "-o", "/dev/null", f"{endpoint}/{bucket}"], check=True)


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
    make(bucket)
    with tempfile.NamedTemporaryFile("w", suffix=".curl") as config:
        for path in files:
            address = urllib.parse.quote(str(path.relative_to(public)))
            config.write(f'upload-file = "{path}"\nurl = "{endpoint}/{bucket}/{address}"\n')
        config.flush()
        start = time.monotonic()
        subprocess.run(["curl", "-sf", "--parallel", "--parallel-max", str(AT_ONCE), "-K", config.name], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return time.monotonic() - start


ratios = []
for run in range(args.runs):
    parallel = plain(f"plain-{run}")
    make(f"live-{run}")
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
server.stdin.close()
server.wait()
