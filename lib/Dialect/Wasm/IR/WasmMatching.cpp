//===- WasmMatching.cpp - what can stand for what ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The core specification's matching, on MLIR types. Types that modules define
// are uniqued, so most of it is a comparison of pointers.
//
//===----------------------------------------------------------------------===//

#include "meld/Dialect/Wasm/IR/Wasm.h"

#include "meld/Target/Wasm/DefinedTypes.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld;
using namespace meld::wasm;
using core::HeapType;
using core::SubType;

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

namespace {
/// Any reference type, with those that have a name of their own.
struct Reference {
  HeapType::Abstract abstract = HeapType::Unknown;
  Type defined;
  bool nullable = true;
};
} // namespace

static std::optional<Reference> referenceOf(Type type) {
  return llvm::TypeSwitch<Type, std::optional<Reference>>(type)
      .Case([](FuncRefType) { return Reference{HeapType::Func, {}, true}; })
      .Case([](ExternRefType) { return Reference{HeapType::Extern, {}, true}; })
      .Case([](ExnRefType) { return Reference{HeapType::Exn, {}, true}; })
      .Case([](RefType t) {
        return Reference{HeapType::Abstract(t.getAbstract()), t.getDefined(),
                         t.getNullable()};
      })
      .Default([](Type) { return std::nullopt; });
}

static SubType::Kind kindOf(Type defined) {
  auto type = dyn_cast<DefinedType>(defined);
  return type ? type.getKind() : SubType::Func;
}

static bool matchesHeap(const Reference &sub, const Reference &super) {
  if (sub.defined && super.defined)
    return matchesValue(sub.defined, super.defined);
  if (sub.defined)
    return core::matchesAbstract(core::aboveAll(kindOf(sub.defined)),
                                 super.abstract);
  if (super.defined)
    return sub.abstract == core::belowAll(kindOf(super.defined));
  return core::matchesAbstract(sub.abstract, super.abstract);
}

bool wasm::matchesValue(Type sub, Type super) {
  if (sub == super)
    return true;
  for (auto type = dyn_cast<DefinedType>(sub); type;) {
    Type above = type.getSuper();
    if (above == super)
      return true;
    type = dyn_cast_if_present<DefinedType>(above);
  }
  std::optional<Reference> found = referenceOf(sub), want = referenceOf(super);
  return found && want && (want->nullable || !found->nullable) &&
         matchesHeap(*found, *want);
}

//===----------------------------------------------------------------------===//
// Entities
//===----------------------------------------------------------------------===//

/// Whether limits that are given satisfy limits that are wanted.
static bool matchLimits(uint64_t min, std::optional<uint64_t> max,
                        uint64_t wantedMin, std::optional<uint64_t> wantedMax) {
  return min >= wantedMin && (!wantedMax || (max && *max <= *wantedMax));
}

bool wasm::matchesImport(Type given, Type wanted) {
  if (given == wanted)
    return true;
  if (auto a = dyn_cast<MemoryType>(given)) {
    auto b = dyn_cast<MemoryType>(wanted);
    return b && a.getShared() == b.getShared() &&
           a.getIndex64() == b.getIndex64() &&
           a.getBytePages() == b.getBytePages() &&
           matchLimits(a.getMin(), a.getMax(), b.getMin(), b.getMax());
  }
  if (auto a = dyn_cast<TableType>(given)) {
    auto b = dyn_cast<TableType>(wanted);
    return b && a.getElement() == b.getElement() &&
           a.getIndex64() == b.getIndex64() &&
           matchLimits(a.getMin(), a.getMax(), b.getMin(), b.getMax());
  }
  if (auto a = dyn_cast<GlobalType>(given)) {
    auto b = dyn_cast<GlobalType>(wanted);
    return b && !a.getMut() && !b.getMut() &&
           matchesValue(a.getValue(), b.getValue());
  }
  return isa<DefinedType>(given) && matchesValue(given, wanted);
}

//===----------------------------------------------------------------------===//
// Messages
//===----------------------------------------------------------------------===//

static bool namesDefined(Type type) {
  return llvm::TypeSwitch<Type, bool>(type)
      .Case([](DefinedType) { return true; })
      .Case([](RefType t) { return bool(t.getDefined()); })
      .Case([](TableType t) { return namesDefined(t.getElement()); })
      .Case([](GlobalType t) { return namesDefined(t.getValue()); })
      .Case([](TagType t) { return namesDefined(t.getFunction()); })
      .Case([](FunctionType t) {
        return llvm::any_of(t.getInputs(), namesDefined) ||
               llvm::any_of(t.getResults(), namesDefined);
      })
      .Default([](Type) { return false; });
}

static void describe(raw_ostream &os, Type type) {
  static constexpr StringLiteral kinds[] = {"func", "struct", "array", "cont"};
  if (!namesDefined(type)) {
    os << type;
    return;
  }
  auto list = [&](ArrayRef<Type> types) {
    os << '(';
    llvm::interleaveComma(types, os, [&](Type each) { describe(os, each); });
    os << ')';
  };
  llvm::TypeSwitch<Type>(type)
      .Case([&](RefType t) {
        os << "(ref " << (t.getNullable() ? "null " : "")
           << kinds[kindOf(t.getDefined())] << " that is defined)";
      })
      .Case([&](DefinedType t) {
        os << "a defined " << kinds[t.getKind()];
        if (FunctionType signature = t.getSignature())
          describe(os << ' ', signature);
        os << " (type " << t.getPosition() << " of its group)";
      })
      .Case([&](TableType t) { describe(os << "a table of ", t.getElement()); })
      .Case([&](GlobalType t) {
        describe(os << "a global " << (t.getMut() ? "mut " : ""), t.getValue());
      })
      .Case([&](TagType t) { describe(os << "a tag ", t.getFunction()); })
      .Case([&](FunctionType t) {
        list(t.getInputs());
        os << " -> ";
        list(t.getResults());
      });
}

std::string wasm::describeType(Type type) {
  std::string text;
  llvm::raw_string_ostream os(text);
  if (namesDefined(type))
    describe(os, type);
  else
    os << '\'' << type << '\''; // as diagnostics print types
  return text;
}
