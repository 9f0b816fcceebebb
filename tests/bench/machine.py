"""What the figures were obtained on."""

import os
import re
import statistics
import subprocess
import time


def output_of(*command):
    try:
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""


def first_line(*command):
    return (output_of(*command).splitlines() or ["unknown"])[0].strip()


def fdatasync_millis(folder, count=100):
    """How long the disk of this folder takes to keep a small write, in the median."""
    times = []
    path = os.path.join(folder, "fdatasync")
    with open(path, "wb", buffering=0) as file:
        for _ in range(count):
            file.write(b"x" * 1000)
            begin = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - begin)
    os.unlink(path)
    return statistics.median(times) * 1000


def cache_value(build, name):
    with open(os.path.join(build, "CMakeCache.txt"), encoding="utf-8") as cache:
        found = re.search(rf"^{name}:\w+=(.*)$", cache.read(), re.MULTILINE)
    return found[1] if found else ""


def describe(build, folder):
    """Lines for the head of the printout."""
    with open("/proc/cpuinfo", encoding="utf-8") as cpuinfo:
        model = re.search(r"model name\s*:\s*(.*)", cpuinfo.read())
    packages = {name: first_line("dpkg-query", "-W", "-f=${Version}\n", name)
                for name in ("libgrpc++-dev", "libprotobuf-dev", "libhiredis-dev")}
    build_type = cache_value(build, "CMAKE_BUILD_TYPE")
    flags = cache_value(build, "CMAKE_CXX_FLAGS") or {"RelWithDebInfo": "-O2 -g1"}.get(build_type, "")
    filesystem = first_line("stat", "-f", "-c", "%T", str(folder))
    return [
        f"machine    {os.cpu_count()} cores, {model[1] if model else 'unknown processor'}",
        f"kernel     {os.uname().release}, load average before the run {os.getloadavg()[0]:.2f}",
        f"compiler   {first_line(cache_value(build, 'CMAKE_CXX_COMPILER') or 'c++', '--version')}, {build_type} {flags}",
        f"libraries  gRPC {packages['libgrpc++-dev']}, Protobuf {packages['libprotobuf-dev']}, "
        f"hiredis {packages['libhiredis-dev']}",
        f"store      {first_line('redis-server', '--version').split(' sha')[0]}, appendonly yes, appendfsync always, "
        f"noeviction, unix socket",
        f"disk       {filesystem}, fdatasync of 1,000 bytes takes {fdatasync_millis(folder):.2f} ms",
        f"clients    {first_line('h2load', '--version')}; bench_load (this build)",
    ]
