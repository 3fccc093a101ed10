//===- ops.h - the interface that is called ---------------------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===--------------------------------------------------------------------===//
//
// With DIRECT, caller.c and callee.c make one module, without components: what
// a call costs then is what it costs to be called by C.
//
//===--------------------------------------------------------------------===//

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned u32;

typedef struct {
  u32 x, y;
  double weight;
} Point;
typedef struct {
  void *name;
  u32 size, id;
} Named;

#define EXPORT(name) __attribute__((export_name(name)))
#ifdef DIRECT
#define OPS(name) __attribute__((noinline))
#elif defined(CALLEE)
#define OPS(name) EXPORT("bench:abi/ops#" name)
#else
#define OPS(name)                                                              \
  __attribute__((import_module("bench:abi/ops"), import_name(name)))
#endif

// As wit-component lowers them: a list or string is its address and length.
OPS("flat") u32 flat(u32 a, u32 b);
OPS("bytes") u32 bytes(u8 *data, u32 size);
OPS("text") u32 text(void *data, u32 size);
OPS("points") u32 points(Point *all, u32 count);
OPS("names") u32 names(Named *all, u32 count);
