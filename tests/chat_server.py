"""A chat server on loopback that answers what a test tells it to, well or badly."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, bytes] | tuple[int, bytes, dict[str, str]]
Script = Callable[[dict[str, Any]], Answer]


def chat(*texts: object, finish: str = "stop") -> bytes:
    """A well-formed answer with one choice a text."""
    rows = [
        {"index": i, "finish_reason": finish, "message": {"role": "assistant", "content": text}} for i, text in enumerate(texts)
    ]
    return json.dumps({"object": "chat.completion", "choices": rows}).encode()


def draft_of(body: dict[str, Any]) -> str:
    """The passage that a request is about."""
    text = str(body["messages"][-1]["content"])
    return text[text.index("<draft>") + len("<draft>") : text.rindex("</draft>")]


class FakeServer:
    """What came in, and how to answer it."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.url = ""
        self.stop = threading.Event()


def _handler(fake: FakeServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(200, json.dumps({"data": [{"id": "only-one"}]}).encode(), {})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            fake.bodies.append(body)
            fake.headers.append(dict(self.headers))
            if self.path != "/v1/chat/completions":
                return self._answer(404, b"no such page", {})
            status, content, *more = fake.script(body)
            return self._answer(status, content, more[0] if more else {})

        def _answer(self, status: int, content: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                if name != "X-Drip":
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)
            while "X-Drip" in headers and not fake.stop.wait(0.02):  # goes on for ever
                self.wfile.write(b"data: {garbage\n\n")

        def log_message(self, *_: object) -> None:
            pass

    return Handler


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:  # clients that hang up are what is tested
        pass


@contextmanager
def serving(script: Script) -> Iterator[FakeServer]:
    """Run a server for the length of a test."""
    fake = FakeServer(script)
    server = _Quiet(("127.0.0.1", 0), _handler(fake))
    fake.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield fake
    finally:
        fake.stop.set()
        server.shutdown()
        server.server_close()
        thread.join()


def sleeping(seconds: float) -> Script:
    """A script that answers too late."""

    def script(_: dict[str, Any]) -> Answer:
        time.sleep(seconds)
        return 200, chat("late")

    return script
