"""A crew on several machines: the workers of a Dask scheduler.

The scheduler and the workers are started with the ordinary commands (``dask scheduler``, ``dask
worker tls://…``) where the same version of this package is installed. Workers send rows back; only
this process writes, so they need no common disk.

All of them send each other functions to run, this process included: who reaches a port of theirs,
or listens in between, runs code. So another machine is reached by TLS unless it is asked otherwise.
"""

from __future__ import annotations

import logging
import pickle
import threading
import time
import uuid
import zlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib import import_module
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from sim.batch.chunks import Chunk
from sim.batch.crew import Crew, MakeCrew
from sim.batch.plan import BatchPlan
from sim.batch.work import ChunkResult, run_chunk
from sim.errors import Fault, InputError
from sim.extras import check_extra
from sim.version import results_version

ATTEMPTS = 3
"""How often a chunk is handed out again when its worker is lost on the way."""
CHUNKS_PER_THREAD = 2
"""Handed out at once, so that a worker has the next chunk when it ends one."""
CONNECT_SECONDS = 10.0
COUNT_AGAIN_SECONDS = 5.0
STEP_SECONDS = 0.02
ENCRYPTED = ("tls", "wss")
"""Schemes of addresses whose messages are encrypted."""
CERTIFICATES = (
    "certificates in Dask's settings: DASK_DISTRIBUTED__COMM__TLS__CA_FILE, "
    "DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT and DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY"
)


def crew_of(address: str, *, is_open_allowed: bool = False) -> MakeCrew:
    """Makes a crew of the workers of the scheduler at ``address``.

    Raises `InputError` for an address on another machine that is not encrypted, unless
    ``is_open_allowed``.
    """
    check_extra("cluster", ("distributed",))
    if not is_open_allowed and not is_closed(address):
        found = f"{address!r}: not encrypted, and who listens on the way can run code here"
        accepted = (
            "tls://host:8786 with certificates, an address of this machine such as "
            "tcp://127.0.0.1:8786, or --open-scheduler in a network that is nobody else's"
        )
        raise InputError([Fault("command line", "--scheduler", found, accepted)])

    def make(plan: BatchPlan, _cancel: threading.Event, on_task: Callable[[], None]) -> Crew:
        return Cluster(plan, address, on_task)

    return make


def is_closed(address: str) -> bool:
    """Whether what is sent to an address is encrypted or does not leave this machine."""
    scheme, is_named, rest = address.rpartition("://")
    if is_named and scheme in ENCRYPTED:
        return True
    try:
        host = urlsplit(f"tcp://{rest}").hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _check_certificates(address: str, security: Any) -> None:
    """Refuse an encrypted address when Dask's configuration names no certificates."""
    known = security.get_connection_args("client").get("ssl_context")
    if address.startswith(tuple(f"{scheme}://" for scheme in ENCRYPTED)) and known is None:
        found = f"{address!r}, and no certificates of this machine"
        raise InputError([Fault("command line", "--scheduler", found, CERTIFICATES)])


class Cluster:
    """The workers of one Dask scheduler; a chunk whose worker dies is run by another one."""

    def __init__(self, plan: BatchPlan, address: str, on_task: Callable[[], None]) -> None:
        self._plan = plan
        self._address = address
        self._on_task = on_task
        self._packed = zlib.compress(pickle.dumps(plan))
        self._client: Any = None
        self._futures: dict[Chunk, Any] = {}
        self._attempts: dict[Chunk, int] = {}
        self._threads = 1
        self._counted_at = 0.0

    @property
    def hands(self) -> int:
        """A few chunks for every thread of every worker that is there now."""
        if time.monotonic() - self._counted_at > COUNT_AGAIN_SECONDS and self._is_connected():
            self._counted_at = time.monotonic()
            counts: dict[str, int] = self._asked(self._client.nthreads)
            self._threads = max(1, sum(counts.values()))
        return CHUNKS_PER_THREAD * self._threads

    def prepare(self) -> None:
        """Connect, and check that the workers run the same model."""
        distributed: Any = import_module("distributed")
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        try:
            _check_certificates(self._address, distributed.Security())
            self._client = distributed.Client(
                self._address, timeout=CONNECT_SECONDS, set_as_default=False, name="caseload"
            )
        except (OSError, ValueError, TimeoutError) as error:
            found = f"no scheduler at {self._address!r} ({error})"
            accepted = "the address that `dask scheduler` prints, as tls://host:8786"
            raise InputError([Fault("command line", "--scheduler", found, accepted)]) from None
        try:
            versions = self._client.run(results_version, on_error="return")
        except OSError:
            raise self._lost() from None
        other = [worker for worker, found in versions.items() if found != results_version()]
        if other:
            what = "another version of the package or of what it computes with (or none)"
            found = f"{what} at {', '.join(sorted(other))}"
            raise InputError([Fault("command line", "--scheduler", found, "the same everywhere")])

    def start(self, chunk: Chunk) -> None:
        """Hand a chunk to the scheduler."""
        self._attempts[chunk] = self._attempts.get(chunk, 0) + 1
        self._futures[chunk] = self._asked(
            self._client.submit,
            run_packed,
            self._packed,
            self._plan.identity,
            results_version(),
            chunk,
            key=f"{self._plan.label}-{chunk.name}-{uuid.uuid4().hex[:8]}",
            pure=False,
        )

    def finished(self, seconds: float) -> Iterable[ChunkResult]:
        """What came back since the last time, after waiting for at most so long."""
        until = time.monotonic() + seconds
        while True:
            ended = [chunk for chunk, one in self._futures.items() if one.status != "pending"]
            if self._client.status in ("closed", "closing"):
                raise self._lost()
            if ended or time.monotonic() >= until:
                break
            time.sleep(STEP_SECONDS)
        found = []
        for chunk in ended:
            result = self._taken(chunk)
            if result is not None:
                found.append(result)
                for _ in range(len(chunk)):
                    self._on_task()
        return found

    def stop(self) -> None:
        """Drop what is not finished and leave the scheduler."""
        if self._client is None:
            return
        try:
            if self._futures and self._is_connected():
                self._client.cancel(list(self._futures.values()))
            self._client.close(timeout=2)
        except (OSError, TimeoutError):
            return

    def _is_connected(self) -> bool:
        return self._client is not None and self._client.status == "running"

    def _taken(self, chunk: Chunk) -> ChunkResult | None:
        """The result of a future that is no longer pending; None when it has to be run again."""
        future = self._futures[chunk]
        if future.status == "finished":
            try:
                result: ChunkResult = future.result(timeout=60)
            except (OSError, TimeoutError):
                # The worker that held the result is gone.
                self._again(chunk, "its result was lost")
                return None
            del self._futures[chunk]
            return result
        if not self._is_connected():
            return None
        if future.status == "error":
            error = future.exception()
            if type(error).__name__ != "KilledWorker":
                raise RuntimeError(f"a worker cannot run the plan: {error}") from error
            self._again(chunk, str(error))
        else:
            self._again(chunk, "the scheduler lost it")
        return None

    def _again(self, chunk: Chunk, reason: str) -> None:
        if self._attempts[chunk] >= ATTEMPTS:
            first, last = chunk.first, chunk.stop - 1
            raise ConnectionError(f"tasks {first} to {last} were lost {ATTEMPTS} times: {reason}")
        self.start(chunk)

    def _asked(self, ask: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """What the client answers; the many errors of a scheduler that just died become one."""
        try:
            return ask(*arguments, **named)
        except Exception:
            if self._is_connected():
                raise
            raise self._lost() from None

    def _lost(self) -> ConnectionError:
        return ConnectionError(
            f"lost the scheduler at {self._address}; what is written stays, --resume goes on"
        )


def run_packed(packed: bytes, identity: str, made_with: str, chunk: Chunk) -> ChunkResult:
    """Run a chunk on a worker; the plan comes as bytes and is unpacked once for each plan."""
    if made_with != results_version():
        raise RuntimeError(
            "this worker has another version of the package or of what it computes with"
        )
    return run_chunk(_unpacked(identity, _Packed(packed)), chunk)


class _Packed:
    """Bytes that are equal to all others: what they hold is known by the identity beside them."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Packed)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=4)
def _unpacked(_identity: str, packed: _Packed) -> BatchPlan:
    plan: BatchPlan = pickle.loads(zlib.decompress(packed.content))
    return plan
