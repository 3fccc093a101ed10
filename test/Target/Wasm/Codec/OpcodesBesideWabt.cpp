//===- OpcodesBesideWabt.cpp - Our opcodes and wabt's -----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where wabt's table has a row, ours has one of the same name, width and types.
// Prints each difference; the exit status is 1 if there is one. The reverse
// does not hold: wabt lacks what came after 2022.
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/Opcodes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/raw_ostream.h"

using namespace meld::core;
using llvm::StringRef;

namespace {
struct WabtRow {
  const char *result, *operands[3];
  unsigned width, prefix, code;
  StringRef name, text;
};
constexpr WabtRow wabtRows[] = {
#define WABT_OPCODE(result, first, second, third, width, prefix, code, name,   \
                    text, decompiled)                                          \
  {#result, {#first, #second, #third}, width, prefix, code, #name, text},
#include "wabt/opcode.def"
};

/// Names that changed after wabt's table was written.
StringRef renamed(StringRef text) {
  return llvm::StringSwitch<StringRef>(text)
      .Case("i16x8.dot_i8x16_i7x16_s", "i16x8.relaxed_dot_i8x16_i7x16_s")
      .Case("i32x4.dot_i8x16_i7x16_add_s",
            "i32x4.relaxed_dot_i8x16_i7x16_add_s")
      .Default(text);
}

/// wabt gives the unary operators of floats two operands.
bool hasWrongOperands(const WabtRow &row) {
  return row.prefix == 0 && ((row.code >= 0x8b && row.code <= 0x91) ||
                             (row.code >= 0x99 && row.code <= 0x9f));
}

/// "i32 i64 : i32", with addresses as i32.
std::string signature(const OpRow &row) {
  std::string text;
  auto add = [&](ValType::Number type) {
    text +=
        (type == OpRow::address ? ValType(ValType::I32) : ValType(type)).str() +
        " ";
  };
  llvm::for_each(row.operands(), add);
  text += ": ";
  llvm::for_each(row.results(), add);
  return text;
}
std::string signature(const WabtRow &row) {
  std::string text;
  auto add = [&](StringRef type) {
    if (type != "___")
      text += type.lower() + " ";
  };
  llvm::for_each(row.operands, add);
  text += ": ";
  add(row.result);
  return text;
}

unsigned differences = 0;
void differ(const WabtRow &row, const llvm::Twine &what) {
  llvm::errs() << row.text << ": " << what << '\n';
  ++differences;
}

void compare(const WabtRow &wabt) {
  const OpRow *row = wabt.prefix ? findPrefixedOp(wabt.prefix, wabt.code)
                                 : oneByteOps[wabt.code];
  if (!row)
    return differ(wabt, "no row with this opcode");
  if (row->text != renamed(wabt.text))
    differ(wabt, "is called " + llvm::Twine(row->text));
  bool isAccess = *immediatesOf(row->shape) == Immediate::Access;
  if (isAccess && row->width != wabt.width)
    differ(wabt, "touches " + llvm::Twine(unsigned(row->width)) + " bytes");
  if (row->fixed && !hasWrongOperands(wabt) &&
      signature(*row) != signature(wabt))
    differ(wabt, "has the type " + signature(*row));
}

/// Each code leads to its row.
void checkOwnTable() {
  for (const OpRow &row : allOps()) {
    uint8_t prefix = prefixOf(row.code);
    const OpRow *found = prefix ? findPrefixedOp(prefix, numberOf(row.code))
                                : oneByteOps[row.code];
    if (found != &row) {
      llvm::errs() << row.text << ": its code leads to another row\n";
      ++differences;
    }
  }
}
} // namespace

int main() {
  unsigned compared = 0;
  for (const WabtRow &row : wabtRows)
    // Opcodes of wabt's interpreter are no instructions of wasm.
    if (!row.name.starts_with("Interp")) {
      compare(row);
      ++compared;
    }
  checkOwnTable();
  llvm::outs() << compared << " rows of wabt compared, " << allOps().size()
               << " rows of ours, " << differences << " differences\n";
  return differences != 0 || compared < 500;
}
