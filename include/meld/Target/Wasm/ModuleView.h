//===- ModuleView.h - A core module, read -----------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The sections of a core module: definitions as small structs, code as ranges
// of the input. The grammar is checked (rules of level *malformed*), so every
// range is inside the input and every section in its order; that indices exist
// and types match is for `validateModule`. Function bodies are not looked into.
// No MLIR in it.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_TARGET_WASM_MODULEVIEW_H
#define MELD_TARGET_WASM_MODULEVIEW_H

#include "meld/Support/ByteReader.h"
#include "meld/Target/Wasm/ValueTypes.h"
#include "llvm/Support/Allocator.h"
#include <vector>

namespace meld::core {

/// The kinds of imports and exports, by their code.
enum class ExternKind : uint8_t { Function, Table, Memory, Global, Tag };
inline constexpr unsigned numExternKinds = 5;

/// "function", "table", ...
const char *stringifyExternKind(ExternKind kind);

struct FieldType {
  ValType storage;
  bool mut = false;
};

/// A type definition with its place in a recursion group.
struct SubType {
  enum Kind : uint8_t { Func, Struct, Array, Cont } kind = Func;
  bool isFinal = true;
  /// The group that it belongs to, as a range of type indices.
  uint32_t groupStart = 0, groupSize = 1;
  /// The declared supertype.
  std::optional<uint32_t> super;
  /// Func.
  llvm::ArrayRef<ValType> params, results;
  /// Struct; of an array the one element.
  llvm::ArrayRef<FieldType> fields;
  /// Cont: the function type.
  uint32_t function = 0;
  uint64_t at = 0;
};

struct Limits {
  uint64_t min = 0;
  std::optional<uint64_t> max;
  bool isShared = false, is64 = false;
  /// Of a memory: the size of a page, as a power of two.
  uint32_t pageLog2 = 16;
  uint64_t at = 0;

  ValType addressType() const { return is64 ? ValType::I64 : ValType::I32; }
};

/// A constant expression with its `end`; empty where there is none.
using Expression = llvm::ArrayRef<uint8_t>;

// Definitions, imported ones first in each index space. `at` is the offset of
// the definition or import.

struct FunctionDef {
  uint32_t type;
  uint64_t at;
};
struct TableDef {
  ValType element;
  Limits limits;
  Expression init;
  uint64_t at;
};
struct GlobalDef {
  ValType type;
  bool mut;
  Expression init;
  uint64_t at;
};
struct TagDef {
  uint32_t type;
  uint64_t at;
};

struct ImportDef {
  llvm::StringRef module, name;
  ExternKind kind;
  /// In the index space of its kind.
  uint32_t index;
  uint64_t at;
};
struct ExportDef {
  llvm::StringRef name;
  ExternKind kind;
  uint32_t index;
  uint64_t at;
};

enum class SegmentMode : uint8_t { Active, Passive, Declarative };

struct ElemSegment {
  SegmentMode mode;
  uint32_t table = 0;
  Expression offset;
  ValType type;
  /// Whether the elements are expressions, else function indices.
  bool hasExpressions;
  uint32_t count = 0;
  /// The elements without their count.
  llvm::ArrayRef<uint8_t> elements;
  /// All bytes of the segment.
  llvm::ArrayRef<uint8_t> bytes;
  uint64_t at;
};
struct DataSegment {
  SegmentMode mode;
  uint32_t memory = 0;
  Expression offset;
  llvm::ArrayRef<uint8_t> contents;
  uint64_t at;
};
struct CustomSection {
  llvm::StringRef name;
  llvm::ArrayRef<uint8_t> contents;
  /// How many other sections stand before it.
  unsigned after;
  uint64_t at;
};

/// A core module. Refers to the bytes that it was read from.
struct ModuleView {
  llvm::ArrayRef<uint8_t> bytes;
  /// The offset of the first byte in its file.
  uint64_t base = 0;

  std::vector<SubType> types;
  std::vector<ImportDef> imports;
  std::vector<FunctionDef> functions;
  std::vector<TableDef> tables;
  std::vector<Limits> memories;
  std::vector<GlobalDef> globals;
  std::vector<TagDef> tags;
  std::vector<ExportDef> exports;
  std::optional<uint32_t> start;
  uint64_t startAt = 0;
  std::vector<ElemSegment> elems;
  /// The number in the data count section, if there is one.
  std::optional<uint32_t> dataCount;
  /// Where the code section has its contents, if there is one.
  uint64_t codeAt = 0;
  /// Of each defined function: locals and code, without the size.
  std::vector<llvm::ArrayRef<uint8_t>> bodies;
  std::vector<DataSegment> datas;
  std::vector<CustomSection> customs;
  /// How many of each kind are imported, by ExternKind.
  uint32_t imported[numExternKinds] = {};

  /// The offset in the file of a byte inside `bytes`.
  uint64_t offsetOf(const uint8_t *byte) const {
    return base + (byte - bytes.data());
  }
  /// A reader for a range of `bytes` whose offsets are those of the file.
  ByteReader reader(llvm::ArrayRef<uint8_t> range) const {
    return ByteReader(range, range.empty() ? base : offsetOf(range.data()));
  }
  /// How many the index space of `kind` has.
  uint32_t count(ExternKind kind) const;
  /// Where an entity is imported or defined.
  uint64_t offsetOf(ExternKind kind, uint32_t index) const;
  /// The name that the name section gives to a function, or nothing. Reads the
  /// section each time.
  llvm::StringRef functionName(uint32_t index) const;

  ModuleView() = default;
  ModuleView(ModuleView &&) = default;
  ModuleView &operator=(ModuleView &&) = default;

private:
  friend class ModuleReader;
  llvm::BumpPtrAllocator storage;
};

/// Reads the module in `bytes`, whose first one stands at offset `base` of the
/// file. Returns the first error: malformed bytes, or a limit that they exceed.
std::optional<ReadError> readModule(llvm::ArrayRef<uint8_t> bytes,
                                    ModuleView &view, uint64_t base = 0);

} // namespace meld::core

#endif // MELD_TARGET_WASM_MODULEVIEW_H
