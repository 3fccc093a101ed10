//===- ComponentImportCanon.cpp - Canonical definitions as ops --*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComponentImporter.h"

using namespace meld;
using namespace meld::binary;
using namespace mlir;

int32_t ComponentImporter::option(Sort sort, std::optional<uint32_t> index) {
  if (!index)
    return 0;
  operands.push_back(value(sort, *index));
  return 1;
}

void ComponentImporter::encoding(const CanonOptions &options) {
  if (options.encoding)
    attribute("string_encoding",
              component::StringEncodingAttr::get(
                  builder.getContext(),
                  static_cast<component::StringEncoding>(*options.encoding)));
}

Value ComponentImporter::canon(const Definition &def) {
  switch (def.canon->opcode) {
  case 0:
    return lift(*def.canon);
  case 1:
    return lower(*def.canon);
  default:
    return builtin(*def.canon);
  }
}

Value ComponentImporter::lift(const Canon &canon) {
  const CanonOptions &options = canon.options;
  operands.push_back(value(Sort::CoreFunc, canon.func));
  operands.push_back(value(Sort::Type, canon.type));
  int32_t callback = option(Sort::CoreFunc, options.callback);
  int32_t memory = option(Sort::CoreMemory, options.memory);
  int32_t realloc = option(Sort::CoreFunc, options.realloc);
  int32_t postReturn = option(Sort::CoreFunc, options.postReturn);
  flag("async", options.async);
  encoding(options);
  segments({1, 1, callback, /*step=*/0, memory, realloc, postReturn});
  return create("lift", Sort::Func);
}

Value ComponentImporter::lower(const Canon &canon) {
  const CanonOptions &options = canon.options;
  operands.push_back(value(Sort::Func, canon.func));
  int32_t memory = option(Sort::CoreMemory, options.memory);
  int32_t realloc = option(Sort::CoreFunc, options.realloc);
  flag("async", options.async);
  encoding(options);
  segments({1, memory, realloc, /*start=*/0, /*return=*/0});
  return create("lower", Sort::CoreFunc);
}

/// Every other one, by its row in Canon.td: first the immediates, then the
/// options, as the op has them.
Value ComponentImporter::builtin(const Canon &canon) {
  const component::BuiltinInfo &row =
      component::lookupBuiltin(static_cast<component::Builtin>(canon.opcode));
  int32_t types = 0;
  if (row.hasImmediate("result")) {
    types = single(canon.result, "prim");
  } else if (row.hasImmediate("stream") || row.hasImmediate("future") ||
             row.hasImmediate("resource")) {
    types = option(Sort::Type, canon.type);
  } else if (row.hasImmediate("core_type")) {
    types = option(Sort::CoreType, canon.coreFuncType);
  } else if (row.hasImmediate("context")) {
    attribute("type", TypeAttr::get(builder.getIntegerType(
                          canon.coreType == 0x7e ? 64 : 32)));
    attribute("slot", builder.getI32IntegerAttr(canon.slot));
  }
  if (row.hasImmediate("table"))
    option(Sort::CoreTable, canon.table);
  int32_t memory = option(Sort::CoreMemory, canon.options.memory);
  int32_t realloc = option(Sort::CoreFunc, canon.options.realloc);
  flag("async", canon.async || canon.options.async);
  flag("cancellable", canon.cancellable);
  flag("shared", canon.shared);
  encoding(canon.options);
  if (row.hasOption("memory") && row.hasOption("realloc")) {
    bool typed = row.hasImmediate("stream") || row.hasImmediate("future");
    typed ? segments({types, memory, realloc}) : segments({memory, realloc});
  } else if (row.hasOption("memory") && row.hasImmediate("result")) {
    segments({types, memory});
  }
  return create(row.Mnemonic, Sort::CoreFunc);
}
