#!/usr/bin/env python3
"""Runs a command and prints wall seconds, CPU seconds and the most memory that one of its processes held at a time, in MB.

usage: resource_use.py OUT ERR COMMAND [ARGUMENT]...
The command writes into the files OUT and ERR. CPU time is user and system, of the command and of the processes it waited for.
"""
import os
import subprocess
import sys
import time


def main():
    start = time.perf_counter()
    with open(sys.argv[1], "w") as out, open(sys.argv[2], "w") as err:
        process = subprocess.Popen(sys.argv[3:], stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    print(f"{wall:.3f} {usage.ru_utime + usage.ru_stime:.3f} {usage.ru_maxrss / 1024:.1f}")
    sys.exit(os.waitstatus_to_exitcode(status) != 0)


main()
