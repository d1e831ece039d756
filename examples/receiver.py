"""A partner's receiver in one file: checks the signature, keeps each request once, deletes it when
it is withdrawn, and confirms.

Run: ZIJSTAP_KEY=... python examples/receiver.py 8090       Stop: Ctrl-C
"""

import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

KEY = os.environ["ZIJSTAP_KEY"].encode()
SEEN, KEPT = set(), {}  # a real partner keeps these in its database


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        timestamp = self.headers.get("X-Zijstap-Timestamp", "0")
        expected = (
            "v1=" + hmac.new(KEY, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        )
        given = self.headers.get("X-Zijstap-Signature", "").split(",")
        fresh = timestamp.isdigit() and abs(time.time() - int(timestamp)) <= 300
        if not fresh or not any(hmac.compare_digest(expected, one.strip()) for one in given):
            return self.answer(401, {"error": "signature"})
        sent = json.loads(body)
        delivery = self.headers["Idempotency-Key"]
        if sent["type"] != "test" and delivery not in SEEN:  # the same key again is no news
            SEEN.add(delivery)
            self.take(sent)
        return self.answer(200, {"status": "acknowledged"})

    def take(self, sent):
        if sent["type"] == "handoff":
            KEPT[sent["reference"]] = sent  # the newest of a reference counts
        elif sent["type"] == "withdrawal":
            KEPT.pop(sent["reference"], None)

    def answer(self, status, data):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(data).encode())


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
