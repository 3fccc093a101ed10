//===- Strings.cpp - strings in every pair of encodings ---------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The rows of `store_string_into_range` (CanonicalABI.md, "Storing"), which say
// when realloc is called and with what. All text is checked before anything is
// allocated, so the loops of Transcoders.h trust it.
//
//===----------------------------------------------------------------------===//

#include "Explain.h"
#include "Transcoders.h"

using namespace mlir;
using namespace meld;
using namespace meld::adapters;
using namespace meld::component;
using meld::wasm::BinaryKind;
using meld::wasm::CompareKind;

namespace {
/// What a string is encoded in, where `latin1+utf16` has been decided.
enum class Simple { utf8, utf16, latin1 };

class StringMove {
public:
  StringMove(Code &code, Adapters &adapters, const Route &route)
      : b(code), adapters(adapters), route(route),
        address(getAddressType(code.getContext(), route.to)) {}

  /// Loads and stores the string; its new pointer and length.
  Code::Values move(Value pointer, Value length);

private:
  Code::Values moveChecked(Simple simple, Value pointer, Value count);
  void check(Simple simple, Value pointer, Value count);

  Code::Values copy(Simple simple, uint32_t alignment);
  Code::Values widen();
  Code::Values toUtf8(Simple simple);
  Code::Values toUtf16();
  Code::Values toLatin1OrUtf16(Simple simple);
  Code::Values probablyToLatin1();
  Code::Values keepUtf16() {
    Code::Values moved = copy(Simple::utf16, 2);
    return {moved[0], tagged(moved[1])};
  }

  Value allocate(uint32_t alignment, Value bytes, Value old = {},
                 Value oldBytes = {}) {
    return allocateChecked(b, adapters, route.to, alignment, bytes, old,
                           oldBytes);
  }
  /// What is left of `pointer` when only `bytes` of `room` are needed.
  Value shrink(Value pointer, uint32_t alignment, Value room, Value bytes);
  Value add(Value a, Value c) { return b.binary(BinaryKind::add, a, c); }
  Value sub(Value a, Value c) { return b.binary(BinaryKind::sub, a, c); }
  Value twice(Value a) { return b.binary(BinaryKind::shl, a, 1); }
  Value half(Value a) { return b.binary(BinaryKind::shr_u, a, 1); }
  Value tagged(Value units) {
    return b.binary(BinaryKind::or_, units, tagOf(units.getType()));
  }
  static int64_t tagOf(Type type) {
    return type.isInteger(64) ? INT64_MIN : int64_t(INT32_MIN);
  }

  Code &b;
  Adapters &adapters;
  const Route &route;
  Type address;  // of the target
  Value from, n; // the string that is moved, n in units
  Value to_n;    // n, in the target's type
  bool wasTagged = false;
};
} // namespace

//===----------------------------------------------------------------------===//
// Loading
//===----------------------------------------------------------------------===//

void StringMove::check(Simple simple, Value pointer, Value count) {
  bool wide = simple == Simple::utf16;
  b.trapIf(b.compare(CompareKind::gt_u, count,
                     int64_t(wide ? maxStringBytes / 2 : maxStringBytes)),
           "StringTooLong");
  bool aligned = route.from.encoding != StringEncoding::utf8;
  b.call(checkRange(adapters, route.from, "StringOutOfBounds"),
         {pointer, wide ? twice(count) : count,
          b.constant(pointer.getType(), aligned ? 1 : 0)});
  if (simple == Simple::utf8)
    b.call(checkUtf8(adapters, route.from), {pointer, count});
  if (simple == Simple::utf16)
    b.call(checkUtf16(adapters, route.from), {pointer, count});
}

Code::Values StringMove::moveChecked(Simple simple, Value pointer,
                                     Value count) {
  check(simple, pointer, count);
  from = pointer, n = count;
  to_n = b.resized(count, address);
  switch (route.to.encoding) {
  case StringEncoding::utf8:
    return simple == Simple::utf8 ? copy(simple, 1) : toUtf8(simple);
  case StringEncoding::utf16:
    return simple == Simple::utf8    ? toUtf16()
           : simple == Simple::utf16 ? copy(simple, 2)
                                     : widen();
  case StringEncoding::latin1_utf16:
    return simple == Simple::latin1 ? copy(simple, 2)
           : !wasTagged             ? toLatin1OrUtf16(simple)
           : route.to.waits         ? keepUtf16()
                                    : probablyToLatin1();
  }
  llvm_unreachable("an encoding");
}

Code::Values StringMove::move(Value pointer, Value length) {
  if (route.from.encoding == StringEncoding::utf8)
    return moveChecked(Simple::utf8, pointer, length);
  if (route.from.encoding == StringEncoding::utf16)
    return moveChecked(Simple::utf16, pointer, length);
  int64_t tag = tagOf(length.getType());
  Value isUtf16 = b.compare(CompareKind::lt_s, length, 0);
  return b.branch(
      isUtf16, {address, address},
      [&] {
        wasTagged = true;
        return moveChecked(Simple::utf16, pointer,
                           b.binary(BinaryKind::xor_, length, tag));
      },
      [&] {
        wasTagged = false;
        return moveChecked(Simple::latin1, pointer, length);
      });
}

//===----------------------------------------------------------------------===//
// Storing
//===----------------------------------------------------------------------===//

Value StringMove::shrink(Value pointer, uint32_t alignment, Value room,
                         Value bytes) {
  return b
      .branch(
          b.compare(CompareKind::lt_u, bytes, room), {address},
          [&] {
            return Code::Values{allocate(alignment, bytes, pointer, room)};
          },
          [&] { return Code::Values{pointer}; })
      .front();
}

Code::Values StringMove::copy(Simple simple, uint32_t alignment) {
  Value bytes = simple == Simple::utf16 ? twice(to_n) : to_n;
  Value to = allocate(alignment, bytes);
  b.copy(route.to.memory, route.from.memory, to, from, bytes);
  return {to, to_n};
}

Code::Values StringMove::widen() {
  Value to = allocate(2, twice(to_n));
  b.call(latin1ToUtf16(adapters, route), {to, from, n}, address);
  return {to, to_n};
}

/// As ASCII as long as that goes, then again in the worst case's room.
Code::Values StringMove::toUtf8(Simple simple) {
  bool wide = simple == Simple::utf16;
  Value to = allocate(1, to_n);
  Code::Values ends = b.call(wide ? utf16ToAscii(adapters, route)
                                  : latin1ToAscii(adapters, route),
                             {to, from, n}, {address, from.getType()});
  Value done = sub(ends[0], to);
  return b.branch(
      b.compare(CompareKind::eq, done, to_n), {address, address},
      [&] { return Code::Values{to, to_n}; },
      [&] {
        Value worst = b.binary(BinaryKind::mul, to_n, wide ? 3 : 2);
        Value room = allocate(1, worst, to, to_n);
        Value rest = sub(n, b.resized(done, n.getType()));
        Value end = b.call(wide ? utf16ToUtf8(adapters, route)
                                : latin1ToUtf8(adapters, route),
                           {add(room, done), ends[1], rest}, address)
                        .front();
        Value bytes = sub(end, room);
        return Code::Values{shrink(room, 1, worst, bytes), bytes};
      });
}

Code::Values StringMove::toUtf16() {
  Value worst = twice(to_n);
  Value to = allocate(2, worst);
  Value end =
      b.call(utf8ToUtf16(adapters, route), {to, from, n}, address).front();
  Value bytes = sub(end, to);
  return {shrink(to, 2, worst, bytes), half(bytes)};
}

/// As Latin-1 as long as that goes, then what was written is inflated.
Code::Values StringMove::toLatin1OrUtf16(Simple simple) {
  bool wide = simple == Simple::utf16;
  Value to = allocate(2, to_n);
  Code::Values ends = b.call(wide ? utf16ToLatin1(adapters, route)
                                  : utf8ToLatin1(adapters, route),
                             {to, from, n}, {address, from.getType()});
  Value done = sub(ends[0], to);
  Value end = add(from, wide ? twice(n) : n);
  return b.branch(
      b.compare(CompareKind::eq, ends[1], end), {address, address},
      [&] { return Code::Values{shrink(to, 2, to_n, done), done}; },
      [&] {
        Value worst = twice(to_n);
        Value room = allocate(2, worst, to, to_n);
        b.call(inflate(adapters, route.to), {room, done});
        Value next = add(room, twice(done)), left = sub(end, ends[1]);
        Value last;
        if (wide) {
          b.copy(route.to.memory, route.from.memory, next, ends[1],
                 b.resized(left, address));
          last = add(room, worst);
        } else {
          last = b.call(utf8ToUtf16(adapters, route), {next, ends[1], left},
                        address)
                     .front();
        }
        Value bytes = sub(last, room);
        return Code::Values{shrink(room, 2, worst, bytes), tagged(half(bytes))};
      });
}

/// UTF-16 from a side that could have said Latin-1: copied, and deflated only
/// where that goes after all.
Code::Values StringMove::probablyToLatin1() {
  Value bytes = twice(to_n);
  Value to = allocate(2, bytes);
  b.copy(route.to.memory, route.from.memory, to, from, bytes);
  Value narrow =
      b.call(isLatin1(adapters, route.from), {from, n}, b.getI32Type()).front();
  return b.branch(
      narrow, {address, address},
      [&] {
        Route inPlace = route;
        inPlace.from = route.to;
        b.call(utf16ToLatin1(adapters, inPlace), {to, to, to_n},
               {address, address});
        return Code::Values{allocate(1, to_n, to, bytes), to_n};
      },
      [&] { return Code::Values{to, tagged(to_n)}; });
}

FlatSymbolRefAttr meld::adapters::moveString(Adapters &adapters,
                                             const Route &route) {
  MLIRContext *context = route.from.memory.getContext();
  Type from = getAddressType(context, route.from);
  Type to = getAddressType(context, route.to);
  FlatSymbolRefAttr function = adapters.share(
      getRouteKey("move string", route), {}, "move_string",
      FunctionType::get(context, {from, from}, {to, to}),
      [&](Location loc, Block &body) {
        Code b(loc, &body);
        b.giveBack(StringMove(b, adapters, route)
                       .move(body.getArgument(0), body.getArgument(1)));
      });
  adapters.explain(function, adapters.getStyle().vectors,
                   [&] { return explainString(route, adapters.getStyle()); });
  return function;
}
