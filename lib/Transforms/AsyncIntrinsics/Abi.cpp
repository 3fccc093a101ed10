//===- Abi.cpp - what the host is told of a program -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Abi.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld::component;
using namespace meld::lowering;
using llvm::json::Array;
using llvm::json::Object;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

static llvm::json::Value typeValue(Type type);

static Array nameList(ArrayRef<StringAttr> names) {
  Array list;
  for (StringAttr name : names)
    list.push_back(name.getValue());
  return list;
}

static Array typeList(ArrayRef<Type> types) {
  Array list;
  for (Type type : types)
    list.push_back(typeValue(type));
  return list;
}

/// `[["name", type], ...]`, of a record or variant.
static Array memberList(ArrayRef<StringAttr> names, ArrayRef<Type> types) {
  Array list;
  for (auto [name, type] : llvm::zip_equal(names, types))
    list.push_back(Array{name.getValue(), typeValue(type)});
  return list;
}

static llvm::json::Value primitiveName(Type type) {
  if (isa<ErrorContextType>(type))
    return "error-context";
  return getPrimitiveKeyword(type);
}

static llvm::json::Value typeValue(Type type) {
  if (!type)
    return nullptr;
  return llvm::TypeSwitch<Type, llvm::json::Value>(type)
      .Case([](RecordType t) {
        return Object{{"record", memberList(t.getNames(), t.getTypes())}};
      })
      .Case([](VariantType t) {
        return Object{{"variant", memberList(t.getNames(), t.getTypes())}};
      })
      .Case([](ValueTupleType t) {
        return Object{{"tuple", typeList(t.getTypes())}};
      })
      .Case(
          [](FlagsType t) { return Object{{"flags", nameList(t.getNames())}}; })
      .Case([](EnumType t) { return Object{{"enum", nameList(t.getNames())}}; })
      .Case([](ListType t) {
        Object list{{"list", typeValue(t.getElement())}};
        if (t.getLength())
          list["length"] = t.getLength();
        return list;
      })
      .Case([](OptionType t) {
        return Object{{"option", typeValue(t.getElement())}};
      })
      .Case([](ResultType t) {
        return Object{{"result", typeList({t.getOk(), t.getError()})}};
      })
      .Case([](MapType t) {
        return Object{{"map", typeList({t.getKey(), t.getValue()})}};
      })
      .Case(
          [](OwnType t) { return Object{{"own", t.getResource().getValue()}}; })
      .Case([](BorrowType t) {
        return Object{{"borrow", t.getResource().getValue()}};
      })
      .Case([](StreamType t) {
        return Object{{"stream", typeValue(t.getElement())}};
      })
      .Case([](FutureType t) {
        return Object{{"future", typeValue(t.getElement())}};
      })
      .Default([](Type t) { return primitiveName(t); });
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

static llvm::json::Value textOrNull(StringRef text) {
  return text.empty() ? llvm::json::Value(nullptr) : llvm::json::Value(text);
}

static llvm::json::Value positionOrNull(std::optional<unsigned> position) {
  return position ? llvm::json::Value(*position) : llvm::json::Value(nullptr);
}

static StringRef encodingName(StringEncoding encoding) {
  return encoding == StringEncoding::latin1_utf16
             ? "latin1+utf16"
             : stringifyStringEncoding(encoding);
}

/// `ns:p/i#f` as the interface, empty for none, and the name.
static std::pair<StringRef, StringRef> splitName(StringRef full) {
  auto [interface, name] = full.rsplit('#');
  return name.empty() ? std::pair(name, interface) : std::pair(interface, name);
}

static Object functionObject(const AbiFunction &function) {
  auto [interface, name] = splitName(function.name);
  Array params;
  for (auto [label, type] :
       llvm::zip_equal(function.type.getNames(), function.type.getParams()))
    params.push_back(
        Object{{"name", label.getValue()}, {"type", typeValue(type)}});
  Object object{{"name", name},
                {"interface", textOrNull(interface)},
                {"core", function.core},
                {"async", function.type.getAsync()},
                {"params", std::move(params)},
                {"result", typeValue(function.type.getResult())},
                {"memory", positionOrNull(function.memory)},
                {"realloc", textOrNull(function.realloc)},
                {"post_return", textOrNull(function.postReturn)},
                {"string_encoding", encodingName(function.encoding)}};
  if (function.memory64)
    object["address_type"] = "i64";
  if (!function.module.empty())
    object["module"] = function.module;
  return object;
}

static Array functionList(ArrayRef<AbiFunction> functions) {
  Array list;
  for (const AbiFunction &function : functions)
    list.push_back(functionObject(function));
  return list;
}

static Array resourceList(ArrayRef<AbiResource> resources) {
  Array list;
  for (const AbiResource &resource : resources) {
    Object object{{"name", resource.name},
                  {"interface", textOrNull(resource.interface)},
                  {"resource", textOrNull(resource.resource)},
                  {"host", resource.ofHost}};
    if (!resource.dtor.empty())
      object["dtor"] = resource.dtor;
    list.push_back(std::move(object));
  }
  return list;
}

static Array namedTypeList(ArrayRef<AbiType> types) {
  Array list;
  for (const AbiType &type : types) {
    auto [interface, name] = splitName(type.name);
    list.push_back(Object{{"name", name},
                          {"interface", textOrNull(interface)},
                          {"type", typeValue(type.type)}});
  }
  return list;
}

//===----------------------------------------------------------------------===//
// Memories, the section
//===----------------------------------------------------------------------===//

unsigned Abi::memory(FlatSymbolRefAttr memory) {
  return memories.try_emplace(memory.getAttr(), memories.size()).first->second;
}

unsigned Abi::stageIn(FlatSymbolRefAttr memory) {
  staging = this->memory(memory);
  return *staging;
}

std::string Abi::memoryName(unsigned position) {
  return ("__memory" + Twine(position)).str();
}

SmallVector<FlatSymbolRefAttr> Abi::exportedMemories() const {
  return llvm::map_to_vector(memories, [](auto &entry) {
    return FlatSymbolRefAttr::get(entry.first);
  });
}

/// Members in a fixed order: the version comes first, and `llvm::json::Object`
/// would sort them by name.
std::string Abi::print() const {
  Array names;
  for (unsigned i = 0; i < memories.size(); ++i)
    names.push_back(memoryName(i));
  std::string text;
  llvm::raw_string_ostream out(text);
  llvm::json::OStream json(out);
  json.object([&] {
    json.attribute("version", 1);
    json.attribute("async", async);
    json.attribute("exports", functionList(exports));
    json.attribute("imports", functionList(imports));
    if (!resources.empty())
      json.attribute("resources", resourceList(resources));
    if (!types.empty())
      json.attribute("types", namedTypeList(types));
    json.attribute("memories", std::move(names));
    json.attribute("staging", positionOrNull(staging));
    if (hasTrapInfo)
      json.attribute("trap", Object{{"kind", "__trap_kind"},
                                    {"argument", "__trap_argument"}});
  });
  return text;
}
