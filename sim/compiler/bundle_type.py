"""The compiled type of a `Bundle`: one address, from which compiled code builds its arrays."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import types
from numba.core.datamodel import models
from numba.core.datamodel.registry import register_default
from numba.core.imputils import lower_getattr_generic
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.extending import NativeValue, typeof_impl, unbox
from numba.np.arrayobj import populate_array
from numba.np.numpy_support import from_dtype

from sim.compiled_bundle import Bundle

DIGITS = 16


class BundleType(types.Type):
    """The compiled type: names, element types and dimensions of the arrays."""

    def __init__(self, fields: tuple[tuple[str, Any, int], ...]) -> None:
        self.fields = fields
        # The name stands in the symbol of every function: the fields in full take kilobytes.
        digest = hashlib.sha256(repr(fields).encode()).hexdigest()[:DIGITS]
        super().__init__(name=f"Bundle_{digest}")

    def position(self, name: str) -> tuple[int, Any] | None:
        """Offset of an array in the table of words, and its array type."""
        offset = 0
        for field, dtype, dimensions in self.fields:
            if field == name:
                return offset, types.Array(dtype, dimensions, "C")
            offset += 1 + dimensions
        return None


@register_default(BundleType)
class BundleModel(models.PrimitiveModel):
    """One 64-bit address."""

    def __init__(self, manager: Any, type_: BundleType) -> None:
        super().__init__(manager, type_, ir.IntType(64))


@typeof_impl.register(Bundle)
def _typeof_bundle(value: Bundle, _context: Any) -> BundleType:
    cached = value.__dict__.get("_type")
    if cached is None:
        arrays = [(name, getattr(value, name)) for name in value.names]
        cached = _bundle_type(tuple((name, array.dtype, array.ndim) for name, array in arrays))
        value.__dict__["_type"] = cached
    return cached


@lru_cache(maxsize=64)
def _bundle_type(fields: tuple[tuple[str, np.dtype[Any], int], ...]) -> BundleType:
    """The type of a bundle; kept, since translating a long row type takes tens of milliseconds."""
    return BundleType(tuple((name, from_dtype(kind), axes) for name, kind, axes in fields))


@unbox(BundleType)
def _unbox_bundle(_type: BundleType, value: Any, context: Any) -> NativeValue:
    address = context.pyapi.object_getattr_string(value, "address")
    word = context.pyapi.long_as_longlong(address)
    context.pyapi.decref(address)
    return NativeValue(word)


@infer_getattr
class BundleAttribute(AttributeTemplate):
    """Typing of ``bundle.name``."""

    key = BundleType

    def generic_resolve(self, type_: BundleType, name: str) -> Any:
        """The array type of an attribute."""
        found = type_.position(name)
        return None if found is None else found[1]


@lower_getattr_generic(BundleType)
def _lower_attribute(context: Any, builder: Any, type_: BundleType, value: Any, name: str) -> Any:
    """Build the array from its words; it owns nothing, so it is never reference-counted."""
    found = type_.position(name)
    if found is None:
        raise AttributeError(name)
    offset, array_type = found
    word = ir.IntType(64)
    table = builder.inttoptr(value, word.as_pointer())

    def load(index: int) -> Any:
        place = builder.gep(table, [ir.Constant(ir.IntType(32), index)])
        loaded = builder.load(place)
        # The table never changes while a kernel runs: loads may be merged and hoisted.
        loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
        return loaded

    array = context.make_array(array_type)(context, builder)
    data = builder.inttoptr(load(offset), array.data.type)
    shape = [load(offset + 1 + axis) for axis in range(array_type.ndim)]
    item = context.get_abi_sizeof(context.get_data_type(array_type.dtype))
    strides = [ir.Constant(word, item)]
    for axis in range(array_type.ndim - 1, 0, -1):
        strides.insert(0, builder.mul(strides[0], shape[axis]))
    populate_array(
        array,
        data=data,
        shape=shape,
        strides=strides,
        itemsize=ir.Constant(word, item),
        meminfo=None,
    )
    return array._getvalue()
