#!/usr/bin/env python3
"""From a save to the new text in the browser's hands: the time from `write()` until `chancery serve` has answered with it, over HTTP.

    latency.py --chancery target/release/chancery --make MAKE_SITE --n 1000,10000 [--edits 40]

MAKE_SITE is the script that generates briefings (`make_site.py --tool neutral --n N --root DIR`). The client does what a page does: it listens to the
server's events, and asks for the page when it is told of a change. An edit of the text counts when the page itself says it; one of the title when the
page, home, and the first page of its newest topic and tag have all been fetched and say it. Texts and titles are edited in turn.

The memory of the server (VmRSS, and VmHWM, the most it ever was) is told after 50, 250, 500 and 1,000 edits, as far as there are so many, and at the
end. Quote the median and the worst of one run, and what else the machine did.
"""
import argparse, http.client, os, pathlib, re, shutil, socket, statistics, subprocess, sys, tempfile, threading, time, urllib.parse


def get(connection, path):
    connection.request("GET", path)
    return connection.getresponse().read().decode()


class Events:
    """The stream of what the server tells one page."""

    def __init__(self, address, path):
        host, port = address.rsplit(":", 1)
        self.socket = socket.create_connection((host, int(port)))
        query = urllib.parse.urlencode({"path": path})
        self.socket.sendall(f"GET /_chancery/events?{query} HTTP/1.1\r\nHost: {address}\r\n\r\n".encode())
        self.rest = b""
        self.wait()

    def wait(self):
        """Returns when the server has told something."""
        while b"\n\n" not in self.rest:
            self.rest += self.socket.recv(1 << 16) or sys.exit("the server has ended the stream of events")
        self.rest = self.rest.split(b"\n\n", 1)[1]


def shown(events, connection, path, text):
    """Asks whenever the server tells of a change, until the page says the text."""
    while True:
        events.wait()
        if text in get(connection, path):
            return


def memory(server):
    """VmRSS and VmHWM in MiB."""
    status = pathlib.Path(f"/proc/{server.pid}/status").read_text()
    return [int(re.search(rf"{name}:\s+(\d+)", status).group(1)) / 1024 for name in ("VmRSS", "VmHWM")]


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--chancery", required=True)
    a.add_argument("--make", required=True)
    a.add_argument("--n", default="1000,10000")
    a.add_argument("--edits", type=int, default=40, help="of texts, and as many of titles")
    a = a.parse_args()
    for n in map(int, a.n.split(",")):
        root = pathlib.Path(tempfile.mkdtemp(prefix="latency-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
        subprocess.run([sys.executable, a.make, "--tool", "neutral", "--n", str(n), "--root", root], check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen([str(pathlib.Path(a.chancery).absolute()), "serve"], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        address = re.search(r"http://([^/]+)/", server.stdout.readline()).group(1)
        # A pipe that nobody reads would stop the server when it is full.
        threading.Thread(target=server.stdout.read, daemon=True).start()
        connection = http.client.HTTPConnection(address)
        # The newest page is on the first page of every list that it is in.
        home = get(connection, "/")
        route = re.search(r'href="(/briefings/[^"/]+/)"', home).group(1)
        path = root / "content/briefings" / f"{route.split('/')[2]}.md"
        text = path.read_text() + "\nEdit number -1 of the text.\n"
        page = get(connection, route)
        lists = ["/"] + [re.search(rf'href="(/{kind}/[^"/]+/)"', page).group(1) for kind in ("topics", "tags")]
        events = Events(address, route)
        # What the first build leaves to the next process is written meanwhile.
        time.sleep(1)
        body, title = [], []
        for edit in range(a.edits):
            mark = f"Edit number {edit} of the text."
            # The title stays as the last edit left it, and the page as long as it was.
            text = re.sub(r"Edit number -?\d+ of the text\.", mark, text)
            start = time.perf_counter()
            path.write_text(text)
            shown(events, connection, route, mark)
            body.append((time.perf_counter() - start) * 1000)
            time.sleep(0.15)
            mark = f"Title number {edit} of the page"
            text = re.sub(r"(?m)^title:.*$", f'title: "{mark}"', text)
            start = time.perf_counter()
            path.write_text(text)
            shown(events, connection, route, mark)
            for where in lists:
                if mark not in get(connection, where):
                    sys.exit(f"{where} does not say {mark!r}")
            title.append((time.perf_counter() - start) * 1000)
            time.sleep(0.15)
            if 2 * (edit + 1) in (50, 250, 500, 1000) or edit + 1 == a.edits:
                resident, most = memory(server)
                print(f"N={n:<6} memory of the server after {2 * (edit + 1)} edits: {resident:.0f} MiB, at most {most:.0f} MiB", flush=True)
        for what, times in (("body", body), ("title", title)):
            print(f"N={n:<6} {what:5} edit: median {statistics.median(times):6.1f} ms, worst {max(times):6.1f} ms", flush=True)
        server.terminate()
        server.wait()
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
