"""Measures the least cost of the kernel's sockets: the processor time in which one of two processes sends 24 MB to the other and receives as much.

Usage: loopback.py   Prints the milliseconds of processor time per process and exchange, without any sum; gloo does the same and also sums.
"""

import os
import resource
import socket
import threading

BYTES = 23_894_296  # GoogLeNet's gradients
SEGMENT = 1 << 20  # gloo's segment size
EXCHANGES = 100


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def exchange(connection, outgoing, incoming):
    def receive():
        for begin in range(0, BYTES, SEGMENT):
            part = incoming[begin : begin + SEGMENT]
            while part:
                part = part[connection.recv_into(part) :]

    receiver = threading.Thread(target=receive)
    receiver.start()
    for begin in range(0, BYTES, SEGMENT):
        connection.sendall(outgoing[begin : begin + SEGMENT])
    receiver.join()


def measure(connection):
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    outgoing, incoming = memoryview(bytearray(BYTES)), memoryview(bytearray(BYTES))
    exchange(connection, outgoing, incoming)
    start = processor_seconds()
    for _ in range(EXCHANGES):
        exchange(connection, outgoing, incoming)
    return (processor_seconds() - start) / EXCHANGES * 1000


def main():
    with socket.create_server(("127.0.0.1", 0)) as server:
        if os.fork() == 0:
            with socket.create_connection(server.getsockname()) as connection:
                measure(connection)
            os._exit(0)
        with server.accept()[0] as connection:
            print(f"{measure(connection):.1f}")
        os.wait()


if __name__ == "__main__":
    main()
