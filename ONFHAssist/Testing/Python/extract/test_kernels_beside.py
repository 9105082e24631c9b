"""On a first use the kernels are compiled in a process beside the one that will need them."""

import subprocess
import sys
import time

import pytest

from ONFHAssistLib.extract import native


@pytest.fixture
def nothing_beside(monkeypatch):
    started = []
    monkeypatch.setattr(native, "_BACKGROUND_COMPILERS", started)
    yield started
    for process in started:
        process.kill()
        process.wait()


def test_an_empty_cache_starts_one_process_and_a_filled_one_none(tmp_path, monkeypatch, nothing_beside):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert native.compile_in_background()
    assert not native.compile_in_background()
    (process,) = nothing_beside
    assert process.poll() is None
    process.kill()
    process.wait()
    nothing_beside.clear()
    (tmp_path / "native_0").mkdir()
    for name in native._KERNELS:
        (tmp_path / "native_0" / f"{name.split('.')[-1]}.kernel-1.py311.nbi").write_bytes(b"")
    assert not native.compile_in_background()
    assert not nothing_beside
    (tmp_path / "native_0" / "glcm.kernel-1.py311.nbi").unlink()
    assert native._not_compiled() == ["glcm"]  # a cache that was left half-filled is none


def test_loading_waits_for_it_and_says_so(nothing_beside):
    nothing_beside.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1.2)"]))
    said, started = [], time.monotonic()
    native.load_kernels(lambda _share, text: said.append(text))
    assert time.monotonic() - started > 1.0
    assert said[0] == "Compiling the kernels, once on this computer"
    assert said[-1] == "Kernels loaded"
    assert not nothing_beside
