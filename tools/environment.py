"""Make ``.venv`` with everything that the demo and the tests need. Standard library only; any Python 3.8 runs it.

Called by ``make setup``. A second call sees its stamp and returns at once. System libraries are installed where the
user is root on Debian or Ubuntu; elsewhere the one line to type is printed.

pip uses one core. What can be done beside it is: the largest packages come while PyTorch is unpacked, and Python files
are compiled on all cores at the end instead of one by one by pip.
"""

import contextlib
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "onfh-setup.sha256"
EXTRAS = "headless,boosting,cluster,node,test,oracle"
TORCH = "torch==2.13.0"
# On Linux the package index's own PyTorch brings gigabytes of CUDA; this index has the CPU build.
TORCH_INDEX = "https://download.pytorch.org/whl/cpu"
# Of what pyproject.toml asks for, the largest that need nothing of PyTorch's: half of a gigabyte, unpacked beside it.
LARGEST = ("SimpleITK", "PySide6-Essentials", "pyarrow")
# A fifth of all Python files, which nobody imports; the others are compiled.
PACKAGES_TESTS = r"site-packages.*[\\/]tests?[\\/]"
# Off-screen OpenGL for Slicer's views, Qt's own libraries, fonts for readable panels.
LIBRARIES = {
    "libOSMesa.so": "libosmesa6",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libXrender.so.1": "libxrender1",
}
# Programs that check DICOM objects in the tests; whoever has not got them has these tests skipped, and all else works.
CHECKERS = {"dciodvfy": "dicom3tools", "dcm2json": "dcmtk"}
CHECKERS_S = 90  # that each of apt-get's two steps may take, beside the rest of the set-up
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def main(extras=()) -> int:
    """Make or confirm the environment, with further extras of pyproject.toml (``docs``); 0 when it is ready."""
    python = find_python()
    if python is None and os.environ.get("PYTHON"):
        return say(
            f"PYTHON names {os.environ['PYTHON']}, which is not there, does not run, or is not Python 3.11 or 3.12; "
            "give the path of one that is, or leave PYTHON out."
        )
    if python is None:
        return say(
            f"Python 3.11 or 3.12 is needed and was not found; install it{_apt_hint('python3.11 python3.11-venv')}."
        )
    stamp = hashlib.sha256(
        b"".join(p.read_bytes() for p in (ROOT / "pyproject.toml", Path(__file__)))
    ).hexdigest()
    if STAMP.is_file() and STAMP.read_text() == stamp and is_made_of(python):
        add_extras(extras)
        return 0
    missing = missing_system_packages(python)
    if missing and not install_system_packages(missing):
        return say(
            "Some system packages are missing; type this line and start again:\n  sudo apt-get install -y "
            + " ".join(missing)
        )
    checkers = threading.Thread(target=install_checkers, daemon=True)  # beside pip, which uses one core
    checkers.start()
    make_venv(python)
    add_extras(extras)
    checkers.join()
    missing = missing_checkers()
    if missing:
        hint = _apt_hint(" ".join(missing))
        print(
            f"Without {' and '.join(missing)} the tests of DICOM objects by other programs are skipped{hint}."
        )
    STAMP.write_text(stamp)
    print(f"The environment is ready: {VENV}")
    return 0


def say(message: str) -> int:
    """Print what the user has to do and return the exit code."""
    print(message, file=sys.stderr)
    return 1


def _apt_hint(packages: str) -> str:
    return f" (sudo apt-get install -y {packages})" if shutil.which("apt-get") else ""


def find_python():
    """Path of a Python 3.11 or 3.12 that runs, or None; where ``PYTHON`` names one, that or none."""
    asked_for = os.environ.get("PYTHON")
    for name in (asked_for,) if asked_for else ("python3.11", "python3.12", "python3", sys.executable):
        path = shutil.which(name)
        if path is None:
            continue
        asked = subprocess.run(
            [path, "-c", "import sys; print(sys.version_info[:2] in ((3, 11), (3, 12)))"],
            capture_output=True,
            text=True,
            check=False,
        )
        if asked.stdout.strip() == "True":
            return path
    return None


def venv_python() -> Path:
    """The interpreter of the environment."""
    return VENV / ("Scripts/python.exe" if platform.system() == "Windows" else "bin/python")


def is_made_of(python: str) -> bool:
    """Whether the environment is there, and of the Python that ``PYTHON`` names, where somebody chose one."""
    if not venv_python().is_file():
        return False
    if not os.environ.get("PYTHON"):
        return True
    ask = ["-c", "import sys; print(sys.version_info[:2])"]
    versions = [
        subprocess.run([path, *ask], capture_output=True, text=True, check=False).stdout.strip()
        for path in (python, str(venv_python()))
    ]
    return versions[0] == versions[1]


def missing_system_packages(python: str) -> list:
    """Debian packages that are wanted and not there; empty on other systems."""
    if platform.system() != "Linux" or not shutil.which("dpkg"):
        return []
    cache = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=False).stdout
    missing = [package for library, package in LIBRARIES.items() if library not in cache]
    if not FONT.is_file():
        missing.append("fonts-dejavu-core")
    version, has_venv, has_header = ask_python(python)
    if not has_venv:
        missing.append(f"python{version}-venv")
    if not has_header:
        missing.append(f"python{version}-dev")
    if not (shutil.which("cc") or shutil.which("gcc")):
        missing.append("gcc")
    return missing


def ask_python(python: str) -> tuple:
    """(version, whether it can make environments, whether its C header is there) of an interpreter."""
    script = (
        "import importlib.util as u, pathlib, sys, sysconfig; print('%d.%d' % sys.version_info[:2], "
        "u.find_spec('ensurepip') is not None, (pathlib.Path(sysconfig.get_path('include')) / 'Python.h').is_file())"
    )
    version, has_venv, has_header = subprocess.run(
        [python, "-c", script], capture_output=True, text=True, check=True
    ).stdout.split()
    return version, has_venv == "True", has_header == "True"


def install_system_packages(packages: list) -> bool:
    """Install Debian packages where the user is root; False where he is not."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print("Installing system packages: " + " ".join(packages))
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    return subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL).returncode == 0


def missing_checkers() -> list:
    """Debian packages of :data:`CHECKERS` that are not there."""
    return [package for program, package in CHECKERS.items() if shutil.which(program) is None]


def install_checkers() -> None:
    """Install them where the user is root on Debian or Ubuntu; what fails is told of at the end of the set-up."""
    packages = missing_checkers()
    if not packages or platform.system() != "Linux" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    patience = ["-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=15", "-o", "DPkg::Lock::Timeout=60"]
    try:
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
            if not ended(
                subprocess.Popen(["apt-get", *patience, *command], env=environment, **quiet), CHECKERS_S
            ):
                return
    except OSError:
        return


def ended(process, seconds: float) -> bool:
    """Whether a process ended within a time; else it is asked to end, and waited for so that it ends whole.

    Killed in the middle, dpkg would leave a system on which nothing can be installed before it is repaired.
    """
    try:
        process.wait(seconds)
        return True
    except subprocess.TimeoutExpired:
        process.terminate()
    with contextlib.suppress(
        subprocess.TimeoutExpired
    ):  # then it goes on by itself; the set-up does not wait for it
        process.wait(seconds)
    return False


def make_venv(python: str) -> None:
    """A new environment with the project in it, editable."""
    print(f"Making {VENV} with {python}; a few minutes the first time.", flush=True)
    subprocess.run([python, "-m", "venv", "--clear", str(VENV)], check=True)
    print("1 of 3: PyTorch for the CPU (a download of 200 MB)", flush=True)
    # What fails here is installed by the second step, which says why if it cannot.
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(pip_command(*largest()), cwd=ROOT, **quiet):
        install_torch()
    print("2 of 3: the project and all that it needs, the longest part", flush=True)
    pip("-e", f"{ROOT}[{EXTRAS}]")
    print("3 of 3: PyRadiomics, built here", flush=True)
    compiling = [str(venv_python()), "-m", "compileall", "-qq", "-j", "0", "-x", PACKAGES_TESTS, str(VENV)]
    with subprocess.Popen(compiling, cwd=ROOT, **quiet):
        install_pyradiomics()


def largest() -> list:
    """Those of :data:`LARGEST` with the versions that pyproject.toml asks for."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return re.findall('"((?:' + "|".join(LARGEST) + ')[<>=!~][^"]*)"', text)


def add_extras(extras) -> None:
    """What not every command needs, such as Sphinx for the pages."""
    if extras:
        pip("-e", f"{ROOT}[{','.join(extras)}]")


def pip_command(*arguments: str) -> list:
    """The command that installs something in the environment, without compiling it."""
    command = [str(venv_python()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    return [*command, "--no-compile", *arguments]


def pip(*arguments: str, required: bool = True) -> bool:
    """Run pip in the environment; True when it succeeded. What is not required fails without a word of pip's."""
    done = subprocess.run(pip_command(*arguments), check=False, cwd=ROOT, capture_output=not required)
    if required and done.returncode:
        sys.exit(say("pip could not install " + " ".join(arguments) + "; its message is above."))
    return done.returncode == 0


def install_torch() -> None:
    """The CPU build where there is one; continuous integration takes what its package index has."""
    if platform.system() == "Linux" and not os.environ.get("CI"):
        index = os.environ.get("TORCH_INDEX", TORCH_INDEX)
        if pip("--no-deps", "--retries", "1", "--timeout", "20", "--index-url", index, TORCH, required=False):
            return
        print("The index of PyTorch's CPU builds does not answer; taking PyTorch from the usual index.")
    pip(TORCH)


def install_pyradiomics() -> None:
    """The second engine: no wheel for Python 3.10 or later, so a compiler builds it; all else works without it."""
    pip("setuptools<81", "wheel", "cython", "versioneer")
    if not pip("--no-build-isolation", "pyradiomics==3.0.1", required=False):
        print(
            "PyRadiomics could not be built (is there a C compiler?); the native engine does all of its work."
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
