#!/usr/bin/python3
"""link.py [--ms MS] [--unix] [--patient] SAY HOST PORT COMMAND...: runs the command with PGHOST and PGPORT leading it to the
server at HOST (a socket's directory or an address) over a link whose round trip takes MS milliseconds (20), and ends
as the command does. The link is one of latency only: each byte arrives MS/2 after it was sent, however many are on
the way. Unless --unix the command's side is TCP on loopback, with a handshake that takes a round trip too.

The file SAY gets one line: "trips=N ms=WALL connections=N,N sent=BYTES received=BYTES". A round trip is counted where
the command has sent and is answered, however much it sent before; connections has them for each connection, in the
order they were opened, trips those that came one after the other whatever connection they were on: what was sent is one deeper than the
deepest that had arrived by then, and trips is how deep it went. So trips * MS is what the link has added where
nothing else went on meanwhile. The command's time is counted from its start to its end, the proxy's own is not. With --patient
nothing is delivered while a thread of the command runs or would run: then on a busy machine too who has not yet said
all is not answered, and counts are right where times are not (Linux only)."""
import argparse
import glob
import heapq
import itertools
import os
import selectors
import socket
import subprocess
import sys
import tempfile
import threading
import time


class Side:
    """One of the two sockets of a connection, and what is to be written to it."""

    def __init__(self, connection, sock):
        self.connection, self.socket, self.other = connection, sock, None
        self.pending, self.ending, self.events = b"", False, selectors.EVENT_READ
        sock.setblocking(False)


class Connection:
    def __init__(self, link, sock):
        server = link.reach()
        self.client, self.server = Side(self, sock), Side(self, server)
        self.client.other, self.server.other = self.server, self.client
        self.turns = self.depth = 0  # depth: of what the server has got
        self.left = False  # the command has closed it: nobody waits for what is said to its farewell
        self.asked, self.depth_first, self.open_at = False, link.depth, time.monotonic()
        if link.tcp:
            self.turns, self.depth_first = 1, link.depth + 1
            self.open_at += 2 * link.delay


class Link:
    def __init__(self, host, port, milliseconds, tcp, directory):
        self.host, self.port, self.delay, self.tcp = host, port, milliseconds / 2000, tcp
        self.patient_with = None  # a process
        self.depth = self.sent = self.received = 0
        self.connections, self.due, self.order = [], [], itertools.count()
        self.selector = selectors.DefaultSelector()
        if tcp:
            self.listener = socket.create_server(("127.0.0.1", 0))
            self.environment = {"PGHOST": "127.0.0.1", "PGPORT": str(self.listener.getsockname()[1])}
        else:
            self.listener = socket.socket(socket.AF_UNIX)
            self.listener.bind(os.path.join(directory, ".s.PGSQL.5432"))
            self.listener.listen()
            self.environment = {"PGHOST": directory, "PGPORT": "5432"}
        self.selector.register(self.listener, selectors.EVENT_READ)

    def reach(self):
        if self.host.startswith("/"):
            server = socket.socket(socket.AF_UNIX)
            server.connect(os.path.join(self.host, ".s.PGSQL." + self.port))
            return server
        server = socket.create_connection((self.host, int(self.port)))
        server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return server

    def accept(self):
        sock, _ = self.listener.accept()
        if self.tcp:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection = Connection(self, sock)
        self.connections.append(connection)
        for side in (connection.client, connection.server):
            self.selector.register(side.socket, side.events, side)

    def watch(self, side, events):
        if events == side.events:
            return
        if side.events and events:
            self.selector.modify(side.socket, events, side)
        elif events:
            self.selector.register(side.socket, events, side)
        else:
            self.selector.unregister(side.socket)
        side.events = events

    def read(self, side):
        """What has come from this side goes to the other one later; nothing is its end."""
        connection, now = side.connection, time.monotonic()
        try:
            data = side.socket.recv(1 << 20)
        except BlockingIOError:
            return
        except ConnectionError:
            data = b""
        if not data:
            connection.left |= side is connection.client
            self.watch(side, side.events & ~selectors.EVENT_READ)
        if side is connection.server:
            depth = connection.depth + 1
            self.received += len(data)
        else:
            now = max(now, connection.open_at)
            depth = max(self.depth, connection.depth_first)
            self.sent += len(data)
            connection.asked |= bool(data)
        heapq.heappush(self.due, (now + self.delay, next(self.order), side.other, data, depth))

    def deliver(self, side, data, depth):
        connection = side.connection
        side.ending |= not data
        if side is connection.server:
            connection.depth = max(connection.depth, depth)
        elif data and not connection.left:
            connection.turns += connection.asked
            connection.asked = False
            self.depth = max(self.depth, depth)
        side.pending += data
        self.write(side)

    def write(self, side):
        try:
            while side.pending:
                side.pending = side.pending[side.socket.send(side.pending):]
            if side.ending:
                side.socket.shutdown(socket.SHUT_WR)
        except BlockingIOError:
            self.watch(side, side.events | selectors.EVENT_WRITE)
            return
        except OSError:
            side.pending = b""
        self.watch(side, side.events & ~selectors.EVENT_WRITE)

    def is_busy(self):
        for path in glob.glob(f"/proc/{self.patient_with}/task/*/stat"):
            try:
                with open(path, encoding="ascii", errors="replace") as stat:
                    if stat.read().rpartition(")")[2].split()[0] in "RD":
                        return True
            except OSError:
                continue
        return False

    def run(self, ended):
        """Until the command has ended. All that was sent is taken before anything is delivered, so that a client
        that is still sending is never taken for one that answers."""
        self.selector.register(ended, selectors.EVENT_READ)
        wait = None
        while True:
            for key, events in self.selector.select(wait):
                if key.fileobj is ended:
                    return
                if key.fileobj is self.listener:
                    self.accept()
                    continue
                if events & selectors.EVENT_READ:
                    self.read(key.data)
                if events & selectors.EVENT_WRITE:
                    self.write(key.data)
            wait = max(0, self.due[0][0] - time.monotonic()) if self.due else None
            if wait != 0:
                continue
            if self.patient_with and self.is_busy():
                wait = 0.0005
                continue
            for key, events in self.selector.select(0):
                if isinstance(key.data, Side) and events & selectors.EVENT_READ:
                    self.read(key.data)
            _, _, side, data, depth = heapq.heappop(self.due)
            self.deliver(side, data, depth)

    def said(self):
        turns = ",".join(str(connection.turns) for connection in self.connections)
        return f"connections={turns} sent={self.sent} received={self.received}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ms", type=float, default=20)
    parser.add_argument("--unix", action="store_true")
    parser.add_argument("--patient", action="store_true")
    parser.add_argument("say")
    parser.add_argument("host")
    parser.add_argument("port")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="link.") as directory:
        link = Link(options.host, options.port, options.ms, not options.unix, directory)
        ended, end = socket.socketpair()
        start = time.monotonic()
        command = subprocess.Popen(options.command, env={**os.environ, **link.environment})
        link.patient_with = command.pid if options.patient else None
        took = []

        def wait():
            command.wait()
            took.append(time.monotonic() - start)
            end.close()

        threading.Thread(target=wait, daemon=True).start()
        link.run(ended)
        with open(options.say, "w", encoding="utf-8") as say:
            print(f"trips={link.depth} ms={took[0] * 1000:.1f} {link.said()}", file=say)
    sys.exit(command.returncode if command.returncode >= 0 else 128 - command.returncode)


if __name__ == "__main__":
    main()
