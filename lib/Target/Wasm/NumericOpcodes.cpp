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
using Opcode = meld::core::Op;

namespace {

/// Where an operator has no instruction; the verifier has refused those.
constexpr Opcode none = Opcode::Unreachable;

/// The instructions of one operator for i32, i64, f32, f64.
struct Row {
  Opcode opcodes[4];
};

/// The column of a type.
unsigned columnOf(Type type) {
  return (type.isInteger() ? 0 : 2) + (type.getIntOrFloatBitWidth() == 64);
}

// Rows in the order of UnaryKind.
constexpr Row unaryRows[] = {
    {{Opcode::I32Clz, Opcode::I64Clz}},                     // clz
    {{Opcode::I32Ctz, Opcode::I64Ctz}},                     // ctz
    {{Opcode::I32Popcnt, Opcode::I64Popcnt}},               // popcnt
    {{Opcode::I32Extend8S, Opcode::I64Extend8S}},           // extend8_s
    {{Opcode::I32Extend16S, Opcode::I64Extend16S}},         // extend16_s
    {{none, Opcode::I64Extend32S}},                         // extend32_s
    {{none, none, Opcode::F32Abs, Opcode::F64Abs}},         // abs
    {{none, none, Opcode::F32Neg, Opcode::F64Neg}},         // neg
    {{none, none, Opcode::F32Ceil, Opcode::F64Ceil}},       // ceil
    {{none, none, Opcode::F32Floor, Opcode::F64Floor}},     // floor
    {{none, none, Opcode::F32Trunc, Opcode::F64Trunc}},     // trunc
    {{none, none, Opcode::F32Nearest, Opcode::F64Nearest}}, // nearest
    {{none, none, Opcode::F32Sqrt, Opcode::F64Sqrt}},       // sqrt
};

// Rows in the order of BinaryKind.
constexpr Row binaryRows[] = {
    {{Opcode::I32Add, Opcode::I64Add, Opcode::F32Add, Opcode::F64Add}}, // add
    {{Opcode::I32Sub, Opcode::I64Sub, Opcode::F32Sub, Opcode::F64Sub}}, // sub
    {{Opcode::I32Mul, Opcode::I64Mul, Opcode::F32Mul, Opcode::F64Mul}}, // mul
    {{Opcode::I32DivS, Opcode::I64DivS}},                               // div_s
    {{Opcode::I32DivU, Opcode::I64DivU}},                               // div_u
    {{Opcode::I32RemS, Opcode::I64RemS}},                               // rem_s
    {{Opcode::I32RemU, Opcode::I64RemU}},                               // rem_u
    {{Opcode::I32And, Opcode::I64And}},                                 // and
    {{Opcode::I32Or, Opcode::I64Or}},                                   // or
    {{Opcode::I32Xor, Opcode::I64Xor}},                                 // xor
    {{Opcode::I32Shl, Opcode::I64Shl}},                                 // shl
    {{Opcode::I32ShrS, Opcode::I64ShrS}},                               // shr_s
    {{Opcode::I32ShrU, Opcode::I64ShrU}},                               // shr_u
    {{Opcode::I32Rotl, Opcode::I64Rotl}},                               // rotl
    {{Opcode::I32Rotr, Opcode::I64Rotr}},                               // rotr
    {{none, none, Opcode::F32Div, Opcode::F64Div}},                     // div
    {{none, none, Opcode::F32Min, Opcode::F64Min}},                     // min
    {{none, none, Opcode::F32Max, Opcode::F64Max}},                     // max
    {{none, none, Opcode::F32Copysign, Opcode::F64Copysign}}, // copysign
};

// Rows in the order of CompareKind.
constexpr Row compareRows[] = {
    {{Opcode::I32Eq, Opcode::I64Eq, Opcode::F32Eq, Opcode::F64Eq}}, // eq
    {{Opcode::I32Ne, Opcode::I64Ne, Opcode::F32Ne, Opcode::F64Ne}}, // ne
    {{Opcode::I32LtS, Opcode::I64LtS}},                             // lt_s
    {{Opcode::I32LtU, Opcode::I64LtU}},                             // lt_u
    {{Opcode::I32GtS, Opcode::I64GtS}},                             // gt_s
    {{Opcode::I32GtU, Opcode::I64GtU}},                             // gt_u
    {{Opcode::I32LeS, Opcode::I64LeS}},                             // le_s
    {{Opcode::I32LeU, Opcode::I64LeU}},                             // le_u
    {{Opcode::I32GeS, Opcode::I64GeS}},                             // ge_s
    {{Opcode::I32GeU, Opcode::I64GeU}},                             // ge_u
    {{none, none, Opcode::F32Lt, Opcode::F64Lt}},                   // lt
    {{none, none, Opcode::F32Gt, Opcode::F64Gt}},                   // gt
    {{none, none, Opcode::F32Le, Opcode::F64Le}},                   // le
    {{none, none, Opcode::F32Ge, Opcode::F64Ge}},                   // ge
};

// Rows in the order of ConvertKind; the column is that of the result.
constexpr Row convertRows[] = {
    {{Opcode::I32WrapI64}},                               // wrap_i64
    {{none, Opcode::I64ExtendI32S}},                      // extend_i32_s
    {{none, Opcode::I64ExtendI32U}},                      // extend_i32_u
    {{Opcode::I32TruncF32S, Opcode::I64TruncF32S}},       // trunc_f32_s
    {{Opcode::I32TruncF32U, Opcode::I64TruncF32U}},       // trunc_f32_u
    {{Opcode::I32TruncF64S, Opcode::I64TruncF64S}},       // trunc_f64_s
    {{Opcode::I32TruncF64U, Opcode::I64TruncF64U}},       // trunc_f64_u
    {{Opcode::I32TruncSatF32S, Opcode::I64TruncSatF32S}}, // trunc_sat_f32_s
    {{Opcode::I32TruncSatF32U, Opcode::I64TruncSatF32U}}, // trunc_sat_f32_u
    {{Opcode::I32TruncSatF64S, Opcode::I64TruncSatF64S}}, // trunc_sat_f64_s
    {{Opcode::I32TruncSatF64U, Opcode::I64TruncSatF64U}}, // trunc_sat_f64_u
    {{none, none, Opcode::F32ConvertI32S,
      Opcode::F64ConvertI32S}}, // convert_i32_s
    {{none, none, Opcode::F32ConvertI32U,
      Opcode::F64ConvertI32U}}, // convert_i32_u
    {{none, none, Opcode::F32ConvertI64S,
      Opcode::F64ConvertI64S}}, // convert_i64_s
    {{none, none, Opcode::F32ConvertI64U,
      Opcode::F64ConvertI64U}},                      // convert_i64_u
    {{none, none, Opcode::F32DemoteF64, none}},      // demote_f64
    {{none, none, none, Opcode::F64PromoteF32}},     // promote_f32
    {{Opcode::I32ReinterpretF32}},                   // reinterpret_f32
    {{none, Opcode::I64ReinterpretF64}},             // reinterpret_f64
    {{none, none, Opcode::F32ReinterpretI32}},       // reinterpret_i32
    {{none, none, none, Opcode::F64ReinterpretI64}}, // reinterpret_i64
};

// Rows in the order of Width.
constexpr Row loadRows[] = {
    {{Opcode::I32Load, Opcode::I64Load, Opcode::F32Load,
      Opcode::F64Load}},                        // full
    {{Opcode::I32Load8S, Opcode::I64Load8S}},   // s8
    {{Opcode::I32Load8U, Opcode::I64Load8U}},   // u8
    {{Opcode::I32Load16S, Opcode::I64Load16S}}, // s16
    {{Opcode::I32Load16U, Opcode::I64Load16U}}, // u16
    {{none, Opcode::I64Load32S}},               // s32
    {{none, Opcode::I64Load32U}},               // u32
};
constexpr Row storeRows[] = {
    {{Opcode::I32Store, Opcode::I64Store, Opcode::F32Store,
      Opcode::F64Store}},                       // full
    {{none, none}},                             // s8
    {{Opcode::I32Store8, Opcode::I64Store8}},   // u8
    {{none, none}},                             // s16
    {{Opcode::I32Store16, Opcode::I64Store16}}, // u16
    {{none, none}},                             // s32
    {{none, Opcode::I64Store32}},               // u32
};

// In the order of VectorKind.
constexpr Opcode vectorOpcodes[] = {
    Opcode::V128And,
    Opcode::V128Or,
    Opcode::V128AnyTrue,
    Opcode::I8X16Bitmask,
    Opcode::I8X16Splat,
    Opcode::I16X8Splat,
    Opcode::I64X2Splat,
    Opcode::I16X8Eq,
    Opcode::I8X16NarrowI16X8U,
    Opcode::I16X8ExtendLowI8X16U,
    Opcode::I16X8ExtendHighI8X16U,
};

template <typename Kind, size_t N>
Opcode find(const Row (&rows)[N], Kind kind, Type type) {
  return rows[unsigned(kind)].opcodes[columnOf(type)];
}

} // namespace

Opcode meld::wasm::opcodeOf(UnaryOp op) {
  return find(unaryRows, op.getKind(), op.getInput().getType());
}
Opcode meld::wasm::opcodeOf(BinaryOp op) {
  return find(binaryRows, op.getKind(), op.getLhs().getType());
}
Opcode meld::wasm::opcodeOf(CompareOp op) {
  return find(compareRows, op.getKind(), op.getLhs().getType());
}
Opcode meld::wasm::opcodeOf(TestOp op) {
  return op.getInput().getType().isInteger(32) ? Opcode::I32Eqz
                                               : Opcode::I64Eqz;
}
Opcode meld::wasm::opcodeOf(ConvertOp op) {
  return find(convertRows, op.getKind(), op.getResult().getType());
}
Opcode meld::wasm::opcodeOf(VectorOp op) {
  return vectorOpcodes[unsigned(op.getKind())];
}
Opcode meld::wasm::opcodeOf(LoadOp op) {
  if (isa<V128Type>(op.getType()))
    return Opcode::V128Load;
  return find(loadRows, op.getWidth(), op.getResult().getType());
}
Opcode meld::wasm::opcodeOf(StoreOp op) {
  if (isa<V128Type>(op.getValue().getType()))
    return Opcode::V128Store;
  return find(storeRows, op.getWidth(), op.getValue().getType());
}

unsigned meld::wasm::alignmentOf(Width width, Type type) {
  if (isa<V128Type>(type))
    return 4;
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
      .Case([](ExnRefType) { return 0x69; });
}
