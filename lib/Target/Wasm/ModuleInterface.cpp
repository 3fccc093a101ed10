//===- ModuleInterface.cpp - What a module needs ----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModuleInterface.h"
#include "CoreTypes.h"
#include "meld/Support/Names.h"
#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringExtras.h"
#include <array>

using namespace meld;
using namespace meld::wasm;
using namespace mlir;

namespace {
/// The types of a module's index spaces, as far as exports name them.
class InterfaceReader {
public:
  InterfaceReader(ByteReader &in, wasm::ModuleOp module, StringAttr file)
      : in(in), types(in, module.getContext()), file(file),
        builder(OpBuilder::atBlockEnd(&module.getBody().front())) {}

  void read();

private:
  void section(uint8_t id);
  void typeSection();
  void importSection();
  void functionSection();
  void globalSection();
  void tableSection();
  void exportSection();
  void skipConstant();
  Location at(uint64_t offset) {
    return AtLoc::get(builder.getContext(), file, offset);
  }

  ByteReader &in;
  CoreTypeReader types;
  StringAttr file;
  OpBuilder builder;
  SmallVector<FunctionType> functionTypes;
  /// function, table, memory, global, tag: by the codes of `externtype`.
  std::array<SmallVector<Type>, 5> spaces;
};
} // namespace

void InterfaceReader::read() {
  static constexpr uint8_t preamble[] = {0, 0x61, 0x73, 0x6d, 1, 0, 0, 0};
  uint64_t start = in.offset();
  ArrayRef<uint8_t> found = in.bytes(sizeof preamble, "preamble");
  if (!in.failed() && found != ArrayRef<uint8_t>(preamble))
    in.fail(Rule::core_preamble, start,
            "the preamble of a core module is 0061736d01000000, found " +
                llvm::toHex(found, /*LowerCase=*/true));
  while (!in.atEnd()) {
    uint64_t idAt = in.offset();
    uint8_t id = in.byte("section id");
    if (id > 13)
      return in.fail(Rule::section_id, idAt,
                     "section id of a core module is 0 to 13, found " +
                         Twine(unsigned(id)));
    ByteReader body = in.sub(in.u32("section size"), "section");
    bool wanted = (id >= 1 && id <= 7) || id == 13;
    if (!wanted)
      continue;
    std::swap(in, body);
    section(id);
    std::swap(in, body);
    in.adopt(body);
  }
}

void InterfaceReader::section(uint8_t id) {
  switch (id) {
  case 1:
    return typeSection();
  case 2:
    return importSection();
  case 3:
    return functionSection();
  case 4:
    return tableSection();
  case 5:
    for (uint32_t n = in.count("vector of memories"); n && !in.failed(); --n)
      spaces[2].push_back(types.memoryType());
    return;
  case 6:
    return globalSection();
  case 7:
    return exportSection();
  case 13:
    for (uint32_t n = in.count("vector of tags"); n && !in.failed(); --n)
      spaces[4].push_back(types.tagType(functionTypes));
    return;
  }
}

void InterfaceReader::typeSection() {
  for (uint32_t n = in.count("vector of types"); n && !in.failed(); --n) {
    uint64_t offset = in.offset();
    uint8_t form = in.byte("core type");
    if (form != 0x60)
      return in.fail(Rule::unsupported_feature, offset,
                     "core type 0x" + llvm::utohexstr(form, true) +
                         " cannot be imported yet: only functions");
    functionTypes.push_back(types.functionType());
  }
}

void InterfaceReader::importSection() {
  for (uint32_t n = in.count("vector of imports"); n && !in.failed(); --n) {
    uint64_t offset = in.offset();
    StringRef module = in.name("module of an import");
    StringRef name = in.name("name of an import");
    std::optional<uint8_t> kind = in.peek();
    Type type = types.externType(functionTypes);
    if (in.failed())
      return;
    spaces[*kind].push_back(type);
    ImportOp::create(builder, at(offset), "", module, name, type);
  }
}

void InterfaceReader::functionSection() {
  for (uint32_t n = in.count("vector of functions"); n && !in.failed(); --n)
    spaces[0].push_back(types.indexedType(functionTypes));
}

void InterfaceReader::tableSection() {
  for (uint32_t n = in.count("vector of tables"); n && !in.failed(); --n) {
    bool initialized = in.peek() == uint8_t(0x40);
    if (initialized)
      in.bytes(2, "table");
    spaces[1].push_back(types.tableType());
    if (initialized)
      skipConstant();
  }
}

void InterfaceReader::globalSection() {
  for (uint32_t n = in.count("vector of globals"); n && !in.failed(); --n) {
    spaces[3].push_back(types.globalType());
    skipConstant();
  }
}

/// Constant expressions, extended ones included.
void InterfaceReader::skipConstant() {
  while (!in.failed()) {
    uint64_t offset = in.offset();
    uint8_t opcode = in.byte("constant expression");
    switch (opcode) {
    case 0x0b:
      return;
    case 0x23: // global.get
    case 0xd2: // ref.func
      in.u32();
      break;
    case 0x41:
      in.s32();
      break;
    case 0x42:
    case 0xd0: // ref.null
      in.s64();
      break;
    case 0x43:
      in.fixed32();
      break;
    case 0x44:
      in.fixed64();
      break;
    case 0x6a: // add, sub, mul of i32 and i64
    case 0x6b:
    case 0x6c:
    case 0x7c:
    case 0x7d:
    case 0x7e:
      break;
    case 0xfd:
      if (in.u32() == 12) {
        in.bytes(16, "v128.const");
        break;
      }
      [[fallthrough]];
    default:
      in.fail(Rule::unsupported_feature, offset,
              "opcode 0x" + llvm::utohexstr(opcode, true) +
                  " in a constant expression cannot be imported yet");
    }
  }
}

void InterfaceReader::exportSection() {
  for (uint32_t n = in.count("vector of exports"); n && !in.failed(); --n) {
    uint64_t offset = in.offset();
    StringRef name = in.name("name of an export");
    uint8_t kind = in.byte("kind of an export");
    if (kind > 4)
      in.fail(Rule::unknown_code, offset,
              "no kind of export has the code " + Twine(unsigned(kind)));
    uint64_t indexAt = in.offset();
    uint32_t index = in.u32("index");
    if (in.failed())
      return;
    if (index >= spaces[kind].size())
      return in.fail(Rule::index_bounds, indexAt,
                     "export " + quoted(name) + " has index " + Twine(index) +
                         ", " + Twine(spaces[kind].size()) + " are defined");
    ExportOp::create(builder, at(offset), name, FlatSymbolRefAttr(),
                     spaces[kind][index]);
  }
}

std::optional<ReadError> wasm::declareInterface(wasm::ModuleOp module,
                                                ArrayRef<uint8_t> bytes,
                                                StringAttr file,
                                                uint64_t base) {
  ByteReader in(bytes, base);
  InterfaceReader(in, module, file).read();
  return in.error();
}
