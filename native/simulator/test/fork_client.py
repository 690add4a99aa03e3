"""fork_client.py SOCKET (SCRIPT | -c CODE) [ARGUMENT...]: runs a program in a child of the fork_server.py at SOCKET.

The child has this process's files, folder and environment; this process ends as the child does.
"""
import json
import os
import resource
import signal
import socket
import sys


def status():
    request = {"arguments": sys.argv[2:], "folder": os.getcwd(), "environment": dict(os.environ)}
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as server:
        server.connect(sys.argv[1])
        socket.send_fds(server, [json.dumps(request).encode()], [0, 1, 2])
        return int(server.recv(64))


try:
    code = os.waitstatus_to_exitcode(status())
except (OSError, ValueError) as error:
    print(f"fork_client.py: no answer from the fork server: {error!r}", file=sys.stderr)
    sys.exit(70)  # no program of the tests ends with it
if code < 0:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if -code != signal.SIGKILL:
        signal.signal(-code, signal.SIG_DFL)
    os.kill(os.getpid(), -code)
sys.exit(code)
