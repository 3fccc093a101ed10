//===- ComponentImportTypes.cpp - Type definitions as ops -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComponentImporter.h"
#include "ComponentWords.h"
#include "EntityTypes.h"
#include "llvm/ADT/MapVector.h"

using namespace meld;
using namespace meld::binary;
using namespace mlir;

//===----------------------------------------------------------------------===//
// Elements
//===----------------------------------------------------------------------===//

void ComponentImporter::element(const std::optional<ValType> &type) {
  if (!type) {
    keywords.push_back(builder.getStringAttr("none"));
  } else if (type->primitive) {
    keywords.push_back(
        builder.getStringAttr(primitiveKeyword(type->primitive)));
  } else {
    keywords.push_back(builder.getStringAttr(""));
    operands.push_back(value(Sort::Type, type->index));
  }
}

unsigned ComponentImporter::single(const std::optional<ValType> &type,
                                   StringRef prim) {
  if (!type)
    return 0;
  if (type->primitive) {
    attribute(prim, builder.getStringAttr(primitiveKeyword(type->primitive)));
    return 0;
  }
  operands.push_back(value(Sort::Type, type->index));
  return 1;
}

//===----------------------------------------------------------------------===//
// Definitions
//===----------------------------------------------------------------------===//

static StringRef mnemonicOf(TypeKind kind) {
  static constexpr llvm::StringLiteral words[] = {
      "type.primitive", "type.record",    "type.variant", "type.list",
      "type.list",      "type.tuple",     "type.flags",   "type.enum",
      "type.option",    "type.result",    "type.own",     "type.borrow",
      "type.stream",    "type.future",    "type.map",     "type.func",
      "type.resource",  "type.component", "type.instance"};
  return words[static_cast<unsigned>(kind)];
}

/// Types that are lists of labels, of types, or of both.
Value ComponentImporter::listType(const TypeDef &type) {
  bool labelled = type.kind != TypeKind::Tuple;
  bool typed = type.kind != TypeKind::Flags && type.kind != TypeKind::Enum;
  SmallVector<Attribute> names;
  for (const LabelledType &field : type.fields) {
    names.push_back(builder.getStringAttr(field.label));
    if (typed)
      element(field.type);
  }
  if (type.kind == TypeKind::Func && type.first)
    element(type.first);
  if (labelled)
    attribute("names", builder.getArrayAttr(names));
  if (typed)
    attribute("prims", builder.getArrayAttr(keywords));
  flag("async", type.async);
  return create(mnemonicOf(type.kind), Sort::Type);
}

Value ComponentImporter::type(const TypeDef &type) {
  switch (type.kind) {
  case TypeKind::Record:
  case TypeKind::Variant:
  case TypeKind::Tuple:
  case TypeKind::Flags:
  case TypeKind::Enum:
  case TypeKind::Func:
    return listType(type);
  case TypeKind::Primitive:
  case TypeKind::List:
  case TypeKind::Option:
  case TypeKind::Stream:
  case TypeKind::Future:
    single(type.first, "prim");
    break;
  case TypeKind::FixedList:
    single(type.first, "prim");
    attribute("length",
              IntegerAttr::get(builder.getIntegerType(32, /*isSigned=*/false),
                               type.length));
    break;
  case TypeKind::Result:
  case TypeKind::Map: {
    bool isMap = type.kind == TypeKind::Map;
    int32_t first = single(type.first, isMap ? "key_prim" : "ok_prim");
    int32_t second = single(type.second, isMap ? "value_prim" : "error_prim");
    segments({first, second});
    break;
  }
  case TypeKind::Own:
  case TypeKind::Borrow:
    operands.push_back(value(Sort::Type, type.resource));
    break;
  case TypeKind::Resource:
    attribute("rep", TypeAttr::get(builder.getIntegerType(
                         type.representation == 0x7e ? 64 : 32)));
    flag("async", type.async);
    segments({option(Sort::CoreFunc, type.destructor),
              option(Sort::CoreFunc, type.callback)});
    break;
  case TypeKind::Component:
  case TypeKind::Instance: {
    Value made = create(mnemonicOf(type.kind), Sort::Type, /*regions=*/1);
    body(made, *type.scope);
    return made;
  }
  }
  return create(mnemonicOf(type.kind), Sort::Type);
}

//===----------------------------------------------------------------------===//
// Core types
//===----------------------------------------------------------------------===//

/// A plain function type is known by its structure alone.
static bool isPlain(Type type) {
  auto function = dyn_cast<FunctionType>(type);
  auto namesType = [](Type each) {
    auto ref = dyn_cast<wasm::RefType>(each);
    return ref && ref.getDefined();
  };
  return function && llvm::none_of(function.getInputs(), namesType) &&
         llvm::none_of(function.getResults(), namesType);
}

Value ComponentImporter::coreType(const Definition &def) {
  uint32_t index = level->values[unsigned(Sort::CoreType)].size();
  if (def.count == 1) {
    const Entity &entity = level->scope.space(Sort::CoreType)[index];
    if (entity.module)
      return coreModuleType(*entity.module);
    Type type = coreTypes.defined()[entity.coreType];
    if (isPlain(type)) {
      attribute("type", TypeAttr::get(type));
      return create("type.core_func", Sort::CoreType);
    }
  }
  return coreRecType(def);
}

/// In the IR, the types that a group uses are operands; its bytes count from
/// those, and go on with the members of the group.
Value ComponentImporter::coreRecType(const Definition &def) {
  uint32_t first = level->values[unsigned(Sort::CoreType)].size();
  ArrayRef<core::SubType> group =
      ArrayRef(level->scope.coreDefinitions->types).slice(first, def.count);
  llvm::MapVector<uint32_t, uint32_t> used; // index, operand
  for (const core::SubType &type : group)
    core::eachTypeIndex(type, [&](uint32_t index) {
      if (index < first)
        used.try_emplace(index, used.size());
    });
  auto number = [&](uint32_t index) -> uint32_t {
    return index < first ? used.lookup(index) : index - first + used.size();
  };
  llvm::BumpPtrAllocator storage;
  SmallVector<core::SubType> renumbered;
  for (const core::SubType &type : group)
    renumbered.push_back(core::renumber(type, number, storage));
  wasm::ByteWriter bytes;
  wasm::writeDefinitions(renumbered, bytes);

  for (auto [index, operand] : used)
    operands.push_back(value(Sort::CoreType, index));
  SmallVector<Type> results(def.count,
                            sortType(builder.getContext(), Sort::CoreType));
  auto made = component::TypeCoreRecOp::create(builder, loc, results, operands,
                                               bytes.bytes());
  operands.clear();
  return results.empty() ? Value() : made.getResult(0);
}

Value ComponentImporter::coreModuleType(const core::ModuleType &type) {
  Value made = create("type.core_module", Sort::CoreType, /*regions=*/1);
  OpBuilder body =
      OpBuilder::atBlockEnd(&made.getDefiningOp()->getRegion(0).front());
  // Imports and exports may alternate, each in its order.
  ArrayRef<core::ModuleType::Import> imports = type.imports;
  for (const auto &[name, exported] : type.exports) {
    for (; !imports.empty() && imports.front().type.at < exported.at;
         imports = imports.drop_front())
      coreExtern(body, imports.front().module, imports.front().name,
                 imports.front().type);
    coreExtern(body, {}, name, exported);
  }
  for (const core::ModuleType::Import &import : imports)
    coreExtern(body, import.module, import.name, import.type);
  return made;
}

/// An export, without a module, or an import.
void ComponentImporter::coreExtern(OpBuilder &body, StringRef module,
                                   StringRef name,
                                   const core::ExternType &type) {
  Location at = place(type.at);
  Type entity = coreTypes.entity(type);
  if (module.data())
    component::CoreImportDeclOp::create(body, at, module, name, entity);
  else
    component::CoreExportDeclOp::create(body, at, name, entity);
}
