#!/usr/bin/env python3
"""Raw requests to a running dash-serve: dash-requests.py PART PORT TOKEN

PART is table (one request a row, with the status it must get), sockets, or stop PID."""
import json
import os
import signal
import socket
import sys
import time

part, port, token = sys.argv[1], int(sys.argv[2]), sys.argv[3]
failures = []

HOST = f"Host: localhost:{port}"
OURS = f"Origin: http://localhost:{port}"
BEARER = f"Authorization: Bearer {token}"
JSON = "Content-Type: application/json"
KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
UPGRADE = ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", KEY]
GUARDS = [b"Content-Security-Policy: default-src 'none'", b"X-Content-Type-Options: nosniff",
          b"X-Frame-Options: DENY", b"Cross-Origin-Resource-Policy: same-origin", b"Connection: close"]
NOTHING = 0  # the connection is closed without an answer


def connect():
    connection = socket.create_connection(("127.0.0.1", port))
    connection.settimeout(5)
    return connection


def send(text):
    """All that comes back until the server closes."""
    answer = b""
    with connect() as connection:
        try:
            connection.sendall(text if isinstance(text, bytes) else text.encode())
            while chunk := connection.recv(65536):
                answer += chunk
        except ConnectionError:
            pass
    return answer


def request(line, *headers, body=""):
    return f"{line} HTTP/1.1\r\n" + "".join(f"{header}\r\n" for header in headers) + "\r\n" + body


def status_of(answer):
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else NOTHING


def post(path, body, *headers):
    return request(f"POST {path}", HOST, OURS, BEARER, JSON, f"Content-Length: {len(body)}", *headers, body=body)


def expect(name, got, *wanted):
    if got not in wanted:
        failures.append(f"{name}: {got}, not {' or '.join(map(str, wanted))}")


def get(path, *headers):
    return request(f"GET {path}", HOST, *headers)


ROWS = [
    # What is there
    (200, get("/")), (200, get("/app.js")), (200, get("/style.css")), (200, get("/icon.svg")),
    (200, get("/api/v1/status")), (200, get("/api/v1/changes")), (200, get("/api/v1/changes?limit=5")),
    (200, get("/api/v1/runs")), (200, get("/api/v1/validation")), (200, get("/api/v1/notifications")),
    (200, get("/api/v1/backups")), (200, get("/api/v1/live")), (200, get("/api/v1/live?since=1")),
    (200, get("/metrics")), (200, get("/healthz")), (503, get("/readyz")),
    (200, request("HEAD /", HOST)), (204, request("OPTIONS /api/v1/actions", HOST)),
    (200, get("/api/v1/session", "Sec-Fetch-Site: same-origin")), (200, post("/api/v1/ticket", "{}")),
    # What a query may say
    (400, get("/api/v1/changes?limit=0")), (400, get("/api/v1/changes?limit=999")),
    (400, get("/api/v1/changes?limit=x")), (400, get("/api/v1/changes?before=../x")),
    (410, get("/api/v1/changes?before=01ZZZZZZZZZZZZZZZZZZZZZZZZ")), (400, get("/api/v1/live?since=-1")),
    # Host
    (421, request("GET /")), (421, request("GET /", "Host: localhost")),
    (421, request("GET /", f"Host: LOCALHOST:{port}")), (421, request("GET /", f"Host: localhost.:{port}")),
    (421, request("GET /", f"Host: 127.0.0.1.evil:{port}")), (421, request("GET /", f"Host: [::1]:{port}")),
    (421, request("GET /", f"Host: a@localhost:{port}")), (421, request("GET /", HOST, HOST)),
    (421, request("GET /", f"Host: evil.example:{port}", f"Origin: http://evil.example:{port}")),
    (200, request("GET /", f"Host: 127.0.0.1:{port}")),
    (421, "GET / HTTP/1.0\r\n\r\n"),
    # The request line
    ((NOTHING, 400, 404), get("http://evil.example/")), ((NOTHING, 400, 404), get(f"http://localhost:{port}/healthz")),
    ((NOTHING, 400, 404), request("OPTIONS *", HOST)), ((400, 405), request("TRACE /", HOST)),
    ((400, 405), request("CONNECT localhost:80", HOST)), ((400, 405), request("BREW /", HOST)),
    (400, "nonsense\r\n\r\n"), (400, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
    (400, b"GET /\x00 HTTP/1.1\r\n\r\n"), (400, get("/a b")),
    # Paths
    (404, get("/index.html")), (404, get("/nothing")), (404, get("//")), (404, get("/api/v1/status/")),
    (404, get("/../../etc/passwd")), (404, get("/%2e%2e/%2e%2e/etc/passwd")), (404, get("/..%5c..%5cetc")),
    (404, get("/.schema/dashboard.token")), (404, get("/app.js/")), (404, get("/x.cgi")), (404, get("/x.php")),
    (405, request("DELETE /api/v1/status", HOST)), (405, get("/api/v1/actions")),
    # Framing
    (400, request("POST /api/v1/actions", HOST, OURS, BEARER, JSON, "Transfer-Encoding: chunked",
                  "Content-Length: 2", body="{}")),
    (400, request("POST /api/v1/actions", HOST, OURS, BEARER, JSON, "Transfer-Encoding: chunked", body="0\r\n\r\n")),
    (400, post("/api/v1/actions", "{}", "Content-Length: 2")),
    ((400, 411), request("POST /api/v1/actions", HOST, OURS, BEARER, JSON, "Content-Length: -2")),
    ((400, 411), request("POST /api/v1/actions", HOST, OURS, BEARER, JSON)),
    (413, post("/api/v1/actions", "x" * 16385)), (431, get("/", *["X: y"] * 70)),
    ((400, 413, 431), get("/", "X: " + "y" * 20000)), ((400, 413, 414, 431), get("/" + "a" * 20000)),
    # Other sites
    (403, get("/api/v1/status", "Sec-Fetch-Site: cross-site")), (403, get("/api/v1/status", "Sec-Fetch-Site: same-site")),
    (403, get("/app.js", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors")),
    (200, get("/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document")),
    (403, get("/api/v1/status", "Origin: http://evil.example")), (403, get("/api/v1/status", "Origin: null")),
    (403, get("/api/v1/status", "Origin: http://localhost:1")), (200, get("/api/v1/status", OURS)),
    (403, request("OPTIONS /api/v1/actions", HOST, "Origin: http://evil.example", "Access-Control-Request-Method: POST")),
    (403, get("/api/v1/session")), (403, get("/api/v1/session", "Sec-Fetch-Site: none")),
    # Acting
    (401, request("POST /api/v1/actions", HOST, OURS, JSON, "Content-Length: 2", body="{}")),
    (401, request("POST /api/v1/ticket", HOST, OURS, JSON, "Authorization: Bearer " + "0" * 64, "Content-Length: 2", body="{}")),
    (403, request("POST /api/v1/actions", HOST, BEARER, JSON, "Content-Length: 2", body="{}")),
    (403, request("POST /api/v1/actions", HOST, BEARER, JSON, "Origin: http://evil.example", "Content-Length: 2", body="{}")),
    (415, request("POST /api/v1/actions", HOST, OURS, BEARER, "Content-Type: text/plain", "Content-Length: 2", body="{}")),
    (400, post("/api/v1/actions", "{}")), (400, post("/api/v1/actions", "not json")),
    (400, post("/api/v1/actions", '{"action":"rm -rf /"}')), (400, post("/api/v1/actions", '{"action":"check\\ntypes"}')),
    (400, request("POST /api/v1/actions", HOST, OURS, BEARER, JSON, "Content-Length: 99", body="{}")),
    (503, post("/api/v1/actions", '{"action":"check"}')),
    # WebSocket
    (403, get("/api/v1/live", *UPGRADE)), (403, get("/api/v1/live", "Origin: http://evil.example", *UPGRADE)),
    (401, get("/api/v1/live", OURS, *UPGRADE)), (400, get("/api/v1/status", OURS, *UPGRADE)),
    (401, get("/api/v1/live", OURS, *UPGRADE, "Sec-WebSocket-Protocol: ticket." + "0" * 64)),
    (400, get("/api/v1/live", OURS, "Connection: Upgrade", "Upgrade: h2c")),
]


def run_table():
    for wanted, text in ROWS:
        answer = send(text)
        name = repr(text[:110])
        expect(name, status_of(answer), *(wanted if isinstance(wanted, tuple) else (wanted,)))
        if not answer:
            continue
        head, _, body = answer.partition(b"\r\n\r\n")
        for guard in GUARDS:
            if guard not in head:
                failures.append(f"{name}: without {guard.decode()}")
        if b"access-control" in head.lower() or b"\r\nServer:" in head:
            failures.append(f"{name}: says too much: {head}")
        if any(word in body for word in (b"nothing\"", b"passwd", b"evil", b"rm -rf")):
            failures.append(f"{name}: repeats the request: {body}")
        if text.startswith("HEAD ") if isinstance(text, str) else False:
            expect(name + " body", body, b"")
    print(f"{len(ROWS)} requests")


def ticket():
    return json.loads(send(post("/api/v1/ticket", "{}")).partition(b"\r\n\r\n")[2])["ticket"]


def open_socket(with_ticket=None):
    connection = connect()
    connection.sendall(get("/api/v1/live", OURS, *UPGRADE, "Sec-WebSocket-Protocol: schema.live.1, ticket."
                           + (with_ticket or ticket())).encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(4096)
    return connection, answer


def frame(opcode, payload, first=0x80):
    length = bytes([0x80 | len(payload)]) if len(payload) < 126 else b"\xfe" + len(payload).to_bytes(2, "big")
    return bytes([first | opcode]) + length + bytes(4) + payload


def received(connection):
    """Bytes until the server closes."""
    text = b""
    try:
        while chunk := connection.recv(4096):
            text += chunk
    except OSError:
        pass
    return text


def has(connection, wanted, text=b""):
    """Whether these bytes come, or have come in text."""
    try:
        while wanted not in text:
            text += connection.recv(4096)
    except OSError:
        return False
    return True


def run_sockets():
    used = ticket()
    first, answer = open_socket(used)
    expect("a socket", status_of(answer), 101)
    expect("its subprotocol", b"Sec-WebSocket-Protocol: schema.live.1\r\n" in answer, True)
    expect("the ticket in the answer", used.encode() in answer, False)
    expect("a used ticket", status_of(open_socket(used)[1]), 401)
    others = [open_socket() for _ in range(15)]
    expect("sixteen sockets", [status_of(answer) for _, answer in others], [101] * 15)
    spare = ticket()
    expect("a seventeenth", status_of(open_socket(spare)[1]), 503)
    expect("a page beside sixteen sockets", status_of(send(get("/api/v1/status"))), 200)
    stalled = [connect() for _ in range(4)]
    for connection in stalled:
        connection.sendall(b"GET / HT")
    expect("a page beside stalled requests", status_of(send(get("/"))), 200)

    first.sendall(frame(8, (1000).to_bytes(2, "big")))
    expect("a close is answered", b"\x88\x02\x03\xe8" in received(first), True)
    time.sleep(0.3)
    again, answer = open_socket(spare)
    expect("after one closed there is room, and the refused ticket is whole", status_of(answer), 101)
    again.sendall(frame(1, b"x" * 2000))
    expect("a long message ends it with 1009", b"\x88\x02\x03\xf1" in received(again), True)
    others[0][0].sendall(frame(1, b"x", first=0xC0))
    expect("a reserved bit ends it with 1002", b"\x88\x02\x03\xea" in received(others[0][0]), True)
    others[1][0].sendall(frame(1, b"hello"))
    others[1][0].sendall(frame(9, b"ping"))
    expect("a ping is answered", has(others[1][0], b"\x8a\x04ping"), True)


def run_stop(pid):
    opened = [open_socket() for _ in range(3)]
    for connection, answer in opened:
        expect("a hello is said", has(connection, b'"hello"', answer), True)
    stalled = connect()
    stalled.sendall(b"POST /api/v1/actions HT")
    began = time.monotonic()
    os.kill(pid, signal.SIGTERM)
    for connection, _ in opened:
        expect("a stop is said", b"\x88\x02\x03\xe9" in received(connection), True)
    while time.monotonic() - began < 5:
        try:
            with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
                if stat.read().rsplit(")", 1)[1].split()[0] == "Z":
                    break
        except FileNotFoundError:
            break
        time.sleep(0.01)
    expect("stopped within a second", time.monotonic() - began < 1, True)


if part == "table":
    run_table()
elif part == "sockets":
    run_sockets()
else:
    run_stop(int(sys.argv[4]))
for failure in failures:
    print(failure)
sys.exit(1 if failures else 0)
