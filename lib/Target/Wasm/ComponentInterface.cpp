//===- ComponentInterface.cpp - What a component needs ----------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/ComponentInterface.h"
#include "meld/Support/Names.h"
#include "meld/Target/Wasm/ComponentContents.h"
#include "llvm/Support/JSON.h"

using namespace meld;
using namespace meld::binary;
using llvm::raw_ostream;
using llvm::StringRef;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

namespace {
/// Writes one type, up to `limits::printedType` bytes.
class TypePrinter {
public:
  std::string text;

  void definition(const TypeDef &type);

private:
  void word(StringRef more) {
    if (text.size() < limits::printedType)
      text += more;
  }
  void name(StringRef raw) { word(escapeText(raw)); }
  void value(const ValType &type);
  void optional(const std::optional<ValType> &type) {
    type ? value(*type) : word("_");
  }
  void named(const TypeDef &type);
  void resource(StringRef keyword, const TypeDef &type);
  void arguments(StringRef keyword, const TypeDef &type);
  void labels(StringRef open, const TypeDef &type, StringRef close);
  void resultArguments(const TypeDef &type);
};
} // namespace

static StringRef stringifyPrimitive(uint8_t code) {
  static constexpr llvm::StringLiteral words[] = {
      "string", "char", "f64", "f32", "u64", "s64", "u32",
      "s32",    "u16",  "s16", "u8",  "s8",  "bool"};
  if (code == 0x64)
    return "error-context";
  return words[code - 0x73];
}

void TypePrinter::value(const ValType &type) {
  // Past the limit nothing is walked either: a type may be a huge tree.
  if (text.size() >= limits::printedType)
    return;
  if (type.primitive)
    word(stringifyPrimitive(type.primitive));
  else if (type.type)
    named(*type.type);
  else
    word("?");
}

void TypePrinter::named(const TypeDef &type) {
  if (type.name.empty())
    definition(type);
  else
    name(type.name);
}

void TypePrinter::resource(StringRef keyword, const TypeDef &type) {
  word(keyword);
  word("<");
  if (type.resourceType && !type.resourceType->name.empty())
    name(type.resourceType->name);
  else
    word("?");
  word(">");
}

void TypePrinter::labels(StringRef open, const TypeDef &type, StringRef close) {
  word(open);
  StringRef separator;
  for (const LabelledType &field : type.fields) {
    if (text.size() >= limits::printedType)
      return;
    word(separator);
    separator = ", ";
    name(field.label);
    bool parenthesised = type.kind == TypeKind::Variant;
    if (field.type) {
      if (!field.label.empty())
        word(parenthesised ? "(" : ": ");
      value(*field.type);
      if (parenthesised)
        word(")");
    }
  }
  word(close);
}

/// `list<u8>`, `stream` without element, `map<k, v>`, `list<u8, 4>`.
void TypePrinter::arguments(StringRef keyword, const TypeDef &type) {
  word(keyword);
  if (!type.first)
    return;
  word("<");
  value(*type.first);
  if (type.second) {
    word(", ");
    value(*type.second);
  }
  if (type.kind == TypeKind::FixedList)
    word(", " + std::to_string(type.length));
  word(">");
}

/// `result`, `result<ok>`, `result<_, error>`, `result<ok, error>`.
void TypePrinter::resultArguments(const TypeDef &type) {
  word("result");
  if (!type.first && !type.second)
    return;
  word("<");
  optional(type.first);
  if (type.second) {
    word(", ");
    value(*type.second);
  }
  word(">");
}

void TypePrinter::definition(const TypeDef &type) {
  switch (type.kind) {
  case TypeKind::Primitive:
    return value(*type.first);
  case TypeKind::Record:
    return labels("record { ", type, " }");
  case TypeKind::Variant:
    return labels("variant { ", type, " }");
  case TypeKind::Flags:
    return labels("flags { ", type, " }");
  case TypeKind::Enum:
    return labels("enum { ", type, " }");
  case TypeKind::Tuple:
    return labels("tuple<", type, ">");
  case TypeKind::List:
  case TypeKind::FixedList:
    return arguments("list", type);
  case TypeKind::Map:
    return arguments("map", type);
  case TypeKind::Option:
    return arguments("option", type);
  case TypeKind::Stream:
    return arguments("stream", type);
  case TypeKind::Future:
    return arguments("future", type);
  case TypeKind::Result:
    return resultArguments(type);
  case TypeKind::Own:
    return resource("own", type);
  case TypeKind::Borrow:
    return resource("borrow", type);
  case TypeKind::Func:
    labels(type.async ? "async func(" : "func(", type, ")");
    if (type.first) {
      word(" -> ");
      value(*type.first);
    }
    return;
  case TypeKind::Resource:
    return word("resource");
  case TypeKind::Component:
    return word("component");
  case TypeKind::Instance:
    return word("interface");
  }
}

std::string binary::printType(const TypeDef &type) {
  TypePrinter printer;
  printer.definition(type);
  if (printer.text.size() >= limits::printedType)
    printer.text += "...";
  return std::move(printer.text);
}

//===----------------------------------------------------------------------===//
// Externs
//===----------------------------------------------------------------------===//

namespace {
/// Writes the imports and exports of a component and of what they hold: of an
/// instance its exports, of a component or core module also its imports.
class InterfaceWriter {
public:
  explicit InterfaceWriter(const ComponentView &view) : view(view) {}

  void print(const Exports &externs, StringRef keyword, unsigned depth,
             raw_ostream &os) const;
  void write(StringRef member, const Exports &externs, unsigned depth,
             llvm::json::OStream &out) const;

private:
  void printMembers(const Entity &entity, unsigned depth,
                    raw_ostream &os) const;
  void printModule(const core::ModuleType &type, unsigned depth,
                   raw_ostream &os) const;
  void writeModule(const core::ModuleType &type,
                   llvm::json::OStream &out) const;

  const ComponentView &view;
};
} // namespace

/// The type of what is imported or exported; that of a value by its name.
static std::string typeOf(const Entity &entity) {
  if (entity.sort == Sort::Value && !entity.type->name.empty())
    return escapeText(entity.type->name);
  return printType(*entity.type);
}

static bool hasMembers(const Entity &entity) {
  return (entity.sort == Sort::Component && entity.component) ||
         (entity.sort == Sort::Instance && entity.exports) ||
         (entity.sort == Sort::CoreModule && entity.module);
}

/// Instances in instances are printed to this depth.
static constexpr unsigned printedDepth = 2;

void InterfaceWriter::printModule(const core::ModuleType &type, unsigned depth,
                                  raw_ostream &os) const {
  for (const core::ModuleType::Import &import : type.imports)
    os.indent(2 * depth) << "import " << escapeText(import.module) << ' '
                         << escapeText(import.name) << ": "
                         << view.coreTypes.print(import.type) << '\n';
  for (const auto &[name, entity] : type.exports)
    os.indent(2 * depth) << "export " << escapeText(name) << ": "
                         << view.coreTypes.print(entity) << '\n';
}

void InterfaceWriter::printMembers(const Entity &entity, unsigned depth,
                                   raw_ostream &os) const {
  if (depth > printedDepth)
    os.indent(2 * depth) << "...\n";
  else if (entity.sort == Sort::Instance)
    print(*entity.exports, "", depth, os);
  else if (entity.sort == Sort::CoreModule)
    printModule(*entity.module, depth, os);
  else {
    print(entity.component->imports, "import ", depth, os);
    print(entity.component->exports, "export ", depth, os);
  }
}

void InterfaceWriter::print(const Exports &externs, StringRef keyword,
                            unsigned depth, raw_ostream &os) const {
  for (const auto &[name, entity] : externs) {
    os.indent(2 * depth) << keyword << escapeText(name) << ": ";
    if (hasMembers(entity)) {
      bool isInterface = entity.sort == Sort::Instance;
      os << (isInterface ? "interface" : stringifySort(entity.sort)) << " {\n";
      printMembers(entity, depth + 1, os);
      os.indent(2 * depth) << "}\n";
      continue;
    }
    if (entity.type &&
        (entity.sort == Sort::Type || entity.sort == Sort::Value))
      os << stringifySort(entity.sort) << ' ';
    os << (entity.type ? typeOf(entity) : stringifySort(entity.sort).str())
       << '\n';
  }
}

void binary::printInterface(const ComponentView &view, raw_ostream &os) {
  InterfaceWriter writer(view);
  writer.print(view.root->imports, "import ", 0, os);
  writer.print(view.root->exports, "export ", 0, os);
  printContents(getContents(view), os);
}

void InterfaceWriter::writeModule(const core::ModuleType &type,
                                  llvm::json::OStream &out) const {
  out.attributeArray("imports", [&] {
    for (const core::ModuleType::Import &import : type.imports)
      out.object([&] {
        out.attribute("module", import.module);
        out.attribute("name", import.name);
        out.attribute("type", view.coreTypes.print(import.type));
      });
  });
  out.attributeArray("exports", [&] {
    for (const auto &[name, entity] : type.exports)
      out.object([&, name = name, &entity = entity] {
        out.attribute("name", name);
        out.attribute("type", view.coreTypes.print(entity));
      });
  });
}

void InterfaceWriter::write(StringRef member, const Exports &externs,
                            unsigned depth, llvm::json::OStream &out) const {
  out.attributeArray(member, [&] {
    for (const auto &[name, entity] : externs)
      out.object([&, name = name, &entity = entity] {
        out.attribute("name", name);
        out.attribute("kind", stringifySort(entity.sort));
        bool isShown = hasMembers(entity) && depth < printedDepth;
        if (isShown && entity.sort == Sort::CoreModule) {
          writeModule(*entity.module, out);
        } else if (isShown && entity.sort == Sort::Component) {
          write("imports", entity.component->imports, depth + 1, out);
          write("exports", entity.component->exports, depth + 1, out);
        } else if (isShown) {
          write("exports", *entity.exports, depth + 1, out);
        } else if (entity.type) {
          out.attribute("type", typeOf(entity));
        }
      });
  });
}

void binary::printInterfaceJson(const ComponentView &view, raw_ostream &os) {
  InterfaceWriter writer(view);
  llvm::json::OStream out(os, /*IndentSize=*/2);
  out.object([&] {
    writer.write("imports", view.root->imports, 0, out);
    writer.write("exports", view.root->exports, 0, out);
    writeContents(getContents(view), out);
  });
  os << '\n';
}
