//===- ResultNames.cpp - readable SSA names for definitions -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A definition is printed under the name by which the rest of the component
// knows it: of an import, an export or an alias the end of its external name,
// of a module or component its label, of all others the kind of thing that it
// is. MLIR makes the names unique.
//
//===----------------------------------------------------------------------===//

#include "meld/Dialect/Component/IR/Component.h"
#include "meld/Support/Limits.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld::component;

/// The part of an external name that tells it from its neighbours:
/// "ns:pkg/iface@1.2.3" is `iface`, "ns:pkg/iface@1.2.3#run" `iface.run`,
/// "[method]r.get" `r.get`, "locked-dep=<ns:pkg/lib@1.0.0>" `lib`.
static std::string shortName(StringRef name) {
  auto [interface, member] = name.split('#');
  if (size_t start = interface.find("=<"); start != StringRef::npos)
    interface = interface.drop_front(start + 2);
  interface = interface.take_until([](char c) { return c == '@' || c == '>'; });
  interface = interface.drop_front(interface.find_last_of("/:]") + 1);
  std::string result = interface.str();
  if (!member.empty())
    result += "." + member.drop_front(member.find_last_of("]") + 1).str();
  for (char &c : result)
    if (!llvm::isAlnum(c) && c != '.' && c != '-')
      c = '_';
  return result;
}

/// What defines a value, through outer aliases. A long chain of them is not
/// followed to its end, which would be quadratic.
static Operation *definitionOf(Value value) {
  Operation *op = value.getDefiningOp();
  for (unsigned steps = 0; op && steps != meld::limits::nesting; ++steps) {
    auto outer = dyn_cast<AliasOuterOp>(op);
    if (!outer)
      break;
    op = outer.getValue().getDefiningOp();
  }
  return op;
}

/// The name of a definition that names another one: `f` of `%f_0`.
static std::string nameOf(Value value) {
  Operation *op = definitionOf(value);
  if (!op)
    return {};
  if (auto name = op->getAttrOfType<StringAttr>("name"))
    return shortName(name);
  if (auto module = dyn_cast<CoreModuleOp>(op))
    return module.getModule().str();
  if (auto component = dyn_cast<ComponentOp>(op))
    return shortName(component.getLabel().value_or(""));
  return {};
}

/// What `op` is, in one word: the op's name behind `component.`.
static std::string kindOf(Operation *op) {
  StringRef kind = op->getName().stripDialect();
  kind.consume_front("type.");
  return llvm::join(llvm::split(kind, '.'), "_");
}

static std::string definitionName(Operation *alias) {
  Operation *op = definitionOf(alias->getResult(0));
  if (!op)
    return kindOf(alias);
  auto qualified = [](std::string name, StringRef what) {
    return name.empty() ? what.str() : name + "." + what.str();
  };
  std::string own = nameOf(op->getResult(0));
  if (!own.empty())
    return own;
  return llvm::TypeSwitch<Operation *, std::string>(op)
      .Case<CoreInstantiateOp>(
          [&](auto o) { return qualified(nameOf(o.getModule()), "instance"); })
      .Case<InstantiateOp>([&](auto o) {
        return qualified(nameOf(o.getComponent()), "instance");
      })
      .Case<LiftOp>(
          [&](auto o) { return qualified(nameOf(o.getFunction()), "lifted"); })
      .Case<LowerOp>(
          [&](auto o) { return qualified(nameOf(o.getFunction()), "lowered"); })
      .Default([](Operation *o) { return kindOf(o); });
}

void meld::component::nameResults(Operation *op, OpAsmSetValueNameFn setName) {
  if (op->getNumResults() == 1)
    setName(op->getResult(0), definitionName(op));
}
