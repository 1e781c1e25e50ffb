#!/usr/bin/python3
"""measure.py RUNS NAME=COMMAND... [--before NAME=COMMAND]...: runs the commands in turn, RUNS times after one
warm-up, and prints for each the median wall and CPU time of the process (not of a server it talks to), its peak
memory, and the medians of its ratios to the first in the same turn. What is to come before a command runs
unmeasured. Times of different runs do not compare; ratios of one turn do."""
import os
import shlex
import statistics
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


runs = int(sys.argv[1])
commands, before = [], {}
arguments = iter(sys.argv[2:])
for argument in arguments:
    if argument == "--before":
        name, command = next(arguments).split("=", 1)
        before[name] = command
    else:
        commands.append(argument.split("=", 1))
results = {name: [] for name, _ in commands}
for turn in range(runs + 1):
    for name, command in commands:
        if name in before:
            run(before[name])
        result = run(command)
        if turn > 0:
            results[name].append(result)
first = results[commands[0][0]]
print(f"{'':28}{'wall ms':>9}{'CPU ms':>9}{'MB':>8}   ratios to the first")
for name, _ in commands:
    wall, cpu, memory = (statistics.median(column) for column in zip(*results[name]))
    ratios = [statistics.median(mine[i] / max(other[i], 1e-6) for mine, other in zip(results[name], first))
              for i in range(3)]
    print(f"{name:28}{wall * 1000:9.1f}{cpu * 1000:9.1f}{memory:8.1f}   "
          f"{ratios[0]:.3f} wall, {ratios[1]:.3f} CPU, {ratios[2]:.2f} memory")
