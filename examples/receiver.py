"""A partner's receiver in thirty lines: checks the signature, keeps each request once, confirms.

Run: ZIJSTAP_KEY=... python examples/receiver.py 8090       Stop: Ctrl-C
"""

import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

KEY, SEEN = os.environ["ZIJSTAP_KEY"].encode(), {}  # a real partner keeps SEEN in its database


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
        if sent["type"] != "test":
            SEEN[self.headers["Idempotency-Key"]] = sent  # the same key again is no news
        return self.answer(200, {"status": "acknowledged"})

    def answer(self, status, data):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(data).encode())


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
