//===- Runtime.h - ground of the guest runtime -------------------*- C -*--===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What all parts of the runtime stand on: references, the control block, the
// functions of Functions.def, and how each of the two builds (wasm32, and
// native for tests) does what C cannot say.
//
// The runtime touches its own memory only. Guest memory is the business of
// generated code, which the runtime reaches by table slots. No part has static
// data and none needs a stack in memory: all state is in the records of
// Layout.def, so that the image is code alone.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_RUNTIME_RUNTIME_H
#define MELD_RUNTIME_RUNTIME_H

#include "meld/Runtime/Layout.h"

/// An address in the runtime's memory; 0 is none.
typedef u32 ref;

#define RT_INLINE static inline __attribute__((always_inline))
#define RT_NOINLINE __attribute__((noinline))
/// Off the fast ways: small rather than fast.
#define RT_COLD __attribute__((noinline, minsize))

#define VOID void
#define I32 u32
#define I64 u64

#ifdef __wasm__
#define MELD_RT_FUNCTION(RESULT, NAME, PARAMETERS)                             \
  __attribute__((export_name(#NAME))) RESULT rt_##NAME PARAMETERS;
#define MELD_RT_IMPORT(RESULT, NAME, PARAMETERS)                               \
  __attribute__((import_module("env"), import_name(#NAME),                     \
                 noreturn)) RESULT rt_##NAME PARAMETERS;
#define MELD_RT_THUNK(RESULT, NAME, PARAMETERS)                                \
  typedef RESULT NAME##Thunk PARAMETERS;
#include "meld/Runtime/Functions.def"

/// The record of type T at the reference R.
#define AT(T, R) ((T *)(R))
/// Calls the thunk of kind NAME in table slot SLOT.
#define CALL(NAME, SLOT, ...) (((NAME##Thunk *)(SLOT))(__VA_ARGS__))
#define memoryPages() ((u32)__builtin_wasm_memory_size(0))
#define memoryGrow(PAGES) (__builtin_wasm_memory_grow(0, PAGES) != (size_t)-1)
#define blockTaken(R, SIZE) ((void)0)
#define blockFreed(R, SIZE) ((void)0)

#else // The native build: a reference is an offset into an arena.

#define MELD_RT_FUNCTION(RESULT, NAME, PARAMETERS) RESULT rt_##NAME PARAMETERS;
#define MELD_RT_IMPORT(RESULT, NAME, PARAMETERS)                               \
  __attribute__((noreturn)) RESULT rt_##NAME PARAMETERS;
#define MELD_RT_THUNK(RESULT, NAME, PARAMETERS)                                \
  typedef RESULT NAME##Thunk PARAMETERS;
#include "meld/Runtime/Functions.def"

extern unsigned char *rt_memory;
u32 memoryPages(void);
u32 memoryGrow(u32 pages);
/// The thunk in a table slot; whoever calls knows its type.
void *thunkAt(u32 slot);
/// Say which bytes may be touched, to AddressSanitizer.
void blockTaken(ref block, u32 size);
void blockFreed(ref block, u32 size);
#define AT(T, R) ((T *)(rt_memory + (R)))
#define CALL(NAME, SLOT, ...) (((NAME##Thunk *)thunkAt(SLOT))(__VA_ARGS__))
#endif

#define MELD_TRAP(NAME, NUMBER, TEXT) static const u32 Trap##NAME = NUMBER;
#include "meld/Support/Traps.def"

/// Whether the host has stacks to switch between: known in an image, so that
/// one without holds nothing of them.
#ifdef MELD_RT_HAS_FIBERS
#define hasFibers(CONTROL) ((void)(CONTROL), MELD_RT_HAS_FIBERS)
#else
#define hasFibers(CONTROL) ((CONTROL)->fiber != 0)
#endif

RT_INLINE Control *control(void) { return AT(Control, ControlAddress); }

RT_INLINE u32 kindOf(u32 header) { return header & 0xff; }
RT_INLINE u32 stateOf(u32 header) { return (header >> 8) & 0xff; }
RT_INLINE u32 withState(u32 header, u32 state) {
  return (header & ~0xff00u) | state << 8;
}

#endif // MELD_RUNTIME_RUNTIME_H
