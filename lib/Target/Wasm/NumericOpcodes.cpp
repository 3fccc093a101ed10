//===- NumericOpcodes.cpp - opcodes of grouped ops -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NumericOpcodes.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld::wasm;

namespace {

/// The opcodes of one operator for i32, i64, f32, f64; 0 where there is none
/// (the verifier has refused those).
struct Row {
  uint16_t opcodes[4];
};

/// The column of a type.
unsigned columnOf(Type type) {
  return (type.isInteger() ? 0 : 2) + (type.getIntOrFloatBitWidth() == 64);
}

// Rows in the order of UnaryKind.
constexpr Row unaryRows[] = {
    {{0x67, 0x79}},       // clz
    {{0x68, 0x7a}},       // ctz
    {{0x69, 0x7b}},       // popcnt
    {{0xc0, 0xc2}},       // extend8_s
    {{0xc1, 0xc3}},       // extend16_s
    {{0, 0xc4}},          // extend32_s
    {{0, 0, 0x8b, 0x99}}, // abs
    {{0, 0, 0x8c, 0x9a}}, // neg
    {{0, 0, 0x8d, 0x9b}}, // ceil
    {{0, 0, 0x8e, 0x9c}}, // floor
    {{0, 0, 0x8f, 0x9d}}, // trunc
    {{0, 0, 0x90, 0x9e}}, // nearest
    {{0, 0, 0x91, 0x9f}}, // sqrt
};

// Rows in the order of BinaryKind.
constexpr Row binaryRows[] = {
    {{0x6a, 0x7c, 0x92, 0xa0}}, // add
    {{0x6b, 0x7d, 0x93, 0xa1}}, // sub
    {{0x6c, 0x7e, 0x94, 0xa2}}, // mul
    {{0x6d, 0x7f}},             // div_s
    {{0x6e, 0x80}},             // div_u
    {{0x6f, 0x81}},             // rem_s
    {{0x70, 0x82}},             // rem_u
    {{0x71, 0x83}},             // and
    {{0x72, 0x84}},             // or
    {{0x73, 0x85}},             // xor
    {{0x74, 0x86}},             // shl
    {{0x75, 0x87}},             // shr_s
    {{0x76, 0x88}},             // shr_u
    {{0x77, 0x89}},             // rotl
    {{0x78, 0x8a}},             // rotr
    {{0, 0, 0x95, 0xa3}},       // div
    {{0, 0, 0x96, 0xa4}},       // min
    {{0, 0, 0x97, 0xa5}},       // max
    {{0, 0, 0x98, 0xa6}},       // copysign
};

// Rows in the order of CompareKind.
constexpr Row compareRows[] = {
    {{0x46, 0x51, 0x5b, 0x61}}, // eq
    {{0x47, 0x52, 0x5c, 0x62}}, // ne
    {{0x48, 0x53}},             // lt_s
    {{0x49, 0x54}},             // lt_u
    {{0x4a, 0x55}},             // gt_s
    {{0x4b, 0x56}},             // gt_u
    {{0x4c, 0x57}},             // le_s
    {{0x4d, 0x58}},             // le_u
    {{0x4e, 0x59}},             // ge_s
    {{0x4f, 0x5a}},             // ge_u
    {{0, 0, 0x5d, 0x63}},       // lt
    {{0, 0, 0x5e, 0x64}},       // gt
    {{0, 0, 0x5f, 0x65}},       // le
    {{0, 0, 0x60, 0x66}},       // ge
};

// Rows in the order of ConvertKind; the column is that of the result.
constexpr Row convertRows[] = {
    {{0xa7}},             // wrap_i64
    {{0, 0xac}},          // extend_i32_s
    {{0, 0xad}},          // extend_i32_u
    {{0xa8, 0xae}},       // trunc_f32_s
    {{0xa9, 0xaf}},       // trunc_f32_u
    {{0xaa, 0xb0}},       // trunc_f64_s
    {{0xab, 0xb1}},       // trunc_f64_u
    {{0xfc00, 0xfc04}},   // trunc_sat_f32_s
    {{0xfc01, 0xfc05}},   // trunc_sat_f32_u
    {{0xfc02, 0xfc06}},   // trunc_sat_f64_s
    {{0xfc03, 0xfc07}},   // trunc_sat_f64_u
    {{0, 0, 0xb2, 0xb7}}, // convert_i32_s
    {{0, 0, 0xb3, 0xb8}}, // convert_i32_u
    {{0, 0, 0xb4, 0xb9}}, // convert_i64_s
    {{0, 0, 0xb5, 0xba}}, // convert_i64_u
    {{0, 0, 0xb6, 0}},    // demote_f64
    {{0, 0, 0, 0xbb}},    // promote_f32
    {{0xbc}},             // reinterpret_f32
    {{0, 0xbd}},          // reinterpret_f64
    {{0, 0, 0xbe}},       // reinterpret_i32
    {{0, 0, 0, 0xbf}},    // reinterpret_i64
};

// Rows in the order of Width.
constexpr Row loadRows[] = {
    {{0x28, 0x29, 0x2a, 0x2b}}, // full
    {{0x2c, 0x30}},             // s8
    {{0x2d, 0x31}},             // u8
    {{0x2e, 0x32}},             // s16
    {{0x2f, 0x33}},             // u16
    {{0, 0x34}},                // s32
    {{0, 0x35}},                // u32
};
constexpr Row storeRows[] = {
    {{0x36, 0x37, 0x38, 0x39}}, // full
    {{0, 0}},                   // s8
    {{0x3a, 0x3c}},             // u8
    {{0, 0}},                   // s16
    {{0x3b, 0x3d}},             // u16
    {{0, 0}},                   // s32
    {{0, 0x3e}},                // u32
};

template <typename Kind, size_t N>
uint16_t find(const Row (&rows)[N], Kind kind, Type type) {
  return rows[unsigned(kind)].opcodes[columnOf(type)];
}

} // namespace

uint16_t meld::wasm::opcodeOf(UnaryOp op) {
  return find(unaryRows, op.getKind(), op.getInput().getType());
}
uint16_t meld::wasm::opcodeOf(BinaryOp op) {
  return find(binaryRows, op.getKind(), op.getLhs().getType());
}
uint16_t meld::wasm::opcodeOf(CompareOp op) {
  return find(compareRows, op.getKind(), op.getLhs().getType());
}
uint16_t meld::wasm::opcodeOf(TestOp op) {
  return op.getInput().getType().isInteger(32) ? 0x45 : 0x50;
}
uint16_t meld::wasm::opcodeOf(ConvertOp op) {
  return find(convertRows, op.getKind(), op.getResult().getType());
}
uint16_t meld::wasm::opcodeOf(LoadOp op) {
  return find(loadRows, op.getWidth(), op.getResult().getType());
}
uint16_t meld::wasm::opcodeOf(StoreOp op) {
  return find(storeRows, op.getWidth(), op.getValue().getType());
}

unsigned meld::wasm::alignmentOf(Width width, Type type) {
  switch (width) {
  case Width::full:
    return type.getIntOrFloatBitWidth() == 64 ? 3 : 2;
  case Width::s8:
  case Width::u8:
    return 0;
  case Width::s16:
  case Width::u16:
    return 1;
  case Width::s32:
  case Width::u32:
    return 2;
  }
  llvm_unreachable("a width of the enum");
}

uint8_t meld::wasm::encodingOf(Type type) {
  if (type.isIntOrFloat())
    return 0x7f - columnOf(type);
  return llvm::TypeSwitch<Type, uint8_t>(type)
      .Case([](V128Type) { return 0x7b; })
      .Case([](FuncRefType) { return 0x70; })
      .Case([](ExternRefType) { return 0x6f; })
      .Default([](Type) { return 0x69; }); // exnref
}
