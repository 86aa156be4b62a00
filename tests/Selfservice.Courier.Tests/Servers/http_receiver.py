"""A receiver of messages for tests. Appends each request to a file of JSON lines before it answers, with the status that the path ends in or 200."""
import argparse
import http.server
import json
import os
import re

options = argparse.ArgumentParser()
options.add_argument("--port", type=int, default=0)
options.add_argument("--file", required=True)
options = options.parse_args()


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_request(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        status = re.search(r"/(\d{3})$", self.path)
        line = {"method": self.command, "path": self.path, "headers": {name.lower(): value for name, value in self.headers.items()}, "body": body}
        with open(options.file, "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self.send_response(int(status.group(1)) if status else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_PUT = handle_request

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", options.port), Receiver)
print(server.server_address[1], flush=True)
server.serve_forever()
