//===- ComponentCanon.cpp - Canonical definitions ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComponentReader.h"
#include "llvm/ADT/StringExtras.h"

using namespace meld;
using namespace meld::binary;
using llvm::StringRef;
using llvm::Twine;

namespace {
struct Row {
  uint8_t opcode;
  StringRef name, immediates;
};
} // namespace

static constexpr Row rows[] = {
#define CANON(opcode, name, immediates) {opcode, name, immediates},
#include "CanonImmediates.def"
};

static const Row *findRow(uint8_t opcode) {
  for (const Row &row : rows)
    if (row.opcode == opcode)
      return &row;
  return nullptr;
}

void ComponentReader::canon() {
  Definition def{DefinitionKind::Canon, in.offset(), Sort::CoreFunc};
  def.canon = std::make_unique<Canon>();
  def.canon->opcode = in.byte("canonical definition");
  const Row *row = findRow(def.canon->opcode);
  if (!row)
    return in.fail(Rule::unknown_code, def.offset,
                   "no canonical definition has the opcode 0x" +
                       llvm::utohexstr(def.canon->opcode, true));
  if (def.canon->opcode >= 0x40)
    unsupported(def.offset, "`" + row->name + "` cannot be imported yet");
  Entity entity{Sort::CoreFunc};
  for (char code : row->immediates)
    immediate(code, *def.canon, row->name);
  if (def.canon->opcode == 0 && !in.failed()) {
    def.sort = entity.sort = Sort::Func;
    entity.type = this->entity(Sort::Type, def.canon->type).type;
  }
  add(std::move(def), entity);
}

/// The kind of type that a built-in names.
static TypeKind typeKindOf(StringRef builtin) {
  if (builtin.starts_with("stream."))
    return TypeKind::Stream;
  if (builtin.starts_with("future."))
    return TypeKind::Future;
  return builtin == "lift" ? TypeKind::Func : TypeKind::Resource;
}

void ComponentReader::immediate(char code, Canon &canon, StringRef name) {
  switch (code) {
  case 'F':
  case 'f': {
    uint64_t at = in.offset();
    if (uint8_t sort = in.byte("sort of a canonical definition"))
      in.fail(Rule::unknown_code, at,
              "`" + name + "` is followed by 0, found " +
                  Twine(unsigned(sort)));
    canon.func = index(code == 'F' ? Sort::CoreFunc : Sort::Func);
    return;
  }
  case 't':
    canon.type = typeIndex(typeKindOf(name), nullptr);
    return;
  case 'T':
    canon.coreFuncType = index(Sort::CoreType);
    return;
  case 'o':
    canon.options = options();
    return;
  case 'm':
    canon.options.memory = index(Sort::CoreMemory);
    return;
  case 'r':
    canon.result = resultList();
    return;
  case 'b':
    canon.table = index(Sort::CoreTable);
    return;
  case 'a':
    canon.async = flag("`async`");
    return;
  case 'c':
    canon.cancellable = flag("`cancellable`");
    return;
  case 's':
    canon.shared = flag("`shared`");
    return;
  case 'v':
    canon.coreType = in.byte("core value type");
    return;
  case 'i':
    canon.slot = in.u32("slot");
    return;
  }
  llvm_unreachable("unknown immediate in CanonImmediates.def");
}

bool ComponentReader::flag(const char *what) {
  uint64_t at = in.offset();
  uint8_t value = in.byte(what);
  if (value > 1)
    in.fail(Rule::unknown_code, at,
            Twine(what) + " is 0 or 1, found " + Twine(unsigned(value)));
  return value == 1;
}

CanonOptions ComponentReader::options() {
  CanonOptions options;
  unsigned seen = 0;
  for (uint32_t n = in.count("vector of options"); n && !in.failed(); --n) {
    uint64_t at = in.offset();
    uint8_t code = in.byte("canonical option");
    if (code > 7) {
      in.fail(Rule::unknown_code, at,
              "no canonical option has the code " + Twine(unsigned(code)));
      break;
    }
    // The three encodings are one option.
    unsigned bit = 1u << (code <= 2 ? 0 : code);
    if (seen & bit)
      in.fail(Rule::canon_options, at, "a canonical option stands twice");
    seen |= bit;
    switch (code) {
    case 3:
      options.memory = index(Sort::CoreMemory);
      break;
    case 4:
      options.realloc = index(Sort::CoreFunc);
      break;
    case 5:
      options.postReturn = index(Sort::CoreFunc);
      break;
    case 6:
      options.async = true;
      break;
    case 7:
      options.callback = index(Sort::CoreFunc);
      break;
    default:
      options.encoding = static_cast<StringEncoding>(code);
    }
  }
  if (options.callback && !options.async)
    in.fail(Rule::canon_options, in.offset(), "`callback` requires `async`");
  if (options.postReturn && options.async)
    in.fail(Rule::canon_options, in.offset(),
            "`post-return` and `async` exclude each other");
  return options;
}
