"""A task of a cluster: TensorFlow's own server.   python task.py JOB INDEX ps=HOST:PORT,… worker=HOST:PORT,…

Prints READY once it listens, and serves until it is killed, or whoever started it is gone.
"""
import os
import sys
import time

import tensorflow

tf = tensorflow if tensorflow.__version__ < '2' else tensorflow.compat.v1
job, index = sys.argv[1], int(sys.argv[2])
cluster = {name: addresses.split(',') for name, addresses in (each.split('=') for each in sys.argv[3:])}
parent = os.getppid()
server = tf.train.Server(cluster, job_name=job, task_index=index)
print('READY', server.target)
sys.stdout.flush()
while os.getppid() == parent:
    time.sleep(0.2)
