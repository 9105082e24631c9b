"""What ``make test`` does, for systems without make: environment, lint, all tests. Standard library only.

python tools/run_tests.py [arguments for pytest]
"""

import os
import subprocess
import sys

import environment

# Two processes fill two cores: threads of one would wait, spinning, for a core that the other has.
THREADS = ({"OMP_NUM_THREADS": "1"}, {})
# A process that crashes ends the run, with the name of its test: pytest-xdist 3.8 starts another, but waits for ever for
# the files that the crashed one had.
_PARALLEL = (
    *("-m", "pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"),
    "--max-worker-restart=0",
)


def warming() -> list:
    """What runs beside lint, so that each process of the tests finds everything compiled."""
    return [str(environment.venv_python()), "tools/warm_up.py"]


def linting() -> list:
    """The commands of lint, in order, by the environment's own interpreter."""
    python = str(environment.venv_python())
    linter = str(environment.venv_python().with_stem("lint-imports"))
    return [
        [python, "-m", "ruff", "check", "."],
        [python, "-m", "ruff", "format", "--check", "."],
        [linter, "--no-logo"],
        [python, "-m", "mypy"],
        [python, "tools/check_house.py"],
    ]


def testing(arguments: list) -> list:
    """The tests that share the cores, then those that measure time."""
    python = str(environment.venv_python())
    return [
        [python, *_PARALLEL, "-m", "not alone", *arguments],
        [python, "-m", "pytest", "-n", "0", "-m", "alone", "ONFHAssist/Testing/Python/modules"],
    ]


def main(arguments: list) -> int:
    """Exit code of the first command that fails, 0 when all succeed."""
    code = environment.main()
    settings = {
        "QT_QPA_PLATFORM": "offscreen",
        **os.environ,
        "PYTHONPATH": str(environment.ROOT / "ONFHAssist"),
    }
    settings.pop("PYTHONDONTWRITEBYTECODE", None)  # each process would compile every file anew
    warm = None if code else subprocess.Popen(warming(), cwd=environment.ROOT, env=settings)
    for command in linting():
        code = code or subprocess.run(command, check=False, cwd=environment.ROOT, env=settings).returncode
    if warm is not None:
        warm.wait()
    for command, threads in zip(testing(arguments), THREADS):  # noqa: B905 - Python 3.8
        if not code:
            code = subprocess.run(
                command, check=False, cwd=environment.ROOT, env={**settings, **threads}
            ).returncode
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
