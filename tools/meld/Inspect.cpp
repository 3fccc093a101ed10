//===- Inspect.cpp - meld inspect: what a host has to know ----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// Of a fused program everything comes from the custom section `meld.abi`
// (docs/HostABI.md), of a component from its imports and exports.

#include "Commands.h"
#include "MapFile.h"
#include "TypeText.h"
#include "WitText.h"

#include "meld/Dialect/Wasm/IR/Wasm.h"
#include "meld/Support/ByteReader.h"
#include "meld/Support/Json.h"
#include "meld/Support/Names.h"
#include "meld/Target/Wasm/ComponentImport.h"
#include "meld/Target/Wasm/ComponentInterface.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace meld;
using namespace meld::driver;
using llvm::StringRef;
using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;

/// `name: async func(n: u32) -> u64`, with the interface in front.
static std::string signatureText(const Object &entry, const Array *shared) {
  std::string text;
  llvm::raw_string_ostream os(text);
  if (auto interface = entry.getString("interface"))
    os << escapeText(*interface) << '#';
  os << escapeText(entry.getString("name").value_or("?")) << ": ";
  os << (entry.getBoolean("async").value_or(false) ? "async func(" : "func(");
  llvm::ListSeparator comma;
  if (const Array *params = entry.getArray("params"))
    for (const Value &param : *params)
      if (const Object *object = param.getAsObject()) {
        os << comma << escapeText(object->getString("name").value_or("?"));
        if (const Value *type = object->get("type"))
          os << ": " << typeText(*type, shared);
      }
  os << ')';
  const Value *result = entry.get("result");
  if (result && result->kind() != Value::Null)
    os << " -> " << typeText(*result, shared);
  return text;
}

static void printEntries(StringRef title, const Array *entries,
                         const Array *shared) {
  llvm::outs() << title << (entries && !entries->empty() ? ":\n" : ": none\n");
  if (!entries)
    return;
  for (const Value &value : *entries)
    if (const Object *entry = value.getAsObject()) {
      llvm::outs() << "  " << signatureText(*entry, shared)
                   << "\n      core \"";
      if (auto module = entry->getString("module"))
        llvm::outs() << escapeText(*module) << "\" \"";
      llvm::outs() << escapeText(entry->getString("core").value_or("?"))
                   << "\"\n";
    }
}

static int printWit(StringRef file, const Object &abi) {
  llvm::Expected<std::string> wit = witText(abi);
  if (!wit)
    return fail(file +
                ": cannot be made a component: " + toString(wit.takeError()));
  llvm::outs() << *wit;
  return 0;
}

static int printAbi(StringRef file, StringRef text, bool wit) {
  llvm::Expected<Value> abi = parseJson(text);
  if (!abi)
    return fail(file + ": the section `meld.abi` is not JSON: " +
                toString(abi.takeError()));
  const Object *object = abi->getAsObject();
  if (!object)
    return fail(file + ": the section `meld.abi` is not a JSON object");
  if (wit)
    return printWit(file, *object);
  llvm::outs() << "fused program, host ABI version "
               << object->getInteger("version").value_or(0) << '\n';
  const Array *shared = object->getArray("shared");
  printEntries("exports", object->getArray("exports"), shared);
  printEntries("imports", object->getArray("imports"), shared);
  return 0;
}

static int inspectComponent(const llvm::MemoryBuffer &buffer, bool json,
                            const Options &options) {
  mlir::MLIRContext context(mlir::MLIRContext::Threading::DISABLED);
  context.loadDialect<wasm::WasmDialect>();
  installDiagnosticPrinter(context, options.diagnostics, findBinaryPlace);
  return failed(binary::printInterface(buffer, &context, json, llvm::outs(),
                                       options.asyncDestructors));
}

static int inspectModule(StringRef file, StringRef bytes, bool json, bool wit) {
  ByteReader reader(llvm::arrayRefFromStringRef(bytes.drop_front(8)), 8);
  std::optional<StringRef> abi = findCustomSection(reader, "meld.abi");
  if (reader.failed())
    return fail(file + ":0x" + llvm::utohexstr(reader.error()->offset, true) +
                ": " + reader.error()->message);
  if (!abi)
    return fail(file + ": no section `meld.abi`: this core module was not made "
                       "by `meld fuse`");
  if (json)
    return llvm::outs() << *abi << '\n', 0;
  if (int status = printAbi(file, *abi, wit))
    return status;
  if (wit)
    return 0;
  if (std::optional<std::string> map = findMapName(bytes))
    llvm::outs() << "offset map: " << escapeText(*map) << '\n';
  return 0;
}

int meld::driver::inspectProgram(const char *, const Options &options,
                                 Words words) {
  bool json = llvm::is_contained(words, "--json");
  bool wit = llvm::is_contained(words, "--wit");
  llvm::SmallVector<StringRef> files;
  for (StringRef word : words)
    if (word != "--json" && word != "--wit")
      files.push_back(word);
  if (files.size() != 1)
    return fail("wanted one file; `meld inspect --help` shows how");
  StringRef file = files.front();
  auto buffer = llvm::MemoryBuffer::getFile(file, false, false);
  if (!buffer)
    return failToRead(file, buffer.getError());

  StringRef bytes = (*buffer)->getBuffer();
  if (bytes.starts_with(StringRef("\0asm\1\0\0\0", 8)))
    return inspectModule(file, bytes, json, wit);
  if (wit)
    return fail(file + ": --wit is for fused programs");
  if (bytes.starts_with(StringRef("\0asm", 4)))
    return inspectComponent(**buffer, json, options);
  return fail(file + ": neither a fused program nor a component");
}
