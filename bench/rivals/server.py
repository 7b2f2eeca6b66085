"""A server of sessions for a benchmark, in a process of its own, which ends with the one that started it.

As a program, `server.py [COMMAND …]` runs the command, or a server of TensorFlow's own, until its standard input ends.
"""
import os
import subprocess
import sys
import threading
import time


def wanted():
    """What stands between the program and its workload: how to get a server, or nothing."""
    return sys.argv[1:-2]


class Server(object):
    """`command` prints `READY grpc://…`; TensorFlow's own server where it is ['tensorflow']."""

    def __init__(self, command):
        own = [] if command == ["tensorflow"] else command
        self.process = subprocess.Popen([sys.executable, os.path.abspath(__file__)] + own, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, universal_newlines=True)
        self.target, self.pid = self._ready()

    def _ready(self):
        for line in self.process.stdout:
            if line.startswith("READY"):
                return line.split()[1], int(line.split()[2])
        raise RuntimeError("the server ended before it was ready")

    def cpu(self):
        """Seconds of the processor that it has taken; 0 where the system does not say."""
        try:
            with open("/proc/%d/stat" % self.pid) as stat:
                user, system = stat.read().rsplit(")", 1)[1].split()[11:13]
            return (int(user) + int(system)) / float(os.sysconf("SC_CLK_TCK"))
        except IOError:
            return 0.0


def ends_with_stdin(end):
    def wait():
        sys.stdin.read()
        end()
        os._exit(0)

    thread = threading.Thread(target=wait)
    thread.daemon = True
    thread.start()


def main(command):
    if command:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, universal_newlines=True)
        ends_with_stdin(process.kill)
        for line in process.stdout:
            if line.startswith("READY"):
                print("READY %s %d" % (line.split()[1], process.pid), flush=True)
        process.wait()
    else:
        import tensorflow.compat.v1 as tf
        server = tf.train.Server.create_local_server()
        ends_with_stdin(lambda: None)
        print("READY %s %d" % (server.target, os.getpid()), flush=True)
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    main(sys.argv[1:])
