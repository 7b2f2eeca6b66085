"""The child's side of the protocol (see ../child.ts), and the same numbers for everyone (see ../data.ts)."""
import json
import os
import resource
import sys
import time

try:
    import numpy as np
except ImportError as error:
    print(json.dumps({"unavailable": str(error)}), flush=True)
    sys.exit(0)

CHECKED_STEP = int(os.environ.get("BENCH_FIRST_STEPS", 5))


def noise(seed, n):
    x = np.sin(1000 * seed + np.arange(n, dtype=np.float64)) * 43758.5453
    return x - np.floor(x)


def weights(seed, shape, stddev):
    return ((noise(seed, int(np.prod(shape))) - 0.5) * np.sqrt(12) * stddev).astype(np.float32).reshape(shape)


def pictures(seed, batch):
    x = noise(seed, batch * 784)
    return np.where(x > 0.8, (x - 0.8) * 5, 0).astype(np.float32).reshape(batch, 784)


def labels(batch):
    return np.eye(10, dtype=np.float32)[np.arange(batch) % 10]


def batches(batch, shape=(784,)):
    """Batches of pictures, given in turn."""
    every = [pictures(100 + i, batch).reshape((batch,) + shape) for i in range(4)]
    at = [0]

    def following():
        at[0] += 1
        return every[(at[0] - 1) % len(every)]

    return following


def keeping():
    """What dropout keeps: all in the first five steps, so that the costs can be compared, then a half."""
    at = [0]

    def following():
        at[0] += 1
        return 1.0 if at[0] <= 5 else 0.5

    return following


def once(time_it):
    """Marks what is done once, and gives its own seconds."""
    time_it.once = True
    return time_it


def peak_bytes():
    try:
        # Not ru_maxrss there: a process begins with that of the one which started it.
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
    except (IOError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def serve(workloads, versions, others=lambda: 0.0):
    """Sets up the workload that the command line names, then runs steps as asked. A workload is a step function,
    or one marked by `once`; `others` gives the processor time of processes that
    work for it."""
    name, params = sys.argv[-2], json.loads(sys.argv[-1])

    def say(line):
        print(json.dumps(line), flush=True)

    if name not in workloads:
        return say({"unavailable": "it has no '%s'" % name})
    step = workloads[name](**params)
    once = getattr(step, "once", False)
    check = None
    if not once:
        for _ in range(CHECKED_STEP):
            check = step()
    say({"versions": versions, "check": None if check is None else float(check), "peakBytes": peak_bytes()})
    for line in sys.stdin:
        n = json.loads(line)["run"]
        cpu, started = time.process_time() + others(), time.perf_counter()
        if once:
            seconds = step()
        else:
            for _ in range(n):
                step()
            seconds = time.perf_counter() - started
        say({"seconds": seconds, "cpuSeconds": time.process_time() + others() - cpu, "peakBytes": peak_bytes()})


def unavailable(error):
    print(json.dumps({"unavailable": str(error)}), flush=True)
    sys.exit(0)
