"""A language server that says its version, the first argument, and then nothing any more."""  # noqa: INP001  # a program

import json
import sys

headers = iter(sys.stdin.buffer.readline, b"\r\n")
length = int(next(line for line in headers if line.startswith(b"Content-Length:")).split()[1])
list(headers)
request = json.loads(sys.stdin.buffer.read(length))
result = {"capabilities": {}, "serverInfo": {"name": "redfirst", "version": sys.argv[1]}}
body = json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": result}).encode()
sys.stdout.buffer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
sys.stdout.buffer.flush()
sys.stdin.buffer.read()
