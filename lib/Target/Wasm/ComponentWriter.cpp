//===- ComponentWriter.cpp - Scopes and sections --------------------------===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each op begins an entry, appends its bytes and numbers its result. An entry
// of another kind than the one before ends the section. A type that is a scope
// has no sections: each entry begins with the code of a declaration instead.
//
//===----------------------------------------------------------------------===//

#include "ComponentWriter.h"
#include "ComponentWords.h"
#include "ModuleIndex.h"
#include "meld/Support/Diagnostics.h"
#include "meld/Support/Rules.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/JSON.h"

using namespace meld;
using namespace meld::binary;
using namespace mlir;

using component::RootOp;
using wasm::ByteWriter;

void ComponentWriter::refuse(Operation *op, const Twine &why) {
  (void)wasm::refuse(op, why);
  refused = true;
}

LogicalResult ComponentWriter::write(RootOp root, ByteWriter &out) {
  if (root.getFlattened())
    return wasm::refuse(root, "is flattened: it holds symbols where a "
                              "component has definitions");
  StringRef name = root.getLabel().value_or("");
  checkName(root, name);
  component(root.getBody(), name, out);
  return failure(refused);
}

//===----------------------------------------------------------------------===//
// Scopes
//===----------------------------------------------------------------------===//

void ComponentWriter::component(Region &body, StringRef name, ByteWriter &out) {
  Scope inner(body, scope);
  scope = &inner;
  definitions(body);
  finishSection();
  nameSection(name);
  scope = inner.parent;
  out.raw(StringRef("\0asm\x0d\0\1\0", 8));
  out.raw(inner.sections.bytes());
}

void ComponentWriter::scopeType(Operation *op, uint8_t code) {
  Scope inner(op->getRegion(0), scope);
  scope = &inner;
  definitions(*inner.region);
  scope = inner.parent;
  begin(op, Section::Type);
  out().byte(code);
  out().u(inner.count);
  out().raw(inner.entries.bytes());
}

void ComponentWriter::definitions(Region &body) {
  for (Operation &op : body.front()) {
    definition(&op);
    for (Value result : op.getResults())
      define(result);
  }
}

void ComponentWriter::definition(Operation *op) {
  using namespace component;
  checkNames(op);
  llvm::TypeSwitch<Operation *>(op)
      .Case<CoreModuleOp, CoreInstantiateOp, CoreBundleOp, CoreAliasOp,
            InstantiateOp, BundleOp, AliasOp, AliasOuterOp, ImportOp,
            ExportDeclOp, ExportOp, ValueOp, StartOp, CustomOp, LiftOp,
            LowerOp>([&](auto o) { write(o); })
      .Case([&](ComponentOp o) {
        ByteWriter nested;
        component(o.getBody(), o.getLabel().value_or(""), nested);
        begin(o, Section::Component);
        out().raw(nested.bytes());
      })
      .Case([&](TypeCoreFuncOp o) { coreFuncType(o); })
      .Case([&](TypeCoreRecOp o) { coreRecType(o); })
      .Case([&](TypeCoreModuleOp o) { coreModuleType(o); })
      .Case([&](CanonDefinition o) { builtin(o); })
      .Case([](wasm::ModuleOp) {}) // written where a definition names it
      .Default([&](Operation *o) {
        if (o->getNumResults() == 1 &&
            isa<TypeSortType>(o->getResult(0).getType()))
          return type(o);
        refuse(o, "is no definition that a component can hold");
      });
}

//===----------------------------------------------------------------------===//
// Sections
//===----------------------------------------------------------------------===//

/// The code of a declaration in a component or instance type; 0xff: none.
static uint8_t declarationCode(uint8_t section) {
  static constexpr uint8_t none = 0xff;
  static constexpr uint8_t codes[] = {
      none,       none, none, /*core type*/ 0, none,         none, /*alias*/ 2,
      /*type*/ 1, none, none, /*import*/ 3,    /*export*/ 4, none};
  return codes[section];
}

bool ComponentWriter::isType(Region *scope) {
  return isa<component::TypeComponentOp, component::TypeInstanceOp>(
      scope->getParentOp());
}

/// Whether a section is a vector of entries; of the others each is one entry.
bool ComponentWriter::isVector(Section section) {
  return section != Section::Custom && section != Section::CoreModule &&
         section != Section::Component && section != Section::Start;
}

void ComponentWriter::begin(Operation *op, Section section) {
  if (isType(scope->region)) {
    uint8_t code = declarationCode(uint8_t(section));
    if (code == 0xff)
      return refuse(op, "cannot stand in a component or instance type");
    out().byte(code);
    ++scope->count;
    return;
  }
  if (scope->section != section || !isVector(section))
    finishSection();
  scope->section = section;
  ++scope->count;
}

/// Moves the entries into a section of their own.
void ComponentWriter::finishSection() {
  if (!scope->count)
    return;
  ByteWriter length;
  if (isVector(scope->section))
    length.u(scope->count);
  scope->sections.byte(uint8_t(scope->section));
  scope->sections.u(length.size() + scope->entries.size());
  scope->sections.raw(length.bytes());
  scope->sections.raw(scope->entries.bytes());
  scope->entries = ByteWriter();
  scope->count = 0;
}

//===----------------------------------------------------------------------===//
// Numbers and names
//===----------------------------------------------------------------------===//

/// Whether the importer makes up such a symbol for a core module without a
/// name: `module`, `module_1`.
static bool isMadeUp(StringRef symbol) {
  return symbol.consume_front("module") &&
         (symbol.empty() ||
          (symbol.consume_front("_") && llvm::all_of(symbol, llvm::isDigit)));
}

/// The name of a definition, unless it is the one that the op itself says (of
/// an import, an export, an alias). A core module has its symbol.
static StringRef nameOf(Operation *op) {
  auto own = op->getAttrOfType<StringAttr>("name");
  if (auto named = dyn_cast<NameLoc>(op->getLoc()))
    return named.getName() == own ? StringRef() : named.getName().getValue();
  auto module = dyn_cast<component::CoreModuleOp>(op);
  if (module && !isMadeUp(module.getModule()))
    return module.getModule();
  return {};
}

void ComponentWriter::define(Value value) {
  unsigned sort = unsigned(sortOf(value.getType()));
  if (sort == numSorts)
    return; // of an op that was refused
  uint32_t number = scope->counts[sort]++;
  numbers[value] = number;
  StringRef name = nameOf(value.getDefiningOp());
  if (name.empty())
    return;
  checkName(value.getDefiningOp(), name);
  scope->names[sort].push_back({number, name});
}

void ComponentWriter::checkName(Operation *op, StringRef text) {
  if (llvm::json::isUTF8(text))
    return;
  emitRule(op, Rule::utf8_encoding)
      << "has the name " << quoted(text) << ", which is not valid UTF-8";
  refused = true;
}

void ComponentWriter::checkNames(Operation *op) {
  for (NamedAttribute attribute : op->getAttrs()) {
    // These are bytes of any kind; what a dialect has added is not written.
    StringRef key = attribute.getName();
    if (key == "bytes" || key == "content" || key.contains('.'))
      continue;
    if (auto text = dyn_cast<StringAttr>(attribute.getValue()))
      checkName(op, text);
    else if (auto list = dyn_cast<ArrayAttr>(attribute.getValue()))
      for (Attribute each : list)
        if (auto text = dyn_cast<StringAttr>(each))
          checkName(op, text);
  }
}

static void writeSort(Sort sort, ByteWriter &out) {
  if (sort >= Sort::Func)
    return out.byte(1 + unsigned(sort) - unsigned(Sort::Func));
  out.byte(0);
  bool extended = sort >= Sort::CoreType;
  out.byte(extended ? 0x10 + unsigned(sort) - unsigned(Sort::CoreType)
                    : unsigned(sort));
}

void ComponentWriter::sort(Value value) {
  writeSort(sortOf(value.getType()), out());
}

void ComponentWriter::sortedIndex(Value value) {
  sort(value);
  index(value);
}

void ComponentWriter::nameSection(StringRef name) {
  ByteWriter content;
  if (!name.empty()) {
    ByteWriter part;
    part.sized(name);
    content.section(0, part);
  }
  for (auto [sort, names] : llvm::enumerate(scope->names)) {
    if (names.empty())
      continue;
    ByteWriter part;
    writeSort(static_cast<Sort>(sort), part);
    part.u(names.size());
    for (auto [number, text] : names) {
      part.u(number);
      part.sized(text);
    }
    content.section(1, part);
  }
  if (content.empty())
    return;
  ByteWriter section;
  section.sized("component-name");
  section.raw(content.bytes());
  scope->sections.section(uint8_t(Section::Custom), section);
}
