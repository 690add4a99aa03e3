"""fork_server.py SOCKET: imports torch and torch_npu once, and forks a child for each program of a fork_client.py.

It prints "ready" when it answers, and ends, with its children, when its standard input does. A child starts as the
import left the process: with one thread, and before any use of the device or of the simulator's settings.
"""
import contextlib
import gc
import json
import os
import runpy
import select
import signal
import socket
import sys

import torch
import torch_npu


def serve(path):
    """Forks children until the standard input ends; returns in each child, with the connection to its client."""
    children = {}  # by its pidfd: the process and the connection to its client
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(path)
        listener.listen(64)
        print("ready", flush=True)
        while True:
            clients = {connection.fileno(): process for process, connection in children.values()}
            ready = wait([sys.stdin.fileno(), listener.fileno(), *children], clients)
            for client in ready & clients.keys():
                os.kill(clients[client], signal.SIGKILL)
            for end in ready & children.keys():
                os.close(end)
                report(*children.pop(end))
            if sys.stdin.fileno() in ready:
                for process, _ in children.values():
                    os.kill(process, signal.SIGKILL)
                sys.exit()
            if listener.fileno() in ready:
                connection = listener.accept()[0]
                process = os.fork()
                if process == 0:
                    for end, (_, other) in children.items():
                        os.close(end)
                        other.close()
                    return connection
                children[os.pidfd_open(process)] = process, connection


def wait(readable, connected):
    """Waits for a file that can be read or a connection that the other side closed; returns all of them."""
    poll = select.poll()
    for file in readable:
        poll.register(file, select.POLLIN)
    for file in connected:
        poll.register(file, 0)
    return {file for file, _ in poll.poll()}


def report(process, connection):
    """Sends the status of a process that ended to its client, if there still is one."""
    status = os.waitpid(process, 0)[1]
    with connection, contextlib.suppress(OSError):
        connection.send(str(status).encode())


def become(connection):
    """Takes over the client's files, folder, environment and arguments."""
    with connection:
        message, files, _, _ = socket.recv_fds(connection, 1 << 20, 3)
    request = json.loads(message)
    for target, file in enumerate(files):
        os.dup2(file, target)
        os.close(file)
    toolkit = os.environ["ASCEND_HOME_PATH"]
    os.environ.clear()
    os.environ.update(request["environment"])
    if os.environ["ASCEND_HOME_PATH"] != toolkit:
        sys.exit(f"fork_server.py: its libraries are those of {toolkit}, not {os.environ['ASCEND_HOME_PATH']}")
    os.chdir(request["folder"])
    sys.argv = request["arguments"]


if __name__ == "__main__":
    gc.freeze()  # else each child's collector would copy the pages of all imported objects
    become(serve(sys.argv[1]))
    if sys.argv[0] == "-c":
        exec(sys.argv.pop(1), {"__name__": "__main__"})
    else:
        runpy.run_path(sys.argv[0], run_name="__main__")
