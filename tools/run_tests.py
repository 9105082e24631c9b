"""What ``make test`` does, for systems without make: environment, lint, all tests. Standard library only.

python tools/run_tests.py [arguments for pytest]
"""

import os
import subprocess
import sys

import environment

_PARALLEL = ("-m", "pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")


def warming() -> list:
    """What runs beside lint, so that each process of the tests finds everything compiled."""
    return [str(environment.venv_python()), "tools/warm_up.py"]


def commands(arguments: list) -> list:
    """The commands of lint and test, in order, by the environment's own interpreter."""
    python = str(environment.venv_python())
    linter = str(environment.venv_python().with_stem("lint-imports"))
    return [
        [python, "-m", "ruff", "check", "."],
        [python, "-m", "ruff", "format", "--check", "."],
        [linter, "--no-logo"],
        [python, "-m", "mypy"],
        [python, "tools/check_house.py"],
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
    warm = None if code else subprocess.Popen(warming(), cwd=environment.ROOT, env=settings)
    for command in commands(arguments):
        if warm is not None and "pytest" in command:
            warm.wait()
        code = code or subprocess.run(command, check=False, cwd=environment.ROOT, env=settings).returncode
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
