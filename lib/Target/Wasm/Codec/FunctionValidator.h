//===- FunctionValidator.h - Checks one body or expression ------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The algorithm of the specification's appendix: a stack of value types and a
// stack of control frames; what stands behind a branch may take any operand.
// Instructions whose types stand in the table are checked by the table
// (FunctionValidator.cpp). The others: blocks, branches, calls, exceptions in
// ValidateControl.cpp, variables, tables and memories in ValidateStorage.cpp,
// references and garbage collection in ValidateReferences.cpp, stack switching
// in ValidateContinuations.cpp.
//
//===----------------------------------------------------------------------===//

#ifndef MELD_LIB_TARGET_WASM_CODEC_FUNCTIONVALIDATOR_H
#define MELD_LIB_TARGET_WASM_CODEC_FUNCTIONVALIDATOR_H

#include "TypeSpace.h"
#include "meld/Target/Wasm/Instructions.h"
#include "llvm/ADT/BitVector.h"

namespace meld::core {

/// What all bodies of a module are checked against. Types in it are canonical.
struct ModuleContext {
  const ModuleView &view;
  TypeSpace types;
  /// By function: the canonical index of its type.
  std::vector<uint32_t> functions;
  std::vector<ValType> tables, globals, elems;
  /// By tag: the canonical index of its type.
  std::vector<uint32_t> tags;
  /// Functions that code may refer to: those in exports, segments and
  /// initializers.
  llvm::BitVector declared;

  const SubType &functionType(uint32_t function) const {
    return types[functions[function]];
  }
  const SubType &tagType(uint32_t tag) const { return types[tags[tag]]; }
};

class FunctionValidator {
public:
  explicit FunctionValidator(const ModuleContext &module)
      : module(module), isMemory32(!module.view.memories.empty() &&
                                   !module.view.memories.front().is64) {}

  /// Checks defined function `number`.
  std::optional<ReadError> body(uint32_t number);

  /// Checks a constant expression of type `type`. It may use the first
  /// `globals` globals. Functions that it refers to are added to `declared`.
  std::optional<ReadError> constant(Expression expression, ValType type,
                                    uint32_t globals,
                                    llvm::BitVector &declared);

private:
  /// A block that is open.
  struct Frame {
    Op op;
    /// What it takes and leaves.
    llvm::ArrayRef<ValType> params, results;
    /// The one result of a block that is given by a value type.
    ValType single;
    /// The size of the value stack when it began.
    uint32_t height;
    /// How many locals had been set then.
    uint32_t setCount;
    /// After an instruction that does not come back.
    bool unreachable;
    uint64_t at;

    llvm::ArrayRef<ValType> resultTypes() const {
      return results.data()       ? results
             : single.isUnknown() ? llvm::ArrayRef<ValType>()
                                  : llvm::ArrayRef(single);
    }
    /// What a branch to it hands over.
    llvm::ArrayRef<ValType> labelTypes() const {
      return op == Op::Loop ? params : resultTypes();
    }
  };

  void begin(llvm::ArrayRef<ValType> params, llvm::ArrayRef<ValType> results);
  void run(ByteReader &in);
  LLVM_ATTRIBUTE_ALWAYS_INLINE bool frequent(ByteReader &in);
  void instruction(const Instruction &i);
  void constantInstruction(const Instruction &i);
  std::optional<ReadError> finish(ByteReader &in);

  // Instructions of the table (FunctionValidator.cpp).
  void fixed(const Instruction &i);
  LLVM_ATTRIBUTE_ALWAYS_INLINE bool replaceOperands(const OpRow &row);
  LLVM_ATTRIBUTE_ALWAYS_INLINE bool plainAccess(const Instruction &i);
  void fixedWithImmediates(const Instruction &i);
  bool checkImmediates(const Instruction &i, std::optional<uint32_t> &memory);
  bool checkAccess(const Instruction &i);
  bool checkLane(const Instruction &i);
  bool checkShuffle(const Instruction &i);

  // ValidateControl.cpp
  bool control(const Instruction &i);
  bool block(const Instruction &i);
  bool branch(const Instruction &i);
  bool calls(const Instruction &i);
  bool exception(const Instruction &i);
  void openBlock(const Instruction &i, Op op);
  void elseBranch();
  void endBlock();
  void catchClause(const Instruction &i, Op op);
  void delegate(const Instruction &i);
  void rethrow(const Instruction &i);
  void tryTable(const Instruction &i);
  void branchTable(const Instruction &i);
  void conditionalBranch(uint32_t depth);
  void call(const SubType &type, bool isTail);
  void callIndirect(const Instruction &i, bool isTail);
  void callReference(const Instruction &i, bool isTail);
  void throwTag(uint32_t tag);
  bool blockTypes(const BlockType &type, Frame &frame);

  // ValidateStorage.cpp
  bool storage(const Instruction &i);
  void localGet(uint32_t index);
  void localSet(uint32_t index, bool isTee);
  void globalAccess(const Instruction &i);
  void tableAccess(const Instruction &i);
  void tableCopy(uint32_t to, uint32_t from);
  void tableInit(uint32_t elem, uint32_t table);
  void memoryCopy(uint32_t to, uint32_t from);
  void select(const Instruction &i);

  // ValidateReferences.cpp
  bool reference(const Instruction &i);
  bool aggregate(const Instruction &i);
  void refFunc(uint32_t function);
  void branchOnNull(const Instruction &i, bool isNull);
  void branchOnCast(const Instruction &i, bool onFail);
  void structNew(uint32_t type, bool isDefault);
  void structAccess(const Instruction &i);
  void arrayNew(const Instruction &i);
  void arrayAccess(const Instruction &i);
  void arrayBulk(const Instruction &i);
  bool arrayData(const Instruction &i, const FieldType &element);
  bool arrayElem(const Instruction &i, const FieldType &element);
  const SubType *typeOfKind(uint32_t index, SubType::Kind kind);
  void castTo(const Instruction &i);
  void convert(HeapType from, HeapType to);
  ValType accessed(uint32_t type) const;
  bool checkPacking(ValType storage, bool isPlain);
  bool checkMutable(const FieldType &field);

  // ValidateContinuations.cpp
  bool continuation(const Instruction &i);
  void contBind(const Instruction &i);
  void resume(const Instruction &i);
  void switchTo(const Instruction &i);
  bool handlers(const Instruction &i, const SubType &function);
  const SubType *contFunction(uint32_t type);

  // The stacks (FunctionValidator.cpp).
  Frame &top() { return frames.back(); }
  void push(ValType type) { values.push_back(type); }
  void push(llvm::ArrayRef<ValType> types) {
    values.append(types.begin(), types.end());
  }
  /// Takes an operand of a type that matches `want`; false after an error.
  bool pop(ValType want);
  bool pop(llvm::ArrayRef<ValType> want);
  /// Takes any operand.
  ValType popAny();
  /// Takes any reference; its type, or an unknown reference.
  ValType popRef();
  /// Takes `want` and puts it back, as a branch that is not taken does.
  void passThrough(llvm::ArrayRef<ValType> want);
  void unreachable();
  void openFrame(Frame frame);
  bool closeFrame(Frame &closed);
  /// The frame that label `depth` names; null after an error.
  Frame *label(uint32_t depth);

  // Lookups; false after an error.
  bool checkIndex(uint32_t index, size_t count, const char *what);
  bool checkType(ValType type);
  bool checkHeap(HeapType heap);
  ValType addressOf(uint32_t memory) const {
    return module.view.memories[memory].addressType();
  }
  ValType indexOf(uint32_t table) const {
    return module.view.tables[table].limits.addressType();
  }
  bool needsDataCount();

  /// Records an error at the instruction that is checked.
  bool fail(Rule rule, const llvm::Twine &message);
  bool mismatch(const llvm::Twine &want, const llvm::Twine &found);

  const ModuleContext &module;
  /// Whether memory 0 is there and has 32-bit addresses.
  const bool isMemory32;
  llvm::SmallVector<ValType> values;
  llvm::SmallVector<Frame> frames;
  std::vector<ValType> locals;
  /// Locals without a default value that have been set, and in which order.
  llvm::BitVector isSet;
  llvm::SmallVector<uint32_t> setOrder;
  llvm::ArrayRef<ValType> results;
  Instruction current;
  std::optional<ReadError> error;
  /// Of a constant expression: how many globals it sees, where references to
  /// functions are noted.
  bool isConstant = false;
  uint32_t visibleGlobals = 0;
  llvm::BitVector *noted = nullptr;
};

} // namespace meld::core

#endif // MELD_LIB_TARGET_WASM_CODEC_FUNCTIONVALIDATOR_H
