"""live_check.py FOLDER COMMAND...: runs a training with --live, checks its page and the answers to foreign requests, and ends it."""

import http.client
import json
import pathlib
import signal
import socket
import subprocess
import sys
import time
import urllib.parse

from browser import render, rows

folder = pathlib.Path(sys.argv[1])
process = subprocess.Popen(sys.argv[2:], stdout=subprocess.PIPE, text=True)
try:
    address = next(line for line in process.stdout if line.startswith("The report is live at ")).split()[-1]
    place = urllib.parse.urlsplit(address)
    assert place.hostname == "127.0.0.1"
    while not (folder / "metrics.jsonl").exists() or "test_accuracy" not in (folder / "metrics.jsonl").read_text():
        assert process.poll() is None, "the run has ended too early"
        time.sleep(0.2)

    def ask(host, path="/"):
        connection = http.client.HTTPConnection(place.hostname, place.port, timeout=20)
        connection.putrequest("GET", path, skip_host=True)
        connection.putheader("Host", host)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read()

    assert ask(f"localhost:{place.port}")[0] == 200
    for stranger in ("rebound.example", f"rebound.example:{place.port}", "127.0.0.1.rebound.example"):
        assert ask(stranger)[0] == 403, stranger
    assert ask("127.0.0.1", "/../run.json")[0] == 404
    own = [entry[4][0] for entry in socket.getaddrinfo(socket.gethostname(), None) if not entry[4][0].startswith("127.")]
    for other in own:
        with socket.socket(socket.AF_INET6 if ":" in other else socket.AF_INET) as stranger:
            assert stranger.connect_ex((other, place.port)) != 0, f"{other} answers"

    first = json.loads(ask("127.0.0.1", "/data?from=0")[1])
    written = (folder / "metrics.jsonl").read_text().splitlines()
    assert first["metrics"] == [json.loads(line) for line in written[: len(first["metrics"])]] and first["metrics"]
    later = json.loads(ask("127.0.0.1", f"/data?from={first['next']}&evaluated={first['evaluated']}")[1])
    assert all(line not in first["metrics"] for line in later["metrics"])

    page = render(address)
    shown = rows(page.first("details", id="epochs").first("table"))
    epochs = [line for line in map(json.loads, (folder / "metrics.jsonl").read_text().splitlines()) if "step" not in line]
    assert shown and [cells[4] for cells in shown] == [f"{100 * line['test_accuracy']:.2f} %" for line in epochs[: len(shown)]]
finally:
    process.send_signal(signal.SIGTERM)
    process.stdout.read()
    code = process.wait(60)
assert code == 143, code
try:
    ask("127.0.0.1")
    raise AssertionError("the page outlives the run")
except ConnectionRefusedError:
    print("report: the live page shows the run and answers to its own name only")
