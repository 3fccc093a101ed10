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
  case Builtin::resource_new:
  case Builtin::resource_drop:
  case Builtin::resource_rep:
    return bool(use.instance); // the type is known after flatten
  case Builtin::error_context_new:
  case Builtin::error_context_debug_message:
  case Builtin::error_context_drop:
  case Builtin::thread_new_indirect:
    return bool(use.instance);
  default:
    return component::lookupBuiltin(use.builtin).Built;
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

static FlatSymbolRefAttr reallocOf(const BuiltinUse &use, bool reading) {
  return reading ? use.realloc : FlatSymbolRefAttr();
}

/// A read or a write: (handle, pointer, length) -> packed result; of a future:
/// (handle, pointer) -> result, with one element.
template <typename CopyOp>
static Value buildCopy(ImplicitLocOpBuilder &b, Block &body,
                       const BuiltinUse &use, bool reading) {
  auto future = dyn_cast<component::FutureType>(use.type);
  Type element = future ? future.getElement()
                        : cast<component::StreamType>(use.type).getElement();
  Value length =
      future ? Value(wasm::ConstOp::create(b, 1)) : Value(body.getArgument(2));
  auto type = BufferType::get(b.getContext(), element);
  // A definition may name a memory that it has no use for.
  Value buffer = BufferOp::create(b, type, body.getArgument(1), length,
                                  element ? use.memory : FlatSymbolRefAttr(),
                                  reallocOf(use, reading),
                                  stringifyStringEncoding(use.encoding));
  return CopyOp::create(b, b.getI32Type(), body.getArgument(0), buffer,
                        /*sync=*/!use.async, use.type, use.instance);
}

static Value buildSwitch(ImplicitLocOpBuilder &b, Value thread,
                         const BuiltinUse &use) {
  bool yields = use.builtin == Builtin::thread_yield_then_resume ||
                use.builtin == Builtin::thread_yield_then_promote;
  bool promotes = use.builtin == Builtin::thread_suspend_then_promote ||
                  use.builtin == Builtin::thread_yield_then_promote;
  return ThreadSwitchOp::create(b, b.getI32Type(), thread, yields, promotes,
                                use.cancellable, use.instance);
}

static Value buildErrorContext(ImplicitLocOpBuilder &b, Block &body,
                               const BuiltinUse &use) {
  Value first = body.getArgument(0);
  StringRef encoding = stringifyStringEncoding(use.encoding);
  if (use.builtin == Builtin::error_context_new)
    return ErrorContextNewOp::create(b, b.getI32Type(), first,
                                     body.getArgument(1), use.memory.getValue(),
                                     encoding, use.instance);
  if (use.builtin == Builtin::error_context_debug_message)
    ErrorContextDebugMessageOp::create(
        b, first, body.getArgument(1), use.memory.getValue(),
        use.realloc.getValue(), encoding, use.instance);
  else
    ErrorContextDropOp::create(b, first, use.instance);
  return {};
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
  case Builtin::error_context_new:
  case Builtin::error_context_debug_message:
  case Builtin::error_context_drop:
    return buildErrorContext(b, body, use);
  case Builtin::stream_new:
    return StreamNewOp::create(b, b.getI64Type(), use.type, use.instance);
  case Builtin::stream_read:
    return buildCopy<StreamReadOp>(b, body, use, /*reading=*/true);
  case Builtin::stream_write:
    return buildCopy<StreamWriteOp>(b, body, use, /*reading=*/false);
  case Builtin::stream_cancel_read:
    return StreamCancelReadOp::create(b, i32, argument(0), !use.async, use.type,
                                      use.instance);
  case Builtin::stream_cancel_write:
    return StreamCancelWriteOp::create(b, i32, argument(0), !use.async,
                                       use.type, use.instance);
  case Builtin::stream_drop_readable:
    StreamDropReadableOp::create(b, argument(0), use.type, use.instance);
    return {};
  case Builtin::stream_drop_writable:
    StreamDropWritableOp::create(b, argument(0), use.type, use.instance);
    return {};
  case Builtin::future_new:
    return FutureNewOp::create(b, b.getI64Type(), use.type, use.instance);
  case Builtin::future_read:
    return buildCopy<FutureReadOp>(b, body, use, /*reading=*/true);
  case Builtin::future_write:
    return buildCopy<FutureWriteOp>(b, body, use, /*reading=*/false);
  case Builtin::future_cancel_read:
    return FutureCancelReadOp::create(b, i32, argument(0), !use.async, use.type,
                                      use.instance);
  case Builtin::future_cancel_write:
    return FutureCancelWriteOp::create(b, i32, argument(0), !use.async,
                                       use.type, use.instance);
  case Builtin::future_drop_readable:
    FutureDropReadableOp::create(b, argument(0), use.type, use.instance);
    return {};
  case Builtin::future_drop_writable:
    FutureDropWritableOp::create(b, argument(0), use.type, use.instance);
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
  case Builtin::task_cancel:
    TaskCancelOp::create(b, use.instance);
    return {};
  case Builtin::thread_index:
    return ThreadIndexOp::create(b, i32, use.instance);
  case Builtin::thread_new_indirect:
    return ThreadNewOp::create(b, i32, argument(0), argument(1),
                               use.table.getValue(), use.instance);
  case Builtin::thread_resume_later:
    ThreadResumeLaterOp::create(b, argument(0), use.instance);
    return {};
  case Builtin::thread_suspend:
    return ThreadSuspendOp::create(b, i32, use.cancellable, use.instance);
  case Builtin::thread_suspend_then_resume:
  case Builtin::thread_yield_then_resume:
  case Builtin::thread_suspend_then_promote:
  case Builtin::thread_yield_then_promote:
    return buildSwitch(b, argument(0), use);
  case Builtin::thread_yield:
    return ThreadYieldOp::create(b, i32, use.cancellable, use.instance);
  case Builtin::subtask_cancel:
    return SubtaskCancelOp::create(b, i32, argument(0), !use.async,
                                   use.instance);
  case Builtin::subtask_drop:
    SubtaskDropOp::create(b, argument(0), use.instance);
    return {};
  case Builtin::waitable_set_new:
    return WaitableSetNewOp::create(b, i32, use.instance);
  case Builtin::waitable_set_poll:
    return WaitableSetPollOp::create(b, i32, argument(0), argument(1),
                                     use.memory.getValue(), use.cancellable,
                                     use.instance);
  case Builtin::waitable_set_wait:
    return WaitableSetWaitOp::create(b, i32, argument(0), argument(1),
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
