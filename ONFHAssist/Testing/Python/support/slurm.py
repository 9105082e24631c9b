"""A real SLURM on this machine: Debian's slurm-wlm and munge, one controller and two nodes by configuration.

Everything lies in one folder and ends with the block; nothing of the machine's own SLURM, where it has one, is
touched. The programs want to be started by root, as on a node.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from support.orthanc import free_port

PROGRAMS = ("munged", "slurmctld", "slurmd", "sinfo", "sbatch")
_NODES = ("onfh1", "onfh2")
_MEMORY_MB = 6000


def missing() -> list[str]:
    """What is not installed of it."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    return [name for name in PROGRAMS if shutil.which(name, path=path) is None]


@contextmanager
def two_nodes(state: Path, seconds: float = 120.0) -> Iterator[dict[str, str]]:
    """The environment in which ``sbatch`` and dask-jobqueue find the cluster.

    Raises:
        RuntimeError: a program is not installed, or the nodes did not come up in time.
    """
    lacking = missing()
    if lacking:
        raise RuntimeError(f"{', '.join(lacking)} not found; install Debian's slurm-wlm and munge.")
    shutil.rmtree(state, ignore_errors=True)
    for name in ("controller", *_NODES, "log"):
        (state / name).mkdir(parents=True)
    key, channel = state / "munge.key", state / "munge.socket"
    key.write_bytes(secrets.token_bytes(128))
    key.chmod(0o600)
    for folder in (state, state / "log"):
        folder.chmod(0o755)
    configuration = state / "slurm.conf"
    configuration.write_text(_configuration(state, channel), encoding="utf-8")
    settings = {
        "SLURM_CONF": str(configuration),
        "PATH": f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin",
        "DASK_JOBQUEUE__SLURM__CORES": "1",
        "DASK_JOBQUEUE__SLURM__PROCESSES": "1",
        "DASK_JOBQUEUE__SLURM__MEMORY": "5GiB",  # asked for in whole GiB, rounded up: less than a node has
        "DASK_JOBQUEUE__SLURM__WALLTIME": "02:00:00",
        "DASK_JOBQUEUE__SLURM__LOCAL_DIRECTORY": str(state / "log"),
        "DASK_JOBQUEUE__SLURM__LOG_DIRECTORY": str(state / "log"),
    }
    environment = {**os.environ, **settings}
    munged = (
        "munged", "--foreground", "--force", f"--key-file={key}", f"--socket={channel}",
        f"--pid-file={state / 'munged.pid'}", f"--seed-file={state / 'munged.seed'}",
        f"--log-file={state / 'munged.log'}",
    )  # fmt: skip
    started: list[subprocess.Popen[bytes]] = []
    try:
        for number, arguments in enumerate(
            (munged, ("slurmctld", "-D", "-c"), *(("slurmd", "-D", "-N", name) for name in _NODES))
        ):
            with (state / "log" / f"{number}-{arguments[0]}").open("wb") as log:
                started.append(subprocess.Popen(arguments, env=environment, stdout=log, stderr=log))
            time.sleep(1.0)
        _wait_until_idle(environment, time.monotonic() + seconds, state)
        yield settings
    finally:
        for process in reversed(started):
            if process.poll() is None:
                for child in psutil.Process(process.pid).children(recursive=True):
                    child.kill()
                process.kill()
                process.wait()


def _wait_until_idle(environment: dict[str, str], end: float, state: Path) -> None:
    said = ""
    while time.monotonic() < end:
        found = subprocess.run(
            ("sinfo", "--noheader", "--Node", "--format=%T"),
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        said = found.stdout + found.stderr
        if found.stdout.split() == ["idle"] * len(_NODES):
            return
        time.sleep(0.5)
    raise RuntimeError(f"The nodes of SLURM did not come up ({' '.join(said.split())}); see {state / 'log'}.")


def _configuration(state: Path, channel: Path) -> str:
    host = socket.gethostname()
    nodes = "\n".join(
        f"NodeName={name} NodeHostname={host} NodeAddr=127.0.0.1 Port={free_port()} CPUs=1 RealMemory={_MEMORY_MB}"
        for name in _NODES
    )
    return f"""ClusterName=onfh
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={free_port()}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={channel}
CredType=cred/munge
StateSaveLocation={state / "controller"}
SlurmdSpoolDir={state}/%n
SlurmctldPidFile={state / "controller.pid"}
SlurmdPidFile={state}/%n.pid
SlurmctldLogFile={state / "log" / "controller"}
SlurmdLogFile={state}/log/%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SlurmdParameters=config_overrides
ReturnToService=2
MailProg=/bin/true
{nodes}
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""
