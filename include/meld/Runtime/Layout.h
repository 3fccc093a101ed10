//===- Layout.h - records of the guest runtime, as structs ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Layout.def for C and C++. The compiler takes offsets, as in
// `offsetof(meld::rt::Call, arguments)`, and constants, as in
// `meld::rt::KindSubtask`; the runtime's C uses the same names without the
// namespace.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_RUNTIME_LAYOUT_H
#define MELD_RUNTIME_LAYOUT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
namespace meld {
namespace rt {
#endif

typedef uint32_t u32;
typedef uint64_t u64;

#define MELD_RT_RECORD(NAME)                                                   \
  typedef struct NAME NAME;                                                    \
  struct NAME {
#define MELD_RT_FIELD(TYPE, NAME) TYPE NAME;
#define MELD_RT_ARRAY(TYPE, NAME, N) TYPE NAME[N];
#define MELD_RT_END(NAME)                                                      \
  }                                                                            \
  ;
#include "meld/Runtime/Layout.def"

#ifdef __cplusplus
#define MELD_RT_CONSTANT(NAME, VALUE) constexpr u32 NAME = VALUE;
#else
#define MELD_RT_CONSTANT(NAME, VALUE) static const u32 NAME = VALUE;
#endif
#include "meld/Runtime/Layout.def"

#ifdef __cplusplus
static_assert(sizeof(Instance) == InstanceSize,
              "the compiler multiplies by it");
} // namespace rt
} // namespace meld
#endif

#endif // MELD_RUNTIME_LAYOUT_H
