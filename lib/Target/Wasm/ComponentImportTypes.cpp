//===- ComponentImportTypes.cpp - Type definitions as ops -------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ComponentImporter.h"
#include "ComponentWords.h"
#include "CoreRecType.h"
#include "CoreTypes.h"
#include "meld/Support/Rules.h"
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
    if (type.destructor)
      operands.push_back(value(Sort::CoreFunc, *type.destructor));
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

Value ComponentImporter::coreType(const Definition &def) {
  ByteReader in(def.bytes, def.offset);
  if (in.peek() == uint8_t(0x50)) {
    in.byte();
    level->coreFuncTypes.push_back(nullptr);
    Value made = create("type.core_module", Sort::CoreType, /*regions=*/1);
    coreModuleType(in, &made.getDefiningOp()->getRegion(0).front());
    if (in.failed())
      report(*in.error());
    return made;
  }
  if (in.byte() == 0x60) {
    FunctionType type =
        wasm::CoreTypeReader(in, builder.getContext()).functionType();
    if (!in.failed()) {
      level->coreFuncTypes.push_back(type);
      attribute("type", TypeAttr::get(type));
      return create("type.core_func", Sort::CoreType);
    }
  }
  return coreRecType(def);
}

/// In the IR, the types that a group uses are operands; its bytes count from
/// those, and go on with the members of the group.
Value ComponentImporter::coreRecType(const Definition &def) {
  StringRef text = asText(def.bytes);
  text.consume_front(StringRef("\0", 1)); // stands before `sub`, see the reader
  ArrayRef<uint8_t> bytes(text.bytes_begin(), text.size());
  uint32_t first = level->values[unsigned(Sort::CoreType)].size();

  llvm::MapVector<uint32_t, uint32_t> used; // index, operand
  wasm::ByteWriter out;
  auto collect = [&](uint32_t index) {
    if (index < first)
      used.try_emplace(index, used.size());
    return index;
  };
  ByteReader once(bytes, def.offset), again(bytes, def.offset);
  wasm::copyRecursionGroup(once, out, collect);
  out = wasm::ByteWriter();
  wasm::copyRecursionGroup(again, out, [&](uint32_t index) {
    return index < first ? used.lookup(index) : index - first + used.size();
  });
  if (again.failed())
    report(*again.error());

  for (auto [index, operand] : used)
    operands.push_back(value(Sort::CoreType, index));
  level->coreFuncTypes.append(def.count, nullptr);
  SmallVector<Type> results(def.count,
                            sortType(builder.getContext(), Sort::CoreType));
  auto made = component::TypeCoreRecOp::create(builder, loc, results, operands,
                                               out.bytes());
  operands.clear();
  return made.getResult(0);
}

void ComponentImporter::coreModuleType(ByteReader &in, Block *block) {
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(block);
  wasm::CoreTypeReader reader(in, builder.getContext());
  SmallVector<FunctionType> types;
  for (uint32_t n = in.count(); n && !in.failed(); --n) {
    Location at = place(in.offset());
    uint8_t kind = in.byte();
    if (kind == 1) {
      if (in.byte() != 0x60)
        return in.fail(Rule::unsupported_feature, in.offset() - 1,
                       "a module type with other types than functions cannot "
                       "be imported yet");
      types.push_back(reader.functionType());
    } else if (kind == 2) {
      (void)in.bytes(2);
      const Level *target = level;
      for (uint32_t depth = in.u32(); depth > 1; --depth)
        target = target->parent;
      types.push_back(target->coreFuncTypes[in.u32()]);
    } else {
      StringRef module = kind == 0 ? in.name() : StringRef();
      StringRef name = in.name();
      uint64_t typeAt = in.offset();
      Type type = reader.externType(types);
      if (!type)
        return in.fail(Rule::unsupported_feature, typeAt,
                       "this core function type cannot be imported yet");
      if (kind == 0)
        component::CoreImportDeclOp::create(builder, at, module, name, type);
      else
        component::CoreExportDeclOp::create(builder, at, name, type);
    }
  }
}
