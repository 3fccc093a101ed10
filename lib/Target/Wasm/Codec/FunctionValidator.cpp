//===- FunctionValidator.cpp - Checks one body or expression ----*- C++ -*-===//
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

//===----------------------------------------------------------------------===//
// Running
//===----------------------------------------------------------------------===//

void FunctionValidator::begin(ArrayRef<ValType> params,
                              ArrayRef<ValType> newResults) {
  values.clear();
  frames.clear();
  locals.assign(params.begin(), params.end());
  setOrder.clear();
  error.reset();
  results = newResults;
  isConstant = false;
  current.row = &rowOf(Op::Nop);
  openFrame({Op::Block, {}, results, {}, 0, 0, false, 0});
}

std::optional<ReadError> FunctionValidator::body(uint32_t number) {
  uint32_t index = module.view.imported[0] + number;
  const SubType &type = module.functionType(index);
  begin(type.params, type.results);
  ByteReader in = module.view.reader(module.view.bodies[number]);
  NoSink sink;
  current.at = in.offset();
  isSet.clear();
  isSet.resize(locals.size(), true);
  InstructionReader<NoSink>(in, sink).locals([&](uint32_t count, ValType type) {
    current.at = in.offset();
    if (!checkType(type))
      return;
    locals.insert(locals.end(), count, module.types.canonical(type));
    isSet.resize(locals.size(), type.isDefaultable());
  });
  if (locals.size() > limits::locals)
    in.fail(Rule::input_limit, in.offset(),
            "a function has more than " + Twine(limits::locals) +
                " local variables");
  run(in);
  return finish(in);
}

std::optional<ReadError>
FunctionValidator::constant(Expression expression, ValType type,
                            uint32_t globals, llvm::BitVector &declared) {
  begin({}, type);
  isConstant = true;
  visibleGlobals = globals;
  noted = &declared;
  ByteReader in = module.view.reader(expression);
  run(in);
  return finish(in);
}

void FunctionValidator::run(ByteReader &in) {
  NoSink sink;
  InstructionReader<NoSink> reader(in, sink);
  while (!error && !frames.empty()) {
    while (frequent(in))
      ;
    if (!reader.next(current))
      return;
    if (LLVM_UNLIKELY(isConstant))
      constantInstruction(current);
    else
      instruction(current);
  }
}

/// The error of the code, or of its bytes.
std::optional<ReadError> FunctionValidator::finish(ByteReader &in) {
  if (!error && !in.failed() && !in.atEnd())
    in.fail(Rule::size_mismatch, in.offset(),
            "the body goes on after its last `end`");
  return error ? error : in.error();
}

/// Half of all instructions are of these four. Passes over one that is short
/// and valid; else it does nothing, and false.
bool FunctionValidator::frequent(ByteReader &in) {
  const uint8_t *cursor = in.position();
  if (in.limit() - cursor < 2 || cursor[1] >= 0x80 || isConstant)
    return false;
  uint8_t code = cursor[0], index = cursor[1];
  if (code == codeOf(Op::I32Const)) {
    push(ValType::I32);
    in.seek(cursor + 2);
    return true;
  }
  bool isGet = code == codeOf(Op::LocalGet),
       isTee = code == codeOf(Op::LocalTee);
  if (!(isGet || isTee || code == codeOf(Op::LocalSet)) ||
      index >= locals.size() || !isSet[index])
    return false;
  if (isGet)
    push(locals[index]);
  else if (values.size() == top().height || values.back() != locals[index])
    return false;
  else if (!isTee)
    values.pop_back();
  in.seek(cursor + 2);
  return true;
}

void FunctionValidator::instruction(const Instruction &i) {
  if (LLVM_LIKELY(i.row->fixed))
    return fixed(i);
  if (storage(i) || control(i) || reference(i) || aggregate(i) ||
      continuation(i))
    return;
  llvm_unreachable("an instruction without types in the table has code");
}

void FunctionValidator::constantInstruction(const Instruction &i) {
  switch (i.op()) {
  case Op::I32Const:
  case Op::I64Const:
  case Op::F32Const:
  case Op::F64Const:
  case Op::V128Const:
  case Op::I32Add:
  case Op::I32Sub:
  case Op::I32Mul:
  case Op::I64Add:
  case Op::I64Sub:
  case Op::I64Mul:
  case Op::RefNull:
  case Op::RefFunc:
  case Op::RefI31:
  case Op::StructNew:
  case Op::StructNewDefault:
  case Op::ArrayNew:
  case Op::ArrayNewDefault:
  case Op::ArrayNewFixed:
  case Op::AnyConvertExtern:
  case Op::ExternConvertAny:
  case Op::GlobalGet:
  case Op::End:
    return instruction(i);
  default:
    fail(Rule::constant_expression, "is not constant");
  }
}

bool FunctionValidator::fail(Rule rule, const Twine &message) {
  if (!error)
    error = ReadError{rule, current.at,
                      ("`" + Twine(current.row->text) + "` " + message).str()};
  return false;
}

//===----------------------------------------------------------------------===//
// The stacks
//===----------------------------------------------------------------------===//

bool FunctionValidator::mismatch(const Twine &want, const Twine &found) {
  return fail(Rule::operand_type, "wants " + want + ", found " + found);
}

bool FunctionValidator::pop(ValType want) {
  Frame &frame = top();
  if (LLVM_UNLIKELY(values.size() == frame.height))
    return frame.unreachable || mismatch(want.str(), "nothing");
  ValType found = values.pop_back_val();
  return LLVM_LIKELY(found == want) || module.types.matches(found, want) ||
         mismatch(want.str(), found.str());
}

bool FunctionValidator::pop(ArrayRef<ValType> want) {
  for (ValType type : llvm::reverse(want))
    if (!pop(type))
      return false;
  return true;
}

ValType FunctionValidator::popAny() {
  Frame &frame = top();
  if (LLVM_LIKELY(values.size() > frame.height))
    return values.pop_back_val();
  if (!frame.unreachable)
    mismatch("an operand", "nothing");
  return ValType();
}

ValType FunctionValidator::popRef() {
  ValType type = popAny();
  if (type.isUnknown())
    return ValType::ref(HeapType::Unknown, false);
  if (!type.isRef())
    mismatch("a reference", type.str());
  return type;
}

void FunctionValidator::passThrough(ArrayRef<ValType> want) {
  if (pop(want))
    push(want);
}

void FunctionValidator::unreachable() {
  values.truncate(top().height);
  top().unreachable = true;
}

void FunctionValidator::openFrame(Frame frame) {
  frame.height = values.size();
  frame.setCount = setOrder.size();
  frame.unreachable = false;
  frame.at = current.at;
  frames.push_back(frame);
  push(frame.params);
}

/// Takes the results of the innermost frame, and the frame.
bool FunctionValidator::closeFrame(Frame &closed) {
  if (!pop(top().resultTypes()))
    return false;
  closed = top();
  if (values.size() != closed.height)
    return fail(Rule::block_results, "closes a block with " +
                                         Twine(values.size() - closed.height) +
                                         " values more than its type has");
  while (setOrder.size() > closed.setCount)
    isSet.reset(setOrder.pop_back_val());
  frames.pop_back();
  return true;
}

FunctionValidator::Frame *FunctionValidator::label(uint32_t depth) {
  if (depth < frames.size())
    return &frames[frames.size() - 1 - depth];
  fail(Rule::index_bounds, "names label " + Twine(depth) + ", but " +
                               Twine(frames.size()) + " blocks are open");
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Lookups
//===----------------------------------------------------------------------===//

bool FunctionValidator::checkIndex(uint32_t index, size_t count,
                                   const char *what) {
  return LLVM_LIKELY(index < count) ||
         fail(Rule::index_bounds, Twine("names ") + what + " " + Twine(index) +
                                      ", the module has " + Twine(count));
}

bool FunctionValidator::checkHeap(HeapType heap) {
  return module.types.exists(heap) ||
         checkIndex(heap.index(), module.types.size(), "type");
}

bool FunctionValidator::checkType(ValType type) {
  return !type.isRef() || checkHeap(type.heap());
}

/// Code may name data segments only when their number is known before it.
bool FunctionValidator::needsDataCount() {
  return module.view.dataCount ||
         fail(Rule::section_counts, "needs a data count section");
}

//===----------------------------------------------------------------------===//
// Instructions of the table
//===----------------------------------------------------------------------===//

void FunctionValidator::fixed(const Instruction &i) {
  if (i.row->shape != Shape::None)
    return fixedWithImmediates(i);
  if (LLVM_LIKELY(replaceOperands(*i.row)))
    return;
  for (ValType::Number type : llvm::reverse(i.row->operands()))
    if (!pop(type))
      return;
  for (ValType::Number type : i.row->results())
    push(type);
}

/// Takes one or two operands that are just what the row wants, and puts its one
/// result in their place. Else it does nothing, and false.
bool FunctionValidator::replaceOperands(const OpRow &row) {
  unsigned count = row.numOperands;
  if (count - 1 > 1 || row.numResults != 1 ||
      values.size() - top().height < count)
    return false;
  ValType *first = values.end() - count;
  if (*first != ValType(row.types[0]) ||
      values.back() != ValType(row.types[count - 1]))
    return false;
  *first = row.types[count];
  values.truncate(values.size() - count + 1);
  return true;
}

/// An access of memory 0, where that has 32-bit addresses, with operands that
/// are just what it wants. Else it does nothing, and false.
bool FunctionValidator::plainAccess(const Instruction &i) {
  const OpRow &row = *i.row;
  unsigned count = row.numOperands;
  if (row.shape != Shape::Access || prefixOf(row.code) || i.index[0] ||
      !isMemory32 || i.alignment > 3 || (1 << i.alignment) > row.width ||
      i.literal > UINT32_MAX || values.size() - top().height < count)
    return false;
  ValType *first = values.end() - count;
  if (*first != ValType::I32 ||
      (count == 2 && values.back() != ValType(row.types[1])))
    return false;
  if (row.numResults)
    *first = row.types[count];
  values.truncate(values.size() - count + row.numResults);
  return true;
}

void FunctionValidator::fixedWithImmediates(const Instruction &i) {
  if (LLVM_LIKELY(plainAccess(i)))
    return;
  std::optional<uint32_t> memory;
  if (!checkImmediates(i, memory))
    return;
  auto typeOf = [&](ValType::Number type) {
    return type == OpRow::address ? addressOf(*memory) : ValType(type);
  };
  for (ValType::Number type : llvm::reverse(i.row->operands()))
    if (!pop(typeOf(type)))
      return;
  for (ValType::Number type : i.row->results())
    push(typeOf(type));
}
