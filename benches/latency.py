#!/usr/bin/env python3
"""From a save to the new text in the browser's hands: the time from `write()` until `chancery serve` answers with it, over HTTP.

    latency.py --chancery target/release/chancery --make MAKE_SITE --n 1000,10000 [--edits 40]

MAKE_SITE is the script that generates briefings (`make_site.py --tool neutral --n N --root DIR`). Body edits are looked for on the page itself; title
edits on the page, on the first page of its newest topic and tag that shows it, and at home, and count when all of them are right. Quote the median
and the worst of one run, and what else the machine did.
"""
import argparse, http.client, os, pathlib, re, shutil, statistics, subprocess, sys, tempfile, time


def get(connection, path):
    connection.request("GET", path)
    return connection.getresponse().read().decode()


def shown(connection, path, text, patience=30.0):
    """Asks until the page says the text; gives the time at which the answer had come."""
    end = time.perf_counter() + patience
    while time.perf_counter() < end:
        if text in get(connection, path):
            return time.perf_counter()
    sys.exit(f"{path} never said {text!r}")


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--chancery", required=True)
    a.add_argument("--make", required=True)
    a.add_argument("--n", default="1000,10000")
    a.add_argument("--edits", type=int, default=40)
    a = a.parse_args()
    for n in map(int, a.n.split(",")):
        root = pathlib.Path(tempfile.mkdtemp(prefix="latency-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
        subprocess.run([sys.executable, a.make, "--tool", "neutral", "--n", str(n), "--root", root], check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen([str(pathlib.Path(a.chancery).absolute()), "serve", "--no-reload"], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        address = re.search(r"http://([^/]+)/", server.stdout.readline()).group(1)
        connection = http.client.HTTPConnection(address)
        # The newest page is on the first page of every list that it is in.
        home = get(connection, "/")
        route = re.search(r'href="(/briefings/[^"/]+/)"', home).group(1)
        path = root / "content/briefings" / f"{route.split('/')[2]}.md"
        page = get(connection, route)
        lists = ["/"] + [re.search(rf'href="(/{kind}/[^"/]+/)"', page).group(1) for kind in ("topics", "tags")]
        body, title = [], []
        for edit in range(a.edits):
            text = path.read_text()
            mark = f"Edit number {edit} of the text."
            start = time.perf_counter()
            path.write_text(f"{text}\n{mark}\n")
            body.append((shown(connection, route, mark) - start) * 1000)
            time.sleep(0.15)
            mark = f"Title number {edit} of the page"
            start = time.perf_counter()
            path.write_text(re.sub(r"(?m)^title:.*$", f'title: "{mark}"', path.read_text()))
            title.append((max(shown(connection, where, mark) for where in [route, *lists]) - start) * 1000)
            time.sleep(0.15)
        memory = int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{server.pid}/status").read_text()).group(1)) / 1024
        for what, times in (("body", body), ("title", title)):
            print(f"N={n:<6} {what:5} edit: median {statistics.median(times):6.1f} ms, worst {max(times):6.1f} ms", flush=True)
        print(f"N={n:<6} memory of the server after {2 * a.edits} edits: {memory:.0f} MiB", flush=True)
        server.terminate()
        server.stdout.read()
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
