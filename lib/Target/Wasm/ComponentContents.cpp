//===- ComponentContents.cpp - What a component is made of ----------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/ComponentContents.h"

#include "meld/Dialect/Component/IR/Component.h"
#include "llvm/ADT/StringExtras.h"

using namespace meld;
using namespace meld::binary;
using llvm::StringRef;

static constexpr uint8_t liftOpcode = 0, lowerOpcode = 1;

static void countUse(const Canon &canon, ComponentContents &contents) {
  CanonUse use{canon.opcode, canon.async || canon.options.async,
               canon.options.callback.has_value(), canon.cancellable};
  ++contents.uses[use];
}

static void count(const Scope &scope, ComponentContents &contents) {
  for (const Definition &def : scope.definitions) {
    switch (def.kind) {
    case DefinitionKind::CoreModule:
      ++contents.coreModules;
      contents.coreBytes += def.bytes.size();
      break;
    case DefinitionKind::CoreInstantiate:
      ++contents.coreInstances;
      break;
    case DefinitionKind::Instantiate:
      ++contents.instances;
      break;
    case DefinitionKind::Component:
      ++contents.components;
      count(*def.scope, contents);
      break;
    case DefinitionKind::Canon:
      countUse(*def.canon, contents);
      break;
    default:
      break;
    }
  }
}

ComponentContents binary::getContents(const ComponentView &view) {
  ComponentContents contents;
  count(*view.root, contents);
  return contents;
}

//===----------------------------------------------------------------------===//
// Words
//===----------------------------------------------------------------------===//

static bool isBuiltin(const CanonUse &use) {
  return use.opcode != liftOpcode && use.opcode != lowerOpcode;
}

static const component::BuiltinInfo &rowOf(const CanonUse &use) {
  return component::lookupBuiltin(static_cast<component::Builtin>(use.opcode));
}

/// The form behind the name: " async", or how a function is lifted.
static std::string formOf(const CanonUse &use) {
  std::string form = use.async ? "async" : "";
  if (use.opcode == liftOpcode)
    form = !use.async ? "sync" : use.callback ? "async callback" : "stackful";
  if (use.opcode == lowerOpcode && !use.async)
    form = "sync";
  if (use.cancellable)
    form += form.empty() ? "cancellable" : " cancellable";
  return form;
}

/// "2 core modules", "1 component".
static std::string amount(unsigned count, StringRef noun) {
  return (llvm::Twine(count) + " " + noun + (count == 1 ? "" : "s")).str();
}

void binary::printContents(const ComponentContents &contents,
                           llvm::raw_ostream &os) {
  std::pair<unsigned, StringRef> amounts[] = {
      {contents.coreModules, "core module"},
      {contents.coreInstances, "core instance"},
      {contents.components, "component"},
      {contents.instances, "instance"}};
  std::string line;
  for (auto [count, noun] : amounts) {
    if (!count)
      continue;
    line += (line.empty() ? "" : ", ") + amount(count, noun);
    if (noun == "core module")
      line += " (" + std::to_string(contents.coreBytes) + " bytes)";
  }
  if (!line.empty())
    os << "contains: " << line << '\n';

  std::string lifts, lowers, builtins;
  for (auto [use, count] : contents.uses) {
    std::string &list = use.opcode == liftOpcode    ? lifts
                        : use.opcode == lowerOpcode ? lowers
                                                    : builtins;
    std::string form = formOf(use);
    list += list.empty() ? "" : ", ";
    if (!isBuiltin(use)) {
      list += std::to_string(count) + " " + form;
      continue;
    }
    list += rowOf(use).SpecName;
    if (!form.empty())
      list += " " + form;
    if (count > 1)
      list += " (" + std::to_string(count) + ")";
    if (!rowOf(use).Built)
      list += " [not built]";
  }
  for (auto [title, list] :
       {std::pair("lifts", &lifts), std::pair("lowers", &lowers),
        std::pair("built-ins", &builtins)})
    if (!list->empty())
      os << title << ": " << *list << '\n';
}

void binary::writeContents(const ComponentContents &contents,
                           llvm::json::OStream &out) {
  out.attributeObject("contents", [&] {
    out.attribute("coreModules", contents.coreModules);
    out.attribute("coreBytes", static_cast<int64_t>(contents.coreBytes));
    out.attribute("coreInstances", contents.coreInstances);
    out.attribute("components", contents.components);
    out.attribute("instances", contents.instances);
  });
  out.attributeArray("canonical", [&] {
    for (auto [use, count] : contents.uses)
      out.object([&, use = use, count = count] {
        out.attribute("name", use.opcode == liftOpcode ? "lift"
                              : use.opcode == lowerOpcode
                                  ? "lower"
                                  : rowOf(use).SpecName);
        out.attribute("async", use.async);
        if (use.opcode == liftOpcode)
          out.attribute("callback", use.callback);
        if (use.cancellable)
          out.attribute("cancellable", true);
        out.attribute("count", count);
        if (isBuiltin(use))
          out.attribute("built", rowOf(use).Built);
      });
  });
}
