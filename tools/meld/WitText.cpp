//===- WitText.cpp - the world of a fused program ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WitText.h"

#include "WitNames.h"
#include "WitWriter.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace meld::driver;
using namespace meld::driver::wit;
using llvm::StringRef;
using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;

//===----------------------------------------------------------------------===//
// The section
//===----------------------------------------------------------------------===//

StringRef wit::text(const Object &object, StringRef member) {
  return object.getString(member).value_or("");
}

llvm::ArrayRef<Value> wit::list(const Object &object, StringRef member) {
  const Array *values = object.getArray(member);
  return values ? llvm::ArrayRef<Value>(values->data(), values->size())
                : llvm::ArrayRef<Value>();
}

const Object &wit::asObject(const Value &value) {
  static const Object none;
  const Object *object = value.getAsObject();
  return object ? *object : none;
}

bool wit::isThere(const Value *value) {
  return value && value->kind() != Value::Null;
}

//===----------------------------------------------------------------------===//
// Scopes
//===----------------------------------------------------------------------===//

Scope &Writer::scope(StringRef interface) {
  std::unique_ptr<Scope> &slot = scopes[interface];
  if (!slot) {
    slot = std::make_unique<Scope>();
    slot->interface = interface.str();
    slot->number = interface.empty() ? ~0u : scopes.size();
  }
  return *slot;
}

/// Names of functions and types of a scope are all different.
void Writer::reserveNames(StringRef member) {
  for (const Value &entry : list(abi, member))
    scope(text(asObject(entry), "interface"))
        .names.insert(text(asObject(entry), "name"));
}

/// An interface has one text, also where it is imported and exported.
void Writer::checkScope(const Scope &scope) {
  for (const auto &[name, resource] : scope.resources)
    if (scope.isImported && scope.isExported)
      fail("the interface \"" + scope.interface +
           "\" is imported and exported, and has the resource \"" + name +
           "\"");
    else if (scope.isExported && resource.isOfHost)
      fail("the interface \"" + scope.interface +
           "\" is exported, and has a resource that the host defines");
  if (!scope.isExported)
    return;
  for (const auto &each : scope.written)
    if (!scope.exported.contains(each.getKey()))
      fail("\"" + each.getKey() +
           "\" is imported and not exported, with the interface \"" +
           scope.interface + "\" that is both");
}

//===----------------------------------------------------------------------===//
// The text
//===----------------------------------------------------------------------===//

static void writeLines(StringRef lines, unsigned indent,
                       llvm::raw_ostream &os) {
  for (StringRef line : llvm::split(lines, '\n'))
    if (!line.empty())
      os.indent(indent) << line << '\n';
}

static void writeScope(const Scope &scope, unsigned indent,
                       llvm::raw_ostream &os) {
  writeLines(scope.uses, indent, os);
  for (auto &[name, resource] : scope.resources) {
    os.indent(indent) << "resource " << id(name) << " {\n";
    writeLines(resource.members, indent + 2, os);
    os.indent(indent) << "}\n";
  }
  writeLines(scope.definitions, indent, os);
  writeLines(scope.functions, indent, os);
}

void Writer::writeWorld(llvm::raw_ostream &os) {
  if (!encoding.empty() && encoding != "utf8")
    os << "// Strings are " << encoding << ".\n";
  os << "package meld:fused;\n\nworld fused {\n";
  for (auto &[name, each] : scopes)
    for (bool exported : {false, true}) {
      if (name.empty() || !(exported ? each->isExported : each->isImported))
        continue;
      os << (exported ? "  export " : "  import ");
      if (each->isInPackage()) {
        os << pathId(name) << ";\n";
        continue;
      }
      os << id(name) << ": interface {\n";
      writeScope(*each, 4, os);
      os << "  }\n";
    }
  Scope &world = scope("");
  writeLines(world.uses, 2, os);
  writeLines(world.definitions, 2, os);
  writeLines(worldImports, 2, os);
  writeLines(worldExports, 2, os);
  os << "}\n";
}

void Writer::writePackages(llvm::raw_ostream &os) {
  std::map<std::string, llvm::SmallVector<const Scope *>> packages;
  for (auto &[name, each] : scopes)
    if (each->isInPackage())
      packages[splitInterface(name).first].push_back(each.get());
  for (auto &[package, members] : packages) {
    os << "\npackage " << pathId(package) << " {\n";
    for (const Scope *each : members) {
      os << "  interface " << id(splitInterface(each->interface).second)
         << " {\n";
      writeScope(*each, 4, os);
      os << "  }\n";
    }
    os << "}\n";
  }
}

llvm::Expected<std::string> Writer::run() {
  scope("");
  reserveNames("imports");
  reserveNames("exports");
  defineAll();
  addAll("imports", /*exported=*/false);
  addAll("exports", /*exported=*/true);
  for (auto &[name, each] : scopes)
    checkScope(*each);
  if (!fault.empty())
    return llvm::createStringError(fault);
  std::string result;
  llvm::raw_string_ostream os(result);
  writeWorld(os);
  writePackages(os);
  return result;
}

llvm::Expected<std::string> meld::driver::witText(const Object &abi) {
  return Writer(abi).run();
}
