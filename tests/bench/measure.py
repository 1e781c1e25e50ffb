#!/usr/bin/python3
"""measure.py RUNS NAME=COMMAND...: runs the commands in turn, RUNS times after one warm-up, and prints
for each the median wall and CPU time of the process (not of a server it talks to), its peak memory, and
the ratios to the first. Times of different runs do not compare; ratios of one run do."""
import os
import shlex
import subprocess
import sys
import tempfile

work = tempfile.TemporaryDirectory()
usage = os.path.join(work.name, "usage")
subprocess.run(["cc", "-O2", "-o", usage, os.path.join(os.path.dirname(__file__), "usage.c")], check=True)


def run(command):
    done = subprocess.run([usage] + shlex.split(command), capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"'{command}' failed: {done.stderr}")
    return tuple(float(word) for word in done.stdout.split())


def median(values):
    return sorted(values)[len(values) // 2]


runs = int(sys.argv[1])
commands = [argument.split("=", 1) for argument in sys.argv[2:]]
results = {name: [] for name, _ in commands}
for turn in range(runs + 1):
    for name, command in commands:
        result = run(command)
        if turn > 0:
            results[name].append(result)
first = None
print(f"{'':24}{'wall s':>9}{'CPU s':>9}{'MB':>8}   ratios to the first")
for name, _ in commands:
    wall, cpu, memory = (median(column) for column in zip(*results[name]))
    first = first or (wall, cpu, memory)
    print(f"{name:24}{wall:9.3f}{cpu:9.3f}{memory:8.1f}   "
          f"{wall / first[0]:.2f} wall, {cpu / first[1]:.2f} CPU, {memory / first[2]:.2f} memory")
