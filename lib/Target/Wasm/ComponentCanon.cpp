//===- ComponentCanon.cpp - Canonical definitions ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComponentReader.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace meld;
using namespace meld::binary;
using llvm::ArrayRef;
using llvm::StringRef;
using llvm::Twine;

namespace meld::binary::canon_table {
/// A row of Canon.td. The reader has a copy of the table of its own, so that it
/// needs nothing of MLIR.
struct BuiltinInfo {
  uint8_t Opcode;
  const char *SpecName, *Mnemonic, *Keyword, *Family;
  const char *ImmediateWords, *OptionWords, *ParamWords, *ResultWords;
  const char *Blocks;
  bool Built;
};
#define GET_BuiltinTable_IMPL
#include "meld/Dialect/Component/IR/Canon.inc"
} // namespace meld::binary::canon_table

using canon_table::BuiltinInfo;

/// The words of a list in Canon.td.
static llvm::SmallVector<StringRef, 4> words(StringRef list) {
  llvm::SmallVector<StringRef, 4> result;
  list.split(result, ' ', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  return result;
}

void ComponentReader::canon() {
  Definition def{DefinitionKind::Canon, in.offset(), Sort::CoreFunc};
  def.canon = std::make_unique<Canon>();
  Canon &canon = *def.canon;
  canon.opcode = in.byte("canonical definition");
  Entity entity{Sort::CoreFunc};
  if (canon.opcode == 0) {
    canon.func = funcIndex(Sort::CoreFunc);
    canon.options = options();
    canon.type = typeIndex(TypeKind::Func, nullptr);
    def.sort = entity.sort = Sort::Func;
    entity.type = this->entity(Sort::Type, canon.type).type;
  } else if (canon.opcode == 1) {
    canon.func = funcIndex(Sort::Func);
    canon.options = options();
  } else if (const BuiltinInfo *row =
                 canon_table::lookupBuiltinByOpcode(canon.opcode)) {
    builtin(canon, row->ImmediateWords, row->OptionWords);
    if (StringRef(row->OptionWords) == "shared")
      unsupported(def.offset,
                  "`" + Twine(row->SpecName) + "` cannot be imported yet");
  } else {
    in.fail(Rule::unknown_code, def.offset,
            "no canonical definition has the opcode 0x" +
                llvm::utohexstr(canon.opcode, true));
  }
  add(std::move(def), entity);
}

/// What follows the opcode of a built-in: the flags `shared` or `cancellable`,
/// the immediates, and `async` as a flag or all options as a list.
void ComponentReader::builtin(Canon &canon, StringRef immediates,
                              StringRef optionWords) {
  if (optionWords == "shared")
    canon.shared = flag("`shared`");
  if (optionWords == "cancellable")
    canon.cancellable = flag("`cancellable`");
  for (StringRef word : words(immediates))
    immediate(word, canon);
  if (optionWords == "async")
    canon.async = flag("`async`");
  else if (llvm::is_contained(words(optionWords), "memory"))
    canon.options = options();
}

/// A zero, the sort, and the index of a function.
uint32_t ComponentReader::funcIndex(Sort sort) {
  uint64_t at = in.offset();
  if (uint8_t found = in.byte("sort of a canonical definition"))
    in.fail(Rule::unknown_code, at,
            "`lift` and `lower` are followed by 0, found " +
                Twine(unsigned(found)));
  return index(sort);
}

void ComponentReader::immediate(StringRef word, Canon &canon) {
  if (word == "stream") {
    canon.type = typeIndex(TypeKind::Stream, nullptr);
  } else if (word == "future") {
    canon.type = typeIndex(TypeKind::Future, nullptr);
  } else if (word == "resource") {
    canon.type = typeIndex(TypeKind::Resource, nullptr);
  } else if (word == "result") {
    canon.result = resultList();
  } else if (word == "context") {
    canon.coreType = in.byte("core value type");
    canon.slot = in.u32("slot");
  } else if (word == "core_type") {
    canon.coreFuncType = index(Sort::CoreType);
  } else if (word == "table") {
    canon.table = index(Sort::CoreTable);
  } else if (word == "memory") {
    canon.options.memory = index(Sort::CoreMemory);
  } else {
    llvm_unreachable("unknown immediate in Canon.td");
  }
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
