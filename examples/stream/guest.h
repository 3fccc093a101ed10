//===- guest.h - what both stream guests share ------------------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===--------------------------------------------------------------------===//
//
// The constants of the Component Model's callback ABI, and the bytes that the
// two guests exchange. The guests are freestanding C: no libc, no allocator.
//
//===--------------------------------------------------------------------===//

#ifndef MELD_EXAMPLES_STREAM_GUEST_H
#define MELD_EXAMPLES_STREAM_GUEST_H

typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;

#define IMPORT(module, name)                                                   \
  __attribute__((import_module(module), import_name(name)))
#define EXPORT(name) __attribute__((export_name(name)))

/// What a callback returns: what to do next, and for WAIT the waitable set in
/// the upper 28 bits.
enum { EXIT = 0, YIELD = 1, WAIT = 2 };
static inline u32 waitOn(u32 set) { return WAIT | set << 4; }

/// The first parameter of a callback.
enum {
  EVENT_NONE = 0,
  EVENT_SUBTASK = 1,
  EVENT_STREAM_READ = 2,
  EVENT_STREAM_WRITE = 3
};

/// The state of a subtask: the low four bits of what an async-lowered call
/// returns, and the second payload of its event.
enum { STARTING = 0, STARTED = 1, RETURNED = 2 };

/// What `stream.read` and `stream.write` return when they do not return at
/// once; otherwise a result in the low four bits, and above them how many
/// elements moved, which may be more than none in each of the cases.
enum { COMPLETED = 0, DROPPED = 1 };
#define BLOCKED 0xffffffffu

/// The largest chunk that either guest takes.
enum { MAX_CHUNK = 65536 };

/// Fills `size` bytes at `out` with the next bytes of the sequence whose state
/// is `*seed`. Each byte depends on its place in the whole sequence, so a byte
/// that is lost, doubled or out of order changes the checksum. `BARE` leaves
/// the bytes alone: then what is timed is the stream.
static inline void generate(u32 *seed, u8 *out, u32 size) {
#ifndef BARE
  for (u32 i = 0; i < size; i++) {
    *seed = *seed * 1664525u + 1013904223u;
    out[i] = (u8)(*seed >> 24);
  }
#endif
}

/// Folds `size` bytes at `in` into the checksum `sum` (FNV-1a), or counts them
/// if `BARE`.
static inline u64 fold(u64 sum, const u8 *in, u32 size) {
#ifdef BARE
  return sum + size;
#else
  for (u32 i = 0; i < size; i++)
    sum = (sum ^ in[i]) * 0x100000001b3ull;
  return sum;
#endif
}

#ifdef BARE
#define EMPTY_SUM 0ull
#else
#define EMPTY_SUM 0xcbf29ce484222325ull
#endif
#define FIRST_SEED 1u

static inline u32 least(u32 a, u32 b) { return a < b ? a : b; }

#endif // MELD_EXAMPLES_STREAM_GUEST_H
