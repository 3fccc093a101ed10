//===- Limits.h - Named limits on what Meld reads ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Inputs are untrusted. Counts are bounded by the bytes that remain, so memory
// is proportional to the input; these limits bound what bytes alone do not:
// recursion and the sizes that later passes multiply. Exceeding one is the
// rule `input-limit`. The numbers are those that other engines use, where they
// have such a limit.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_SUPPORT_LIMITS_H
#define MELD_SUPPORT_LIMITS_H

#include <cstddef>
#include <cstdint>

namespace meld::limits {

/// Bytes of one input.
inline constexpr uint64_t inputBytes = uint64_t(1) << 30;
/// Components, component types, instance types and instances inside each other.
inline constexpr uint32_t nesting = 100;
/// Value types inside each other.
inline constexpr uint32_t valueNesting = 1000;
/// Items in one vector of the binary format.
inline constexpr uint32_t items = 1000000;
/// Bytes of one name.
inline constexpr uint32_t nameBytes = 100000;
/// Fields of a record or tuple, cases of a variant, labels of an enum.
inline constexpr uint32_t labels = 10000;
/// Parameters of one function.
inline constexpr uint32_t parameters = 1000;
/// Local variables of one function, parameters included.
inline constexpr uint32_t locals = 50000;
/// Declared supertypes above one type.
inline constexpr uint32_t subtypeDepth = 63;
/// Defined types that name each other, from one recursion group to the next.
inline constexpr uint32_t typeNesting = 1000;
/// Errors of one input that are reported before the rest is left out.
inline constexpr uint32_t listedErrors = 100;
/// Things that one pass refuses before it stops to list more.
inline constexpr uint32_t listedUnsupported = 100;
/// Component instances of one program.
inline constexpr size_t instances = 10000;
/// Types of resources of one program, and types of streams and futures: records
/// of handles name theirs in 16 bits.
inline constexpr size_t handleTypes = 65535;
/// Bytes of a name that a diagnostic prints before it cuts the rest off.
inline constexpr size_t printedName = 96;

/// Bytes of a type that `meld inspect` prints before it cuts the rest off: a
/// type can be exponentially longer than its definitions.
inline constexpr size_t printedType = 4096;
/// Types, as trees, whose names at the edge are kept for `meld inspect --wit`.
inline constexpr size_t namedTypeNodes = 100000;

} // namespace meld::limits

#endif // MELD_SUPPORT_LIMITS_H
