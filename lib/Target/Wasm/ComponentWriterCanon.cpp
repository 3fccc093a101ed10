//===- ComponentWriterCanon.cpp - Canonical definitions -------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComponentWords.h"
#include "ComponentWriter.h"
#include "NumericOpcodes.h"
#include "llvm/ADT/StringExtras.h"

using namespace meld;
using namespace meld::binary;
using namespace meld::component;
using namespace mlir;

void ComponentWriter::options(const Options &options) {
  wasm::ByteWriter list;
  uint32_t count = 0;
  auto add = [&](uint8_t code, Value value) {
    list.byte(code);
    if (value)
      list.u(numbers.lookup(value));
    ++count;
  };
  if (options.encoding)
    add(uint8_t(*options.encoding), nullptr);
  if (options.memory)
    add(3, options.memory);
  if (options.realloc)
    add(4, options.realloc);
  if (options.postReturn)
    add(5, options.postReturn);
  if (options.isAsync)
    add(6, nullptr);
  if (options.callback)
    add(7, options.callback);
  out().u(count);
  out().raw(list.bytes());
}

void ComponentWriter::write(LiftOp op) {
  begin(op, Section::Canon);
  if (op.getStep())
    return refuse(op, "has a `step` function, which only "
                      "`--component-flatten` can read");
  out().byte(0);
  out().byte(0);
  index(op.getFunction());
  options({op.getStringEncoding(), op.getMemory(), op.getRealloc(),
           op.getPostReturn(), op.getCallback(), op.getAsync()});
  index(op.getType());
}

void ComponentWriter::write(LowerOp op) {
  begin(op, Section::Canon);
  if (op.getStartThunk() || op.getReturnThunk())
    return refuse(op, "has thunks, which only `--component-flatten` can read");
  out().byte(1);
  out().byte(0);
  index(op.getFunction());
  options({op.getStringEncoding(), op.getMemory(), op.getRealloc(), nullptr,
           nullptr, op.getAsync()});
}

/// As the reader: flags in front, the immediates, then `async` or options.
void ComponentWriter::builtin(CanonDefinition op) {
  begin(op, Section::Canon);
  const BuiltinInfo &row = lookupBuiltin(op.getBuiltin());
  out().byte(row.Opcode);
  for (StringRef flag : {"shared", "cancellable"})
    if (row.hasOption(flag))
      out().byte(op->hasAttr(flag));
  if (StringRef words = row.ImmediateWords; !words.empty())
    for (StringRef word : llvm::split(words, ' '))
      immediate(op, word);
  if (row.hasOption("memory"))
    options({op.getEncodingOption(), op.getMemoryOption(),
             op.getReallocOption(), nullptr, nullptr, op.isAsync()});
  else if (row.hasOption("async"))
    out().byte(op.isAsync());
}

void ComponentWriter::immediate(CanonDefinition op, StringRef word) {
  if (word == "stream" || word == "future" || word == "resource")
    return index(op.getTypeImmediate());
  if (word == "core_type")
    return index(op->getOperand(0));
  if (word == "table")
    return index(op->getOperand(1));
  if (word == "memory")
    return index(op.getMemoryOption());
  if (word == "context") {
    auto type = op->getAttrOfType<TypeAttr>("type").getValue();
    out().byte(wasm::encodingOf(type));
    return out().u(op->getAttrOfType<IntegerAttr>("slot").getInt());
  }
  assert(word == "result" && "unknown immediate in Canon.td");
  auto result = cast<TaskReturnOp>(op.getOperation());
  bool present = result.getType() || result.getPrimAttr();
  out().byte(present ? 0 : 1);
  if (present)
    return valType(result.getType(), result.getPrimAttr());
  out().byte(0);
}
