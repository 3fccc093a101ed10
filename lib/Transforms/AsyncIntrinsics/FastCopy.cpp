//===- FastCopy.cpp - a copy whose other end waits --------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The functions stream_end and stream_write of lib/Runtime/Streams.c, where all
// is well. What they look up, this code has as constants, and it leaves at the
// first thing that is not as it should be: nothing has changed until then.
//
//===----------------------------------------------------------------------===//

#include "FastCopy.h"

#include "Buffers.h"
#include "Numbers.h"

#include "meld/Dialect/Component/IR/CanonicalLayout.h"
#include "meld/Runtime/Layout.h"

using namespace mlir;
using namespace meld;
using namespace meld::lowering;
using wasm::BinaryKind;
using wasm::CompareKind;

/// From how many memories at the other end on the runtime finds the copy.
static constexpr size_t maxPeers = 4;

bool meld::lowering::canCopyFast(Program &program, const CopySite &site) {
  Type element = getElement(site.type);
  if (!isa<component::StreamType>(site.type) || site.sync || !element ||
      !component::isPlain(element) || !isNumber(element) ||
      program.target.getCountCopies() == component::CountCopies::on)
    return false;
  size_t peers =
      program.copyPeers(site.type, site.place.memory, site.writing).size();
  return peers > 0 && peers <= maxPeers;
}

static constexpr size_t eventField =
    offsetof(rt::End, waitable) + offsetof(rt::Waitable, event);

namespace {

/// The other end. Both lie in one record, so it is at a constant distance.
class Peer {
public:
  Peer(Code &code, Value end, bool writing) : code(code) {
    base = writing ? code.binary(BinaryKind::sub, end,
                                 code.constant(sizeof(rt::End)))
                   : end;
    bias = writing ? 0 : sizeof(rt::End);
  }
  Value get(size_t field) { return code.load(base, bias + field); }
  void set(size_t field, Value value) { code.store(value, base, bias + field); }
  void add(size_t field, Value value) {
    set(field, code.binary(BinaryKind::add, get(field), value));
  }
  Value address() {
    return bias ? code.binary(BinaryKind::add, base, code.constant(bias))
                : base;
  }

private:
  Code &code;
  Value base;
  uint32_t bias;
};

/// Emits the fast way: each step branches to `otherwise` where it is not as it
/// should be.
class FastCopy {
public:
  FastCopy(Code &code, const CopySite &site, Value otherwise)
      : code(code), program(code.program), site(site),
        element(getElement(site.type)), otherwise(otherwise) {}

  Value findEnd();
  void checkBuffer();
  /// How many elements move now, at least one.
  Value findCount(Peer &peer);
  void copy(Peer &peer, Value count);

private:
  void leaveIf(Value condition) {
    wasm::BrIfOp::create(code, otherwise, condition, ValueRange());
  }
  Value isZero(Value value) {
    return wasm::TestOp::create(code, code.getI32Type(), wasm::TestKind::eqz,
                                value);
  }
  void callCopy(Peer &peer, Value bytes);

  Code &code;
  Program &program;
  const CopySite &site;
  Type element;
  Value otherwise;
};

} // namespace

/// A look-up as in Handles.h, and then one compare says that it is an idle end
/// of the right kind and type.
Value FastCopy::findEnd() {
  uint32_t instance = program.records.instance(site.place.instance);
  Value zero = code.constant(0);
  Value top = code.load(zero, instance + offsetof(rt::Instance, top));
  Value before = code.binary(BinaryKind::sub, site.handle, code.constant(1));
  leaveIf(code.compare(CompareKind::ge_u, before, top));
  Value table = code.load(zero, instance + offsetof(rt::Instance, table));
  Value slot = code.binary(BinaryKind::shl, site.handle, code.constant(2));
  Value end = code.load(code.binary(BinaryKind::add, table, slot), 0);
  leaveIf(code.binary(BinaryKind::and_, end, code.constant(1)));
  Value want =
      code.constant(program.records.endHeader(site.type, site.writing));
  leaveIf(code.compare(CompareKind::ne, code.load(end, 0), want));
  return end;
}

void FastCopy::checkBuffer() {
  leaveIf(code.compare(CompareKind::gt_u, site.length,
                       code.constant(rt::MaxBufferLength)));
  if (uint32_t alignment = component::getAlignment(element); alignment > 1)
    leaveIf(code.binary(BinaryKind::and_, site.pointer,
                        code.constant(alignment - 1)));
  leaveIf(isOutOfBounds(code, site.pointer, bytesOf(code, element, site.length),
                        site.place.memory));
}

Value FastCopy::findCount(Peer &peer) {
  Value room = peer.get(offsetof(rt::End, remain));
  Value count = wasm::SelectOp::create(
      code, code.getI32Type(),
      code.compare(CompareKind::lt_u, site.length, room), site.length, room);
  leaveIf(isZero(count));
  return count;
}

/// Calls the copy between the memory of `site` and that of the other end.
void FastCopy::callCopy(Peer &peer, Value bytes) {
  Value to = peer.get(offsetof(rt::End, pointer)), from = site.pointer;
  if (!site.writing)
    std::swap(to, from);
  auto call = [&](FlatSymbolRefAttr other) {
    auto source = site.writing ? site.place.memory : other,
         target = site.writing ? other : site.place.memory;
    code.call(program.slots().copy(site.type, program.records.memory(source),
                                   program.records.memory(target)),
              {to, from, bytes});
  };
  ArrayRef<FlatSymbolRefAttr> peers =
      program.copyPeers(site.type, site.place.memory, site.writing);
  if (peers.size() == 1)
    return call(peers.front());
  Value number = peer.get(offsetof(rt::End, memory));
  for (FlatSymbolRefAttr other : peers)
    code.when(code.compare(CompareKind::eq, number,
                           code.constant(program.records.memory(other))),
              [&] { call(other); });
}

void FastCopy::copy(Peer &peer, Value count) {
  uint32_t size = component::getElementSize(element);
  Value bytes = size == 1
                    ? count
                    : code.binary(BinaryKind::mul, count, code.constant(size));
  callCopy(peer, bytes);
  peer.add(offsetof(rt::End, pointer), bytes);
  peer.add(offsetof(rt::End, progress), count);
  peer.set(
      offsetof(rt::End, remain),
      code.binary(BinaryKind::sub, peer.get(offsetof(rt::End, remain)), count));
  code.when(isZero(peer.get(eventField)),
            [&] { code.runtime("stream_posted", peer.address()); });
}

Value meld::lowering::copyFast(Code &code, const CopySite &site,
                               FlatSymbolRefAttr slow) {
  Type i32 = code.getI32Type();
  auto fast = [&](Value done, Value otherwise) {
    FastCopy fast(code, site, otherwise);
    Peer peer(code, fast.findEnd(), site.writing);
    fast.checkBuffer();
    Value count = fast.findCount(peer);
    fast.copy(peer, count);
    Value result = code.binary(BinaryKind::shl, count, code.constant(4));
    wasm::BrOp::create(code, done, ValueRange{result});
  };
  auto both = [&](Value done) -> SmallVector<Value> {
    code.block({}, [&](Value otherwise) -> SmallVector<Value> {
      fast(done, otherwise);
      return {};
    });
    return llvm::to_vector(
        code.call(slow, {site.handle, site.pointer, site.length}));
  };
  return code.block(i32, both).front();
}
