//===- ValidationLayout.cpp - Sizes and flattened types ---------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ValidationTypes.h"

using namespace meld;
using namespace meld::validation;

//===----------------------------------------------------------------------===//
// Layout
//===----------------------------------------------------------------------===//

/// More than any type may have, and far from overflow.
static constexpr uint64_t hugeSize = uint64_t(1) << 40;
static constexpr unsigned maxFlat = 16;

static uint64_t alignTo(uint64_t size, uint64_t alignment) {
  return (size + alignment - 1) / alignment * alignment;
}

static void layOutRecord(Type &type) {
  unsigned flat = 0;
  for (const Type *part : type.parts) {
    type.size =
        std::min(alignTo(type.size, part->alignment) + part->size, hugeSize);
    type.alignment = std::max(type.alignment, part->alignment);
    flat = std::min(flat + part->flatCount, maxFlat + 1);
  }
  type.size = alignTo(type.size, type.alignment);
  type.flatCount = flat;
}

static void layOutVariant(Type &type, size_t cases) {
  uint64_t tag = cases <= 1u << 8 ? 1 : cases <= 1u << 16 ? 2 : 4;
  uint64_t payload = 0;
  unsigned flat = 0;
  uint8_t alignment = 1;
  for (const Type *part : type.parts) {
    if (!part)
      continue;
    payload = std::max(payload, part->size);
    alignment = std::max(alignment, part->alignment);
    flat = std::max<unsigned>(flat, part->flatCount);
  }
  type.alignment = std::max<uint8_t>(tag, alignment);
  type.size = alignTo(alignTo(tag, alignment) + payload, type.alignment);
  type.flatCount = std::min(flat + 1, maxFlat + 1);
}

static void layOutScalar(Type &type, uint8_t size) {
  type.size = type.alignment = size;
  type.flatCount = 1;
}

void validation::layOut(Type &type) {
  switch (type.kind) {
  case TypeKind::Record:
  case TypeKind::Tuple:
    return layOutRecord(type);
  case TypeKind::Variant:
    return layOutVariant(type, type.parts.size());
  case TypeKind::Option:
  case TypeKind::Result:
    return layOutVariant(type, 2);
  case TypeKind::Enum:
    return layOutVariant(type, type.labels.size());
  case TypeKind::Flags:
    return layOutScalar(type, type.labels.size() <= 8    ? 1
                              : type.labels.size() <= 16 ? 2
                                                         : 4);
  case TypeKind::List:
  case TypeKind::Map:
    type.size = 16;
    type.alignment = 8;
    type.flatCount = 2;
    return;
  case TypeKind::FixedList: {
    const Type *element = type.parts.front();
    type.alignment = element->alignment;
    type.size = std::min(element->size * type.length, hugeSize);
    uint64_t flat = uint64_t(element->flatCount) * type.length;
    type.flatCount = std::min<uint64_t>(flat, maxFlat + 1);
    return;
  }
  case TypeKind::Own:
  case TypeKind::Borrow:
  case TypeKind::Stream:
  case TypeKind::Future:
    return layOutScalar(type, 4);
  default:
    return;
  }
}

//===----------------------------------------------------------------------===//
// Flattening
//===----------------------------------------------------------------------===//

static core::ValType flattenPrimitive(uint8_t code) {
  switch (code) {
  case 0x78: // s64, u64
  case 0x77:
    return core::ValType::I64;
  case 0x76:
    return core::ValType::F32;
  case 0x75:
    return core::ValType::F64;
  }
  return core::ValType::I32;
}

/// The core type that can hold values of both.
static core::ValType join(core::ValType a, core::ValType b) {
  if (a == b)
    return a;
  auto is32 = [](core::ValType t) {
    return t == core::ValType::I32 || t == core::ValType::F32;
  };
  return is32(a) && is32(b) ? core::ValType::I32 : core::ValType::I64;
}

static void flattenVariant(const Type *type, core::ValType pointer,
                           llvm::SmallVectorImpl<core::ValType> &flat) {
  flat.push_back(core::ValType::I32);
  size_t begin = flat.size();
  for (const Type *part : type->parts) {
    if (!part)
      continue;
    llvm::SmallVector<core::ValType, 16> payload;
    flatten(part, pointer, payload);
    for (auto [i, each] : llvm::enumerate(payload))
      if (begin + i < flat.size())
        flat[begin + i] = join(flat[begin + i], each);
      else
        flat.push_back(each);
  }
}

void validation::flatten(const Type *type, core::ValType pointer,
                         llvm::SmallVectorImpl<core::ValType> &flat) {
  switch (type->kind) {
  case TypeKind::Primitive:
    if (type->primitive != stringCode)
      return flat.push_back(flattenPrimitive(type->primitive));
    [[fallthrough]];
  case TypeKind::List:
  case TypeKind::Map:
    return flat.append(2, pointer);
  case TypeKind::Record:
  case TypeKind::Tuple:
    for (const Type *part : type->parts)
      flatten(part, pointer, flat);
    return;
  case TypeKind::FixedList:
    for (uint32_t i = 0; i < type->length; ++i)
      flatten(type->parts.front(), pointer, flat);
    return;
  case TypeKind::Variant:
  case TypeKind::Option:
  case TypeKind::Result:
    return flattenVariant(type, pointer, flat);
  default:
    return flat.push_back(core::ValType::I32);
  }
}
