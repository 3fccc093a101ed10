//===- WasmEnums.td - the opcodes of grouped ops -*- tablegen -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MELD_DIALECT_WASM_IR_WASMENUMS_TD
#define MELD_DIALECT_WASM_IR_WASMENUMS_TD

include "mlir/IR/EnumAttr.td"

/// The words are those of the text format; `and`, `or`, `xor` are `and_`, ...
/// in C++.
class Wasm_Kind<string name, string what, list<string> words>
    : I32Enum<name, what,
        !foreach(i, !range(!size(words)),
          I32EnumCase<!cond(!eq(words[i], "and") : "and_",
                            !eq(words[i], "or") : "or_",
                            !eq(words[i], "xor") : "xor_",
                            true : words[i]), i, words[i]>)> {
  let cppNamespace = "::meld::wasm";
}

def Wasm_UnaryKind : Wasm_Kind<"UnaryKind", "an operator T -> T",
  ["clz", "ctz", "popcnt", "extend8_s", "extend16_s", "extend32_s",
   "abs", "neg", "ceil", "floor", "trunc", "nearest", "sqrt"]>;

def Wasm_BinaryKind : Wasm_Kind<"BinaryKind", "an operator T, T -> T",
  ["add", "sub", "mul", "div_s", "div_u", "rem_s", "rem_u", "and", "or", "xor",
   "shl", "shr_s", "shr_u", "rotl", "rotr", "div", "min", "max", "copysign"]>;

def Wasm_CompareKind : Wasm_Kind<"CompareKind", "an operator T, T -> i32",
  ["eq", "ne", "lt_s", "lt_u", "gt_s", "gt_u", "le_s", "le_u", "ge_s", "ge_u",
   "lt", "gt", "le", "ge"]>;

def Wasm_TestKind : Wasm_Kind<"TestKind", "an operator T -> i32", ["eqz"]>;

def Wasm_ConvertKind : Wasm_Kind<"ConvertKind", "an operator T -> U",
  ["wrap_i64", "extend_i32_s", "extend_i32_u",
   "trunc_f32_s", "trunc_f32_u", "trunc_f64_s", "trunc_f64_u",
   "trunc_sat_f32_s", "trunc_sat_f32_u", "trunc_sat_f64_s", "trunc_sat_f64_u",
   "convert_i32_s", "convert_i32_u", "convert_i64_s", "convert_i64_u",
   "demote_f64", "promote_f32",
   "reinterpret_f32", "reinterpret_f64", "reinterpret_i32", "reinterpret_i64"]>;

/// A dot of the text format is `_` here.
def Wasm_VectorKind : Wasm_Kind<"VectorKind", "an operator on vectors",
  ["and", "or", "any_true", "i8x16_bitmask", "i8x16_splat", "i16x8_splat",
   "i64x2_splat", "i16x8_eq", "i8x16_narrow_i16x8_u",
   "i16x8_extend_low_i8x16_u", "i16x8_extend_high_i8x16_u"]>;

def Wasm_Width : Wasm_Kind<"Width", "how much of memory an access touches",
  ["full", "s8", "u8", "s16", "u16", "s32", "u32"]>;

#endif // MELD_DIALECT_WASM_IR_WASMENUMS_TD
