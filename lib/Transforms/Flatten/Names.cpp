//===- Names.cpp - symbols of a flattened root, and their places ---------*- C++
//-*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A symbol is named after what a reader knows: the name in the input's name
// section, else the name that the definition is given to others under, and
// the instance that it belongs to in front. Names are unique by a number at
// the end. They are plain, so that none is a name that Meld gives to what it
// makes later on: `rt.memory`, `host.stream_new`, `__callback`.
//
//===----------------------------------------------------------------------===//

#include "Flattener.h"

#include "meld/Runtime/Image.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::flatten;

/// Letters, digits and single underscores of `name`; "" if there are none.
static std::string plain(StringRef name) {
  std::string text;
  for (char c : name)
    if (llvm::isAlnum(c))
      text += c;
    else if (!text.empty() && text.back() != '_')
      text += '_';
  while (!text.empty() && text.back() == '_')
    text.pop_back();
  return text.substr(0, 64);
}

StringAttr Flattener::uniqueSymbol(const Twine &name) {
  std::string base = name.str();
  std::string unique = base;
  while (!taken.insert(unique).second)
    unique = base + "_" + std::to_string(++counters[base]);
  return builder.getStringAttr(unique);
}

void Flattener::renameModules() {
  DenseMap<StringAttr, StringAttr> renamed;
  for (auto module : root.getBody().getOps<wasm::ModuleOp>()) {
    StringAttr old = module.getSymNameAttr();
    std::string name = plain(old.getValue());
    if (name == old.getValue() && name != runtimeInstance)
      continue;
    renamed[old] = uniqueSymbol(name.empty() ? "module" : name);
    module.setSymNameAttr(renamed[old]);
  }
  // No other definition of a flattened root names a module.
  for (auto instance : root.getBody().getOps<wasm::InstanceOp>())
    if (StringAttr name = renamed.lookup(instance.getModuleAttr().getAttr()))
      instance.setModuleAttr(FlatSymbolRefAttr::get(name));
}

/// The name that `use` gives to its operand, or "".
static StringRef givenName(OpOperand &use) {
  unsigned number = use.getOperandNumber();
  return llvm::TypeSwitch<Operation *, StringRef>(use.getOwner())
      .Case<BundleOp, CoreBundleOp>([&](auto op) {
        return cast<StringAttr>(op.getNames()[number]).getValue();
      })
      .Case([&](ExportOp op) { return number ? "" : op.getName(); })
      .Case([&](InstantiateOp op) -> StringRef {
        if (number == 0)
          return "";
        StringRef name = cast<StringAttr>(op.getNames()[number - 1]).getValue();
        name.consume_front("import-func-");
        return name;
      })
      .Default(StringRef());
}

std::string Flattener::nameOf(Operation *definition, StringRef otherwise) {
  if (auto named = definition->getLoc()->findInstanceOf<NameLoc>()) {
    std::string name = plain(named.getName().getValue());
    if (!name.empty())
      return name;
  }
  std::string best;
  if (isa<InstantiateOp>(definition))
    return plain(otherwise); // the component's label says more
  // Uses stand in reverse order; the first in the text names best.
  for (OpOperand &use : definition->getUses()) {
    std::string name = plain(givenName(use).rsplit('#').second.empty()
                                 ? givenName(use)
                                 : givenName(use).rsplit('#').second);
    if (!name.empty() && !llvm::isDigit(name.front()))
      best = name;
  }
  return best.empty() ? plain(otherwise) : best;
}

StringAttr Flattener::symbolFor(Operation *definition, Scope &scope,
                                StringRef otherwise, bool prefixed) {
  std::string name = nameOf(definition, otherwise);
  if (name.empty())
    name = "unnamed";
  if (!prefixed || scope.prefix.empty())
    return uniqueSymbol(name);
  return uniqueSymbol(scope.prefix + "_" + name);
}

Location Flattener::place(Location loc, Scope &scope) {
  return scope.path ? Location(CallSiteLoc::get(loc, *scope.path)) : loc;
}

Location Flattener::place(Operation *op, Scope &scope) {
  return place(op->getLoc(), scope);
}
