//===- ValidateReferences.cpp - References, structs, arrays -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionValidator.h"
#include "meld/Support/Rules.h"

using namespace meld;
using namespace meld::core;
using llvm::ArrayRef;
using llvm::Twine;

static constexpr ValType eqRef = ValType::ref(HeapType::Eq, true);
static constexpr ValType arrayRef = ValType::ref(HeapType::Array, true);
static constexpr ValType i31Ref = ValType::ref(HeapType::I31, true);

/// The highest type above `heap`: casts go between types with the same one.
static HeapType topOf(HeapType heap, const TypeSpace &types) {
  if (heap.isConcrete())
    switch (types[heap.index()].kind) {
    case SubType::Func:
      return HeapType::Func;
    case SubType::Cont:
      return HeapType::Cont;
    default:
      return HeapType::Any;
    }
  for (HeapType top : {HeapType(HeapType::Func), HeapType(HeapType::Extern),
                       HeapType(HeapType::Exn), HeapType(HeapType::Cont)})
    if (types.matches(heap, top))
      return top;
  return HeapType::Any;
}

bool FunctionValidator::reference(const Instruction &i) {
  switch (i.op()) {
  case Op::RefNull:
    if (checkHeap(i.heap[0]))
      push(ValType::ref(module.types.canonical(i.heap[0]), true));
    return true;
  case Op::RefIsNull:
    popRef();
    push(ValType::I32);
    return true;
  case Op::RefFunc:
    refFunc(i.index[0]);
    return true;
  case Op::RefEq:
    if (pop(eqRef) && pop(eqRef))
      push(ValType::I32);
    return true;
  case Op::RefAsNonNull:
    push(popRef().withNull(false));
    return true;
  case Op::BrOnNull:
  case Op::BrOnNonNull:
    branchOnNull(i, i.op() == Op::BrOnNull);
    return true;
  case Op::BrOnCast:
  case Op::BrOnCastFail:
    branchOnCast(i, i.op() == Op::BrOnCastFail);
    return true;
  case Op::RefTest:
  case Op::RefTestNull:
  case Op::RefCast:
  case Op::RefCastNull:
    castTo(i);
    return true;
  default:
    return false;
  }
}

void FunctionValidator::refFunc(uint32_t function) {
  if (!checkIndex(function, module.functions.size(), "function"))
    return;
  if (isConstant)
    noted->set(function);
  else if (!module.declared[function])
    fail(Rule::undeclared_function,
         "refers to function " + Twine(function) +
             ", which no export, segment or initializer names");
  push(ValType::ref(HeapType::concrete(module.functions[function]), false));
}

void FunctionValidator::castTo(const Instruction &i) {
  if (!checkHeap(i.heap[0]))
    return;
  HeapType heap = module.types.canonical(i.heap[0]);
  if (!pop(ValType::ref(topOf(heap, module.types), true)))
    return;
  bool isTest = i.op() == Op::RefTest || i.op() == Op::RefTestNull;
  push(isTest ? ValType(ValType::I32)
              : ValType::ref(heap, i.op() == Op::RefCastNull));
}

void FunctionValidator::branchOnNull(const Instruction &i, bool isNull) {
  ValType type = popRef();
  Frame *frame = label(i.index[0]);
  if (!frame || error)
    return;
  ValType nonNull = type.withNull(false);
  ArrayRef<ValType> types = frame->labelTypes();
  if (isNull) {
    passThrough(types);
    push(nonNull);
    return;
  }
  // The label takes the reference as its last value.
  if (types.empty() || !module.types.matches(nonNull, types.back()))
    mismatch(types.empty() ? "a label that takes a reference"
                           : types.back().str(),
             nonNull.str());
  else
    passThrough(types.drop_back());
}

void FunctionValidator::branchOnCast(const Instruction &i, bool onFail) {
  if (!checkHeap(i.heap[0]) || !checkHeap(i.heap[1]))
    return;
  ValType from =
      ValType::ref(module.types.canonical(i.heap[0]), i.index[0] & 1);
  ValType to = ValType::ref(module.types.canonical(i.heap[1]), i.index[0] & 2);
  if (!module.types.matches(to, from)) {
    fail(Rule::cast_type,
         "casts " + from.str() + " to " + to.str() + ", which is not below it");
    return;
  }
  // A null that the target takes is not left over.
  ValType rest = to.isNullable() ? from.withNull(false) : from;
  Frame *frame = label(i.index[1]);
  if (!frame || !pop(from))
    return;
  ArrayRef<ValType> types = frame->labelTypes();
  ValType taken = onFail ? rest : to;
  if (types.empty() || !module.types.matches(taken, types.back())) {
    mismatch("a label that takes " + taken.str(),
             types.empty() ? "one without values" : types.back().str());
    return;
  }
  passThrough(types.drop_back());
  push(onFail ? to : rest);
}

const SubType *FunctionValidator::typeOfKind(uint32_t index,
                                             SubType::Kind kind) {
  static const char *const kinds[] = {"a function", "a struct", "an array",
                                      "a continuation"};
  if (!checkIndex(index, module.types.size(), "type"))
    return nullptr;
  const SubType &type = module.types[index];
  if (type.kind == kind)
    return &type;
  fail(Rule::type_kind, "wants " + Twine(kinds[kind]) + " type, type " +
                            Twine(index) + " is " + kinds[type.kind]);
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Garbage collection
//===----------------------------------------------------------------------===//

bool FunctionValidator::aggregate(const Instruction &i) {
  switch (i.op()) {
  case Op::StructNew:
  case Op::StructNewDefault:
    structNew(i.index[0], i.op() == Op::StructNewDefault);
    return true;
  case Op::StructGet:
  case Op::StructGetS:
  case Op::StructGetU:
  case Op::StructSet:
    structAccess(i);
    return true;
  case Op::ArrayNew:
  case Op::ArrayNewDefault:
  case Op::ArrayNewFixed:
  case Op::ArrayNewData:
  case Op::ArrayNewElem:
    arrayNew(i);
    return true;
  case Op::ArrayGet:
  case Op::ArrayGetS:
  case Op::ArrayGetU:
  case Op::ArraySet:
    arrayAccess(i);
    return true;
  case Op::ArrayLen:
    if (pop(arrayRef))
      push(ValType::I32);
    return true;
  case Op::ArrayFill:
  case Op::ArrayCopy:
  case Op::ArrayInitData:
  case Op::ArrayInitElem:
    arrayBulk(i);
    return true;
  case Op::AnyConvertExtern:
  case Op::ExternConvertAny:
    convert(i.op() == Op::AnyConvertExtern ? HeapType::Extern : HeapType::Any,
            i.op() == Op::AnyConvertExtern ? HeapType::Any : HeapType::Extern);
    return true;
  case Op::RefI31:
    if (pop(ValType::I32))
      push(ValType::ref(HeapType::I31, false));
    return true;
  case Op::I31GetS:
  case Op::I31GetU:
    if (pop(i31Ref))
      push(ValType::I32);
    return true;
  default:
    return false;
  }
}

/// A conversion keeps whether a reference is null.
void FunctionValidator::convert(HeapType from, HeapType to) {
  ValType type = popRef();
  ValType want = ValType::ref(from, true);
  if (!error && !module.types.matches(type, want))
    mismatch(want.str(), type.str());
  push(ValType::ref(to, type.isNullable()));
}

/// The type on the stack of a value in a field.
static ValType unpacked(ValType storage) {
  return storage.isPacked() ? ValType(ValType::I32) : storage;
}

/// A reference to `type` as instructions that access it take it.
ValType FunctionValidator::accessed(uint32_t type) const {
  return ValType::ref(module.types.canonical(HeapType::concrete(type)), true);
}

void FunctionValidator::structNew(uint32_t index, bool isDefault) {
  const SubType *type = typeOfKind(index, SubType::Struct);
  if (!type)
    return;
  for (const FieldType &field : llvm::reverse(type->fields)) {
    if (isDefault && !field.storage.isDefaultable()) {
      fail(Rule::default_value,
           "needs a default of a field of type " + field.storage.str());
      return;
    }
    if (!isDefault && !pop(unpacked(field.storage)))
      return;
  }
  push(accessed(index).withNull(false));
}

/// Whether a plain get reads what is not packed, and the others what is.
bool FunctionValidator::checkPacking(ValType storage, bool isPlain) {
  return storage.isPacked() != isPlain ||
         fail(Rule::packed_field, "reads a field of type " + storage.str());
}

bool FunctionValidator::checkMutable(const FieldType &field) {
  return field.mut || fail(Rule::immutable, "writes what is immutable");
}

void FunctionValidator::structAccess(const Instruction &i) {
  const SubType *type = typeOfKind(i.index[0], SubType::Struct);
  if (!type)
    return;
  if (i.index[1] >= type->fields.size()) {
    fail(Rule::index_bounds, "names field " + Twine(i.index[1]) +
                                 ", the type has " +
                                 Twine(type->fields.size()));
    return;
  }
  const FieldType &field = type->fields[i.index[1]];
  if (i.op() == Op::StructSet) {
    (void)(checkMutable(field) && pop(unpacked(field.storage)) &&
           pop(accessed(i.index[0])));
    return;
  }
  if (checkPacking(field.storage, i.op() == Op::StructGet) &&
      pop(accessed(i.index[0])))
    push(unpacked(field.storage));
}

void FunctionValidator::arrayNew(const Instruction &i) {
  const SubType *type = typeOfKind(i.index[0], SubType::Array);
  if (!type)
    return;
  const FieldType &element = type->fields.front();
  switch (i.op()) {
  case Op::ArrayNew:
    (void)(pop(ValType::I32) && pop(unpacked(element.storage)));
    break;
  case Op::ArrayNewDefault:
    if (!element.storage.isDefaultable())
      fail(Rule::default_value, "needs a default of " + element.storage.str());
    (void)pop(ValType::I32);
    break;
  case Op::ArrayNewFixed:
    for (uint32_t n = i.index[1]; n && pop(unpacked(element.storage)); --n)
      // What unreachable code makes up needs no count.
      if (values.size() == top().height && top().unreachable)
        break;
    break;
  case Op::ArrayNewData:
    (void)(arrayData(i, element) && pop(ValType::I32) && pop(ValType::I32));
    break;
  default: // array.new_elem
    (void)(arrayElem(i, element) && pop(ValType::I32) && pop(ValType::I32));
    break;
  }
  push(accessed(i.index[0]).withNull(false));
}

void FunctionValidator::arrayAccess(const Instruction &i) {
  const SubType *type = typeOfKind(i.index[0], SubType::Array);
  if (!type)
    return;
  const FieldType &element = type->fields.front();
  if (i.op() == Op::ArraySet) {
    (void)(checkMutable(element) && pop(unpacked(element.storage)) &&
           pop(ValType::I32) && pop(accessed(i.index[0])));
    return;
  }
  if (checkPacking(element.storage, i.op() == Op::ArrayGet) &&
      pop(ValType::I32) && pop(accessed(i.index[0])))
    push(unpacked(element.storage));
}

void FunctionValidator::arrayBulk(const Instruction &i) {
  const SubType *type = typeOfKind(i.index[0], SubType::Array);
  if (!type || !checkMutable(type->fields.front()))
    return;
  const FieldType &element = type->fields.front();
  ValType array = accessed(i.index[0]);
  if (i.op() == Op::ArrayFill) {
    (void)(pop(ValType::I32) && pop(unpacked(element.storage)) &&
           pop(ValType::I32) && pop(array));
    return;
  }
  if (i.op() == Op::ArrayCopy) {
    const SubType *from = typeOfKind(i.index[1], SubType::Array);
    if (!from)
      return;
    ValType storage = from->fields.front().storage;
    if (!module.types.matches(storage, element.storage))
      mismatch("elements of " + element.storage.str(), storage.str());
    (void)(pop(ValType::I32) && pop(ValType::I32) &&
           pop(accessed(i.index[1])) && pop(ValType::I32) && pop(array));
    return;
  }
  bool fits = i.op() == Op::ArrayInitData ? arrayData(i, element)
                                          : arrayElem(i, element);
  (void)(fits && pop(ValType::I32) && pop(ValType::I32) && pop(ValType::I32) &&
         pop(array));
}

/// Whether elements can be made of the bytes of the data segment.
bool FunctionValidator::arrayData(const Instruction &i,
                                  const FieldType &element) {
  if (!needsDataCount() ||
      !checkIndex(i.index[1], *module.view.dataCount, "data segment"))
    return false;
  return !element.storage.isRef() ||
         mismatch("an array of numbers or vectors", element.storage.str());
}

bool FunctionValidator::arrayElem(const Instruction &i,
                                  const FieldType &element) {
  if (!checkIndex(i.index[1], module.elems.size(), "element segment"))
    return false;
  return module.types.matches(module.elems[i.index[1]], element.storage) ||
         mismatch("elements of " + element.storage.str(),
                  module.elems[i.index[1]].str());
}
