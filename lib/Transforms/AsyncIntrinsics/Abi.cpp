//===- Abi.cpp - what the host is told of a program -------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Abi.h"

#include "meld/Dialect/Component/IR/CanonicalLayout.h"

#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace meld::component;
using namespace meld::lowering;
using llvm::json::Array;
using llvm::json::Object;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// A list with room for as many: where one grows, `llvm::json::Array` copies
/// what it holds, all that is nested in it.
static Array roomFor(size_t count) {
  Array list;
  list.reserve(count);
  return list;
}

static Array nameList(ArrayRef<StringAttr> names) {
  Array list = roomFor(names.size());
  for (StringAttr name : names)
    list.push_back(name.getValue());
  return list;
}

static llvm::json::Value primitiveName(Type type) {
  if (isa<ErrorContextType>(type))
    return "error-context";
  return getPrimitiveKeyword(type);
}

/// Bytes of a type beyond which it is written once, if it stands in several
/// places.
static constexpr uint64_t repeatedBytes = 1024;

/// Types inside each other that are written as one tree: those further in stand
/// in `shared`, so that who reads them needs no deep stack, nor time for more
/// than this many copies of a part.
static constexpr unsigned treeLevels = 32;

/// About as many bytes as the text of a type has without those inside it.
static uint64_t ownBytes(Type type) {
  uint64_t bytes = 16;
  type.walkImmediateSubElements(
      [&](Attribute attribute) {
        if (auto name = dyn_cast<StringAttr>(attribute))
          bytes += name.size() + 4;
        else if (auto symbol = dyn_cast<FlatSymbolRefAttr>(attribute))
          bytes += symbol.getValue().size();
      },
      [](Type) {});
  return bytes;
}

namespace {

/// The types of a section as JSON. Those that stand in several places and are
/// long are written once, in `shared`: as trees, types can be exponentially
/// longer than their definitions. So are those that are nested deep.
class TypeWriter {
public:
  /// A place where a type stands: all are told before the first is written.
  /// Null stands for none.
  void mention(Type type);

  llvm::json::Value value(Type type);
  Array list(ArrayRef<Type> types);

  /// What the values refer to by position. Each refers to those before it.
  Array shared;

private:
  struct Part {
    unsigned mentions = 0;
    uint64_t bytes = 0;  // of the tree
    unsigned levels = 0; // of the tree, down to those that `treeLevels` cuts
    std::optional<int64_t> position;

    bool isCut() const { return levels == treeLevels; }
    bool isShared() const {
      return isCut() || (mentions > 1 && bytes > repeatedBytes);
    }
  };

  llvm::json::Value tree(Type type);
  Array members(ArrayRef<StringAttr> names, ArrayRef<Type> types);

  llvm::DenseMap<Type, Part> parts;
};

} // namespace

void TypeWriter::mention(Type type) {
  if (!type || parts[type].mentions++)
    return;
  uint64_t bytes = ownBytes(type);
  unsigned levels = 0;
  auto add = [&](Type inner) {
    mention(inner);
    const Part &part = parts[inner];
    bytes = llvm::SaturatingAdd(bytes, part.bytes);
    levels = std::max(levels, part.isCut() ? 0 : part.levels);
  };
  type.walkImmediateSubElements([](Attribute) {}, add);
  Part &part = parts[type];
  part.bytes = bytes;
  part.levels = levels + 1;
}

llvm::json::Value TypeWriter::value(Type type) {
  if (!type)
    return nullptr;
  Part part = parts.lookup(type);
  if (!part.isShared())
    return tree(type);
  if (!part.position) {
    shared.push_back(tree(type)); // behind those that it refers to
    part.position = parts[type].position = shared.size() - 1;
  }
  return Object{{"shared", *part.position}};
}

Array TypeWriter::list(ArrayRef<Type> types) {
  Array list = roomFor(types.size());
  for (Type type : types)
    list.push_back(value(type));
  return list;
}

/// `[["name", type], ...]`, of a record or variant.
Array TypeWriter::members(ArrayRef<StringAttr> names, ArrayRef<Type> types) {
  Array list = roomFor(names.size());
  for (auto [name, type] : llvm::zip_equal(names, types))
    list.push_back(Array{name.getValue(), value(type)});
  return list;
}

llvm::json::Value TypeWriter::tree(Type type) {
  return llvm::TypeSwitch<Type, llvm::json::Value>(type)
      .Case([&](RecordType t) {
        return Object{{"record", members(t.getNames(), t.getTypes())}};
      })
      .Case([&](VariantType t) {
        return Object{{"variant", members(t.getNames(), t.getTypes())}};
      })
      .Case([&](ValueTupleType t) {
        return Object{{"tuple", list(t.getTypes())}};
      })
      .Case(
          [](FlagsType t) { return Object{{"flags", nameList(t.getNames())}}; })
      .Case([](EnumType t) { return Object{{"enum", nameList(t.getNames())}}; })
      .Case([&](ListType t) {
        Object list{{"list", value(t.getElement())}};
        if (t.getLength())
          list["length"] = t.getLength();
        return list;
      })
      .Case([&](OptionType t) {
        return Object{{"option", value(t.getElement())}};
      })
      .Case([&](ResultType t) {
        return Object{{"result", list({t.getOk(), t.getError()})}};
      })
      .Case([&](MapType t) {
        return Object{{"map", list({t.getKey(), t.getValue()})}};
      })
      .Case(
          [](OwnType t) { return Object{{"own", t.getResource().getValue()}}; })
      .Case([](BorrowType t) {
        return Object{{"borrow", t.getResource().getValue()}};
      })
      .Case([&](StreamType t) {
        return Object{{"stream", value(t.getElement())}};
      })
      .Case([&](FutureType t) {
        return Object{{"future", value(t.getElement())}};
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

static llvm::json::Value encodingOrNull(const AbiFunction &function) {
  if (!holdsStrings(function.type))
    return nullptr;
  return function.encoding == StringEncoding::latin1_utf16
             ? "latin1+utf16"
             : stringifyStringEncoding(function.encoding);
}

/// `ns:p/i#f` as the interface, empty for none, and the name.
static std::pair<StringRef, StringRef> splitName(StringRef full) {
  auto [interface, name] = full.rsplit('#');
  return name.empty() ? std::pair(name, interface) : std::pair(interface, name);
}

static Object functionObject(const AbiFunction &function, TypeWriter &types) {
  auto [interface, name] = splitName(function.name);
  Array params = roomFor(function.type.getParams().size());
  for (auto [label, type] :
       llvm::zip_equal(function.type.getNames(), function.type.getParams()))
    params.push_back(
        Object{{"name", label.getValue()}, {"type", types.value(type)}});
  Object object{{"name", name},
                {"interface", textOrNull(interface)},
                {"core", function.core},
                {"async", function.type.getAsync()},
                {"params", std::move(params)},
                {"result", types.value(function.type.getResult())},
                {"memory", positionOrNull(function.memory)},
                {"realloc", textOrNull(function.realloc)},
                {"post_return", textOrNull(function.postReturn)},
                {"string_encoding", encodingOrNull(function)}};
  if (function.memory64)
    object["address_type"] = "i64";
  if (!function.module.empty())
    object["module"] = function.module;
  return object;
}

static Array functionList(ArrayRef<AbiFunction> functions, TypeWriter &types) {
  Array list = roomFor(functions.size());
  for (const AbiFunction &function : functions)
    list.push_back(functionObject(function, types));
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

static Array namedTypeList(ArrayRef<AbiType> named, TypeWriter &types) {
  Array list = roomFor(named.size());
  for (const AbiType &type : named) {
    auto [interface, name] = splitName(type.name);
    list.push_back(Object{{"name", name},
                          {"interface", textOrNull(interface)},
                          {"type", types.value(type.type)}});
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

static void mentionTypes(ArrayRef<AbiFunction> functions, TypeWriter &writer) {
  for (const AbiFunction &function : functions) {
    for (Type type : function.type.getParams())
      writer.mention(type);
    writer.mention(function.type.getResult());
  }
}

/// Members in a fixed order: the version comes first, and `llvm::json::Object`
/// would sort them by name.
std::string Abi::print() const {
  Array names;
  for (unsigned i = 0; i < memories.size(); ++i)
    names.push_back(memoryName(i));
  TypeWriter writer;
  mentionTypes(exports, writer);
  mentionTypes(imports, writer);
  for (const AbiType &type : types)
    writer.mention(type.type);
  std::string text;
  llvm::raw_string_ostream out(text);
  llvm::json::OStream json(out);
  json.object([&] {
    json.attribute("version", 1);
    json.attribute("async", async);
    if (fibers)
      json.attribute("fibers", true);
    json.attribute("exports", functionList(exports, writer));
    json.attribute("imports", functionList(imports, writer));
    if (!resources.empty())
      json.attribute("resources", resourceList(resources));
    if (!types.empty())
      json.attribute("types", namedTypeList(types, writer));
    if (!writer.shared.empty())
      json.attribute("shared", std::move(writer.shared));
    json.attribute("memories", std::move(names));
    json.attribute("staging", positionOrNull(staging));
    if (hasTrapInfo)
      json.attribute("trap", Object{{"kind", "__trap_kind"},
                                    {"argument", "__trap_argument"}});
  });
  return text;
}
