"""The compiled form of `fetch_soon` and its like: one ``llvm.prefetch`` for each line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.typing.templates import infer, infer_global, make_intrinsic_template

from sim.compiled_prefetch import fetch_field_soon, fetch_soon

READ, KEPT_CLOSE, DATA = 0, 3, 1
LINE_BYTES = 64


def _fetch_soon(typing_context: Any, table: Any, row: Any, lines: Any) -> Any:
    """Types and code of a call; ``lines`` is a literal."""
    if not isinstance(lines, types.IntegerLiteral):
        return None

    offsets = [line * LINE_BYTES for line in range(lines.literal_value)]
    return types.void(table, types.int64, lines), _fetching(offsets)


def _fetch_field_soon(typing_context: Any, table: Any, row: Any, field: Any) -> Any:
    """Types and code of a call; ``field`` is a literal."""
    if not isinstance(field, types.StringLiteral):
        return None
    offsets = [table.dtype.offset(field.literal_value)]
    return types.void(table, types.int64, field), _fetching(offsets)


def _fetching(offsets: Sequence[int]) -> Any:
    """The code that fetches the lines of some bytes of a row."""

    def emit(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        byte = ir.IntType(8)
        start = builder.bitcast(array.data, byte.as_pointer())
        row = builder.mul(arguments[1], array.itemsize)
        word = ir.IntType(32)
        function = cgutils.get_or_insert_function(
            builder.module,
            ir.FunctionType(ir.VoidType(), [byte.as_pointer(), word, word, word]),
            "llvm.prefetch.p0i8",
        )
        for offset in offsets:
            ahead = builder.add(row, ir.Constant(row.type, offset))
            address = builder.gep(start, [ahead])
            options = [ir.Constant(word, option) for option in (READ, KEPT_CLOSE, DATA)]
            builder.call(function, [address, *options])
        return context.get_dummy_value()

    return emit


# What `numba.extending.intrinsic` does, for functions that stand in texts already.
for _function, _typer in ((fetch_soon, _fetch_soon), (fetch_field_soon, _fetch_field_soon)):
    _template: Any = make_intrinsic_template(_function, _typer, _function.__name__)
    infer(_template)
    infer_global(_function, types.Function(_template))
