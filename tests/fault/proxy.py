#!/usr/bin/python3
"""Between a client and a PostgreSQL server, cuts the connection at a given message of the server's.

proxy.py DIRECTORY SOCKET

Listens on a free port of 127.0.0.1, written to DIRECTORY/port, and passes everything on to the server's
SOCKET. Before each run of the client DIRECTORY/plan says what to do, in words:

    RUN CONNECTION POINT PART HOW

RUN is another word for each run; its connections are numbered from 1. Points are the messages of the server,
numbered from 0, but of the rows of a statement the first only. PART: before (the message is not passed on) or
within (half of it is). HOW: close, reset (what TCP does when a host is restarted), or terminate (the server
ends the session, as by pg_terminate_backend). CONNECTION 0 strikes nothing.

DIRECTORY/struck is made when that happens. Of a connection that ended, DIRECTORY/messages.CONNECTION has the
type of the message at each point: a letter each, as the protocol has them (C ends a statement, D is a row).
"""
import os
import socket
import struct
import subprocess
import sys
import threading

directory, server_path = sys.argv[1:3]
last_run, connections = None, 0


def report(name, text):
    path = os.path.join(directory, name)
    with open(path + ".new", "w") as file:
        file.write(text)
    os.rename(path + ".new", path)


class Plan:
    """Of one connection: what is to happen at which point."""

    def __init__(self):
        global last_run, connections
        with open(os.path.join(directory, "plan")) as file:
            run, connection, point, self.part, self.how = file.read().split()
        connections = connections + 1 if run == last_run else 1
        last_run = run
        self.connection = connections
        self.point = int(point) if int(connection) == connections else -1


class Session:
    def __init__(self, client, plan):
        self.client = client
        self.plan = plan
        self.types = ""
        self.process = None
        self.server = socket.socket(socket.AF_UNIX)
        self.server.connect(server_path)
        self.upward = threading.Thread(target=self.pass_up, daemon=True)

    def pass_up(self):
        try:
            while data := self.client.recv(65536):
                self.server.sendall(data)
            self.server.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def messages(self):
        buffer = b""
        while data := self.server.recv(65536):
            buffer += data
            while len(buffer) >= 5 and len(buffer) > (length := struct.unpack("!I", buffer[1:5])[0]):
                yield buffer[: length + 1]
                buffer = buffer[length + 1:]

    def is_point(self, message):
        kind = chr(message[0])
        if kind == "D" and self.types.endswith("D"):
            return False
        self.types += kind
        return True

    def strike(self, message):
        report("struck", "")
        if self.plan.part == "within":
            self.client.sendall(message[: len(message) // 2])
        if self.plan.how == "close":
            # A socket with something unread would be reset when it is closed.
            self.client.shutdown(socket.SHUT_WR)
            self.upward.join()
        else:
            self.server.shutdown(socket.SHUT_RDWR)
            self.client.shutdown(socket.SHUT_RD)
            self.upward.join()
            self.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def terminate(self):
        report("struck", "")
        host = os.path.dirname(server_path)
        query = f"select pg_terminate_backend({self.process}, 5000)"
        if self.process:
            subprocess.run(["psql", "-X", "-q", "-o", os.devnull, "-h", host, "-d", "postgres", "-c", query])

    def run(self):
        self.upward.start()
        try:
            for message in self.messages():
                if message[0:1] == b"K":
                    self.process = struct.unpack("!I", message[5:9])[0]
                if self.is_point(message) and len(self.types) - 1 == self.plan.point:
                    if self.plan.how != "terminate":
                        self.strike(message)
                        break
                    self.terminate()
                self.client.sendall(message)
            else:
                self.client.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        report(f"messages.{self.plan.connection}", self.types)
        self.client.close()
        self.server.close()


listener = socket.create_server(("127.0.0.1", 0))
report("port", str(listener.getsockname()[1]))
while True:
    accepted, _ = listener.accept()
    accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    threading.Thread(target=Session(accepted, Plan()).run, daemon=True).start()
