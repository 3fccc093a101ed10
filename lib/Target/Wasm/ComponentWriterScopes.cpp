//===- ComponentWriterScopes.cpp - Instances, aliases, imports, exports ---===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComponentWords.h"
#include "ComponentWriter.h"
#include "meld/Target/Wasm/ModuleWriter.h"

using namespace meld;
using namespace meld::binary;
using namespace meld::component;
using namespace mlir;

//===----------------------------------------------------------------------===//
// Core modules and instances
//===----------------------------------------------------------------------===//

void ComponentWriter::write(CoreModuleOp op) {
  begin(op, Section::CoreModule);
  auto module =
      symbols.lookupNearestSymbolFrom<wasm::ModuleOp>(op, op.getModuleAttr());
  if (!module)
    return refuse(op, "names no `wasm.module`");
  if (module.isDeclared())
    return refuse(module, "is declared: it has no bytes");
  std::string bytes;
  llvm::raw_string_ostream os(bytes);
  if (failed(wasm::writeModule(module, os)))
    refused = true;
  out().raw(bytes);
}

void ComponentWriter::write(CoreInstantiateOp op) {
  begin(op, Section::CoreInstance);
  out().byte(0);
  index(op.getModule());
  out().u(op.getArgs().size());
  for (auto [argument, name] : llvm::zip_equal(op.getArgs(), op.getNames())) {
    out().sized(cast<StringAttr>(name).getValue());
    out().byte(0x12);
    index(argument);
  }
}

void ComponentWriter::write(CoreBundleOp op) {
  begin(op, Section::CoreInstance);
  out().byte(1);
  out().u(op.getArgs().size());
  for (auto [member, name] : llvm::zip_equal(op.getArgs(), op.getNames())) {
    Sort sort = sortOf(member.getType());
    if (sort > Sort::CoreTag)
      return refuse(op, "has a component function, which a core instance "
                        "cannot have");
    out().sized(cast<StringAttr>(name).getValue());
    out().byte(uint8_t(sort));
    index(member);
  }
}

//===----------------------------------------------------------------------===//
// Component instances
//===----------------------------------------------------------------------===//

void ComponentWriter::write(InstantiateOp op) {
  begin(op, Section::Instance);
  out().byte(0);
  index(op.getComponent());
  out().u(op.getArgs().size());
  for (auto [argument, name] : llvm::zip_equal(op.getArgs(), op.getNames())) {
    out().sized(cast<StringAttr>(name).getValue());
    sortedIndex(argument);
  }
}

void ComponentWriter::write(BundleOp op) {
  begin(op, Section::Instance);
  out().byte(1);
  out().u(op.getArgs().size());
  std::optional<ArrayAttr> attributes = op.getMemberAttributes();
  auto none = DictionaryAttr::get(op.getContext());
  for (auto [i, member] : llvm::enumerate(op.getArgs())) {
    externName(cast<StringAttr>(op.getNames()[i]).getValue(),
               attributes ? cast<DictionaryAttr>((*attributes)[i]) : none);
    sortedIndex(member);
  }
}

//===----------------------------------------------------------------------===//
// Aliases
//===----------------------------------------------------------------------===//

template <typename Op> void ComponentWriter::alias(Op op, uint8_t target) {
  begin(op, Section::Alias);
  sort(op.getResult());
  out().byte(target);
  index(op.getInstance());
  out().sized(op.getName());
}

void ComponentWriter::write(AliasOp op) { alias(op, 0); }
void ComponentWriter::write(CoreAliasOp op) { alias(op, 1); }

void ComponentWriter::write(AliasOuterOp op) {
  begin(op, Section::Alias);
  sort(op.getResult());
  out().byte(2);
  uint32_t depth = 0;
  for (Scope *s = scope; s->region != op.getValue().getParentRegion();
       s = s->parent)
    ++depth;
  out().u(depth);
  index(op.getValue());
  if (Type type = coreTypes.lookup(op.getValue()))
    defineCoreType(op.getResult(), type);
}

//===----------------------------------------------------------------------===//
// Imports and exports
//===----------------------------------------------------------------------===//

/// In the order of their codes.
static constexpr llvm::StringLiteral nameAttributes[] = {
    "implements", "version_suffix", "external_id"};

/// `attributes` may have others as well.
void ComponentWriter::externName(StringRef name, DictionaryAttr attributes) {
  wasm::ByteWriter list;
  uint32_t count = 0;
  for (auto [code, word] : llvm::enumerate(nameAttributes)) {
    auto text = attributes.getAs<StringAttr>(word);
    if (!text)
      continue;
    ++count;
    list.byte(uint8_t(code));
    list.sized(text.getValue());
  }
  out().byte(count ? 2 : 0);
  out().sized(name);
  if (count)
    out().u(count);
  out().raw(list.bytes());
}

void ComponentWriter::externType(Sort sort, Value type, StringAttr prim) {
  static constexpr uint8_t codes[] = {/*func*/ 1, /*value*/ 2, /*type*/ 3,
                                      /*component*/ 4, /*instance*/ 5};
  if (sort == Sort::CoreModule) {
    out().byte(0);
    out().byte(0x11);
    return index(type);
  }
  out().byte(codes[unsigned(sort) - unsigned(Sort::Func)]);
  bool equal = type && isa<ValueSortType>(type.getType());
  if (sort == Sort::Value && !equal) {
    out().byte(1);
    return valType(type, prim);
  }
  if (sort == Sort::Value || sort == Sort::Type)
    out().byte(type ? 0 : 1);
  if (type)
    index(type);
}

void ComponentWriter::write(ImportOp op) {
  begin(op, Section::Import);
  externName(op.getName(), op->getAttrDictionary());
  externType(sortOf(op.getResult().getType()), op.getType(), op.getPrimAttr());
}

void ComponentWriter::write(ExportDeclOp op) {
  if (!isType(scope->region))
    return refuse(op, "declares an export, which only a type does");
  begin(op, Section::Export);
  externName(op.getName(), op->getAttrDictionary());
  externType(sortOf(op.getResult().getType()), op.getType(), op.getPrimAttr());
}

void ComponentWriter::write(ExportOp op) {
  if (isType(scope->region))
    return refuse(op, "is an export of a definition, which a type does not "
                      "have");
  begin(op, Section::Export);
  externName(op.getName(), op->getAttrDictionary());
  sortedIndex(op.getValue());
  bool ascribed = op.getAscribed() || op.getPrim() || op.getAbstract();
  out().byte(ascribed);
  if (ascribed)
    externType(sortOf(op.getValue().getType()), op.getAscribed(),
               op.getPrimAttr());
}

//===----------------------------------------------------------------------===//
// Values, start and custom sections
//===----------------------------------------------------------------------===//

void ComponentWriter::write(ValueOp op) {
  begin(op, Section::Value);
  valType(op.getType(), op.getPrimAttr());
  out().sized(op.getBytes());
}

void ComponentWriter::write(StartOp op) {
  begin(op, Section::Start);
  index(op.getFunction());
  out().u(op.getArgs().size());
  for (Value argument : op.getArgs())
    index(argument);
  out().u(op.getResults().size());
}

void ComponentWriter::write(CustomOp op) {
  begin(op, Section::Custom);
  out().sized(op.getName());
  if (std::optional<StringRef> text = op.getContent())
    return out().raw(*text);
  std::optional<ArrayRef<uint8_t>> bytes = op.getBytes()->getBytes();
  if (!bytes)
    return refuse(op, "has lost its bytes: they were elided");
  out().raw(
      StringRef(reinterpret_cast<const char *>(bytes->data()), bytes->size()));
}
