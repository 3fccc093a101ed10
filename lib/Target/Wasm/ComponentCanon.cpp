//===- ComponentCanon.cpp - Canonical definitions ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CanonTable.h"
#include "ComponentReader.h"
#include "meld/Support/Rules.h"
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

bool binary::findBuiltin(uint8_t opcode, BuiltinRow &row) {
  const canon_table::BuiltinInfo *found =
      canon_table::lookupBuiltinByOpcode(opcode);
  if (found)
    row = {found->SpecName, found->ImmediateWords, found->OptionWords,
           found->ParamWords, found->ResultWords};
  return found;
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
    canon.type = typeIndex();
    def.sort = entity.sort = Sort::Func;
    entity.type = this->entity(Sort::Type, canon.type).type;
  } else if (canon.opcode == 1) {
    canon.func = funcIndex(Sort::Func);
    canon.options = options();
  } else if (BuiltinRow row; findBuiltin(canon.opcode, row)) {
    builtin(canon, row.immediates, row.options);
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
    canon.type = typeIndex();
  } else if (word == "future") {
    canon.type = typeIndex();
  } else if (word == "resource") {
    canon.type = typeIndex();
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
  options.offset = in.offset();
  unsigned seen = 0;
  for (uint32_t n = in.count("vector of options"); n && !in.failed(); --n) {
    uint64_t at = in.offset();
    uint8_t code = in.byte("canonical option");
    if (code > 7) {
      in.fail(Rule::unknown_code, at,
              "no canonical option has the code " + Twine(unsigned(code)));
      break;
    }
    static constexpr llvm::StringLiteral words[] = {
        "", "", "", "memory", "realloc", "post-return", "async", "callback"};
    // The three encodings are one option.
    unsigned bit = 1u << (code <= 2 ? 0 : code);
    if (seen & bit)
      invalid(Rule::canon_options, at,
              code <= 2 ? "the option `string-encoding` stands twice"
                        : "the option `" + words[code] + "` stands twice");
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
  return options;
}
