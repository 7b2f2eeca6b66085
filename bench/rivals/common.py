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


def serve(workloads, versions):
    """Sets up the workload that the command line names, then runs steps as asked. A workload is a step function,
    or has a `timed` attribute: seconds that n steps take."""
    name, params = sys.argv[1], json.loads(sys.argv[2])

    def say(line):
        print(json.dumps(line), flush=True)

    if name not in workloads:
        return say({"unavailable": "it has no '%s'" % name})
    step = workloads[name](**params)
    timed = getattr(step, "timed", None)
    check = None
    if not timed:
        for _ in range(CHECKED_STEP):
            check = step()
    say({"versions": versions, "check": None if check is None else float(check)})
    for line in sys.stdin:
        n = json.loads(line)["run"]
        if timed:
            seconds = timed(n)
        else:
            started = time.perf_counter()
            for _ in range(n):
                step()
            seconds = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        say({"seconds": seconds, "peakBytes": peak * (1 if sys.platform == "darwin" else 1024)})


def unavailable(error):
    print(json.dumps({"unavailable": str(error)}), flush=True)
    sys.exit(0)
