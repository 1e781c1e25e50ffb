#!/usr/bin/python3
"""A receiver of webhooks for tests: listener.py DIRECTORY [CERTIFICATE KEY]

Listens on a free port of 127.0.0.1 and writes it to DIRECTORY/port. Every request becomes a line of
DIRECTORY/requests (method, path, headers, body); its answer is the first line taken from
DIRECTORY/answers, a JSON object of status, headers, body, size (a body of that many bytes), echo
(path and headers as the body) and delay (seconds before it answers), or else 200.
"""
import http.server
import json
import os
import ssl
import sys
import threading
import time

directory = sys.argv[1]
lock = threading.Lock()


def next_answer():
    path = os.path.join(directory, "answers")
    with lock:
        if not os.path.exists(path):
            return {}
        with open(path) as file:
            lines = file.readlines()
        with open(path, "w") as file:
            file.writelines(lines[1:])
    return json.loads(lines[0]) if lines else {}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = {"method": self.command, "path": self.path, "headers": headers,
                   "body": body.decode()}
        answer = next_answer()
        with lock, open(os.path.join(directory, "requests"), "a") as file:
            file.write(json.dumps(request) + "\n")
        time.sleep(answer.get("delay", 0))
        text = answer.get("body", "").encode() + b"x" * answer.get("size", 0)
        if answer.get("echo"):
            text += (self.path + " " + json.dumps(headers)).encode()
        try:
            self.send_response(answer.get("status", 200))
            for name, value in answer.get("headers", {}).items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)
        except OSError:
            pass

    do_POST = do_GET = answer

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        pass


server = Server(("127.0.0.1", 0), Handler)
if len(sys.argv) > 3:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2], sys.argv[3])
    server.socket = context.wrap_socket(server.socket, server_side=True)
temporary = os.path.join(directory, "port.tmp")
with open(temporary, "w") as file:
    file.write(str(server.server_address[1]))
os.rename(temporary, os.path.join(directory, "port"))
server.serve_forever()
