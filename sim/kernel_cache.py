"""Compiled kernels on the disk: sealed, of this program only, and the latest few versions.

numba keeps two files for each function: an index of the signatures it was compiled for, and the
machine code of each. It reads both as they are, and machine code with one bit flipped is other
code. Here each is a sealed file in a folder for the text of the engine, the compiler and the place
of the program. What does not hold is compiled again; where nothing can be written, the code is
compiled in memory.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import platform
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import llvmlite
import numba
import numpy as np
from numba.core.caching import (
    CompileResultCacheImpl,
    FunctionCache,
    IndexDataCacheFile,
    UserProvidedCacheLocator,
)

from sim.sealed import DamagedFileError, read_sealed, tell_once, write_sealed
from sim.user_cache import KERNELS, kernels_root
from sim.version import DISTRIBUTION, engine_version

KEPT_VERSIONS = 4
"""Versions whose kernels are kept: one takes a few megabytes."""
PACKAGE = Path(__file__).resolve().parent
_settings: Any = numba.config


def keep_kernels(
    compiled: Any, function: Callable[..., Any], *, only_when_called_from_python: bool = False
) -> None:
    """Have numba read the machine code of a function from the disk, and keep it there.

    What compiled code calls is part of the machine code of its caller: a large function that only
    compiled code calls need not be kept a second time.
    """
    if not _settings.DISABLE_JIT:
        kind = _CacheOfEntries if only_when_called_from_python else _SealedCache
        compiled._cache = kind(function)


_caller = threading.local()


@contextmanager
def called_by_compiled_code() -> Iterator[None]:
    """While a function is compiled because the text of another one calls it."""
    before = getattr(_caller, "is_compiled", False)
    _caller.is_compiled = True
    try:
        yield
    finally:
        _caller.is_compiled = before


@cache
def kernel_folder() -> Path:
    """The folder of the kernels of this version, marked as used now; old ones are removed.

    A process that still runs a version whose folder goes only compiles again.
    """
    named = _settings.CACHE_DIR
    kernels = Path(named) / DISTRIBUTION / KERNELS if named else kernels_root()
    folder = kernels / _version()
    with suppress(OSError):
        if not folder.exists():
            remove_kernels_of_numba(PACKAGE)
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
        remove_old_versions(kernels)
    return folder


def remove_old_versions(kernels: Path, kept: int = KEPT_VERSIONS) -> None:
    """Remove all but the ``kept`` folders that were used last."""
    used = sorted(
        (entry for entry in kernels.iterdir() if entry.is_dir()),
        key=lambda entry: entry.stat().st_mtime,
    )
    for folder in used[:-kept]:
        shutil.rmtree(folder, ignore_errors=True)


def remove_kernels_of_numba(package: Path) -> None:
    """Remove what numba put beside the modules of a package before it was told where to."""
    for pattern in ("*.nbi", "*.nbc"):
        for file in package.rglob(f"__pycache__/{pattern}"):
            file.unlink(missing_ok=True)


def _version() -> str:
    """What machine code depends on, and where the program is: two checkouts never share any."""
    words = [engine_version(), str(PACKAGE), platform.python_version()]
    words += [library.__version__ for library in (numba, llvmlite, np)]
    return hashlib.sha256("|".join(words).encode()).hexdigest()[:16]


class _Locator(UserProvidedCacheLocator):
    """Kernels go to `kernel_folder`, whether or not it can be written to now."""

    def __init__(self, function: Callable[..., Any], file: str) -> None:
        super().__init__(function, file)
        self._cache_path = str(kernel_folder() / self.get_suitable_cache_subpath(file))

    @classmethod
    def from_function(cls, function: Callable[..., Any], file: str) -> _Locator:
        """The locator of a function; numba would look for another place if there were none."""
        return cls(function, file)


class _Compiled(CompileResultCacheImpl):
    _locator_classes = [_Locator]  # noqa: RUF012 (as numba declares it)


class _SealedFiles(IndexDataCacheFile):
    """The index and the machine code of a function, both under a seal."""

    def load(self, key: Any) -> Any:
        """The machine code for a signature; None when it is not there whole."""
        name = self._load_index().get(key)
        found = None if name is None else self._read(name)
        # Of two processes that compile two signatures at once, the later may overwrite a name.
        return found[1] if found is not None and found[0] == key else None

    def _load_index(self) -> dict[Any, str]:
        return self._read(self._index_name) or {}

    def _save_index(self, overloads: dict[Any, str]) -> None:
        self._write(self._index_name, overloads)

    def save(self, key: Any, data: Any) -> None:
        """Keep the machine code for a signature."""
        super().save(key, (key, data))

    def _save_data(self, name: str, data: Any) -> None:
        self._write(name, data)

    def _read(self, name: str) -> Any:
        return read_sealed(Path(self._data_path(name)), _unpickled, self._purpose(name))

    def _write(self, name: str, content: Any) -> None:
        write_sealed(Path(self._data_path(name)), self._dump(content), self._purpose(name))

    def _purpose(self, name: str) -> str:
        return f"{name} {self._source_stamp.hex()}"


def _unpickled(content: memoryview) -> Any:
    try:
        return pickle.loads(content)
    except Exception as error:
        # numba builds its objects anew here: whatever it misses, the code is compiled again.
        raise DamagedFileError(f"no code that can be loaded ({error})") from error


class _SealedCache(FunctionCache):
    _impl_class = _Compiled

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__(function)
        self._cache_file = _SealedFiles(
            self._cache_path, self._impl.filename_base, self._impl.locator.get_source_stamp()
        )

    def save_overload(self, signature: Any, data: Any) -> None:
        """Keep the machine code of a function where the disk takes it."""
        try:
            super().save_overload(signature, data)
        except OSError as error:
            tell_once(
                f"compiled code cannot be kept in {kernel_folder()} ({error.strerror}): "
                "the model is compiled in memory, which takes minutes at every start"
            )


class _CacheOfEntries(_SealedCache):
    """Only what Python calls is read and kept."""

    def load_overload(self, signature: Any, target: Any) -> Any:
        """The machine code of a function that Python calls; None for the others."""
        if getattr(_caller, "is_compiled", False):
            return None
        return super().load_overload(signature, target)

    def save_overload(self, signature: Any, data: Any) -> None:
        """Keep the machine code of a function that Python calls."""
        if not getattr(_caller, "is_compiled", False):
            super().save_overload(signature, data)
