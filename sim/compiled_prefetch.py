"""Asks the processor to fetch the next row of a table while the present one is worked on.

A hint without effect on results. Lives are visited in an order that the processor cannot guess,
so that a tenth of a run was spent waiting for the first word of a row.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.extending import intrinsic

from sim.compiled import JIT_ENABLED

READ, KEPT_CLOSE, DATA = 0, 3, 1
LINE_BYTES = 64


def fetch_soon(table: Any, row: int, lines: int) -> None:
    """Fetch the first ``lines`` lines of 64 bytes of a row; ``row`` must be in the table."""


if JIT_ENABLED:

    @intrinsic
    def fetch_soon(typing_context: Any, table: Any, row: Any, lines: Any) -> Any:
        """Compiled form: one ``llvm.prefetch`` for each line; ``lines`` is a literal."""
        if not isinstance(lines, types.IntegerLiteral):
            return None

        def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            array = context.make_array(signature.args[0])(context, builder, arguments[0])
            byte = ir.IntType(8)
            start = builder.bitcast(array.data, byte.as_pointer())
            offset = builder.mul(arguments[1], array.itemsize)
            word = ir.IntType(32)
            function = cgutils.get_or_insert_function(  # type: ignore[no-untyped-call]
                builder.module,
                ir.FunctionType(ir.VoidType(), [byte.as_pointer(), word, word, word]),
                "llvm.prefetch.p0i8",
            )
            for line in range(lines.literal_value):
                ahead = builder.add(offset, ir.Constant(offset.type, line * LINE_BYTES))
                address = builder.gep(start, [ahead])
                options = [ir.Constant(word, option) for option in (READ, KEPT_CLOSE, DATA)]
                builder.call(function, [address, *options])
            return context.get_dummy_value()

        return types.void(table, types.int64, lines), emit
