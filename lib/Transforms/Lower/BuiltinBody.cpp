//===- BuiltinBody.cpp - what a built-in does when it is called -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BuiltinBody.h"

#include "meld/Dialect/AsyncIntrinsic/IR/AsyncIntrinsic.h"
#include "meld/Dialect/Wasm/IR/Wasm.h"

using namespace mlir;
using namespace meld;
using namespace meld::async_intrinsic;
using component::Builtin;

bool meld::canBuildBody(const BuiltinUse &use) {
  switch (use.builtin) {
  case Builtin::stream_read:
  case Builtin::stream_write:
    return use.async;
  case Builtin::resource_new:
  case Builtin::resource_drop:
  case Builtin::resource_rep:
    return bool(use.instance); // the type is known after flatten
  case Builtin::stream_new:
  case Builtin::stream_drop_readable:
  case Builtin::stream_drop_writable:
  case Builtin::task_return:
  case Builtin::context_get:
  case Builtin::context_set:
  case Builtin::backpressure_inc:
  case Builtin::backpressure_dec:
  case Builtin::subtask_drop:
  case Builtin::waitable_set_new:
  case Builtin::waitable_set_poll:
  case Builtin::waitable_set_drop:
  case Builtin::waitable_join:
    return true;
  default:
    return false;
  }
}

// The spec lets a guest that may not leave read and write its own context, look
// at its own resources, and close or open its own gate.
static bool checksMayLeave(Builtin builtin) {
  switch (builtin) {
  case Builtin::context_get:
  case Builtin::context_set:
  case Builtin::resource_rep:
  case Builtin::backpressure_inc:
  case Builtin::backpressure_dec:
    return false;
  default:
    return true;
  }
}

/// A read or a write: (handle, pointer, length) -> packed result.
template <typename CopyOp>
static Value buildCopy(ImplicitLocOpBuilder &b, Block &body,
                       const BuiltinUse &use) {
  Type element = cast<component::StreamType>(use.type).getElement();
  auto type = BufferType::get(b.getContext(), element);
  Value buffer = BufferOp::create(b, type, body.getArgument(1),
                                  body.getArgument(2), use.memory);
  return CopyOp::create(b, b.getI32Type(), body.getArgument(0), buffer,
                        use.type, use.instance);
}

/// The operations after the check, and the result of the function, if any.
static Value buildOperation(ImplicitLocOpBuilder &b, Block &body,
                            const BuiltinUse &use) {
  auto argument = [&](unsigned i) -> Value { return body.getArgument(i); };
  Type i32 = b.getI32Type();
  switch (use.builtin) {
  case Builtin::resource_new:
    return ResourceNewOp::create(b, i32, argument(0), use.type,
                                 use.instance.getValue());
  case Builtin::resource_drop:
    ResourceDropOp::create(b, argument(0), use.type, use.instance.getValue());
    return {};
  case Builtin::resource_rep:
    return ResourceRepOp::create(b, i32, argument(0), use.type,
                                 use.instance.getValue());
  case Builtin::stream_new:
    return StreamNewOp::create(b, b.getI64Type(), use.type, use.instance);
  case Builtin::stream_read:
    return buildCopy<StreamReadOp>(b, body, use);
  case Builtin::stream_write:
    return buildCopy<StreamWriteOp>(b, body, use);
  case Builtin::stream_drop_readable:
    StreamDropReadableOp::create(b, argument(0), use.type, use.instance);
    return {};
  case Builtin::stream_drop_writable:
    StreamDropWritableOp::create(b, argument(0), use.type, use.instance);
    return {};
  case Builtin::task_return:
    TaskReturnOp::create(
        b, body.getArguments(), use.type ? TypeAttr::get(use.type) : TypeAttr(),
        use.memory, stringifyStringEncoding(use.encoding), use.instance);
    return {};
  case Builtin::context_get:
    return ContextGetOp::create(b, use.type, use.slot, use.instance);
  case Builtin::context_set:
    ContextSetOp::create(b, use.slot, argument(0), use.instance);
    return {};
  case Builtin::backpressure_inc:
    BackpressureIncOp::create(b, use.instance);
    return {};
  case Builtin::backpressure_dec:
    BackpressureDecOp::create(b, use.instance);
    return {};
  case Builtin::subtask_drop:
    SubtaskDropOp::create(b, argument(0), use.instance);
    return {};
  case Builtin::waitable_set_new:
    return WaitableSetNewOp::create(b, i32, use.instance);
  case Builtin::waitable_set_poll:
    return WaitableSetPollOp::create(b, i32, argument(0), argument(1),
                                     use.memory.getValue(), use.cancellable,
                                     use.instance);
  case Builtin::waitable_set_drop:
    WaitableSetDropOp::create(b, argument(0), use.instance);
    return {};
  case Builtin::waitable_join:
    WaitableJoinOp::create(b, argument(0), argument(1), use.instance);
    return {};
  default:
    llvm_unreachable("canBuildBody");
  }
}

void meld::buildBuiltinBody(ImplicitLocOpBuilder &b, Block &body,
                            const BuiltinUse &use) {
  b.setInsertionPointToEnd(&body);
  if (checksMayLeave(use.builtin))
    CheckMayLeaveOp::create(b, use.instance);
  Value result = buildOperation(b, body, use);
  wasm::ReturnOp::create(b, result ? ValueRange(result) : ValueRange());
}
