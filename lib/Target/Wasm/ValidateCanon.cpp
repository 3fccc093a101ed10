//===- ValidateCanon.cpp - Canonical definitions ----------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CanonTable.h"
#include "Validator.h"
#include "meld/Support/Rules.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace meld;
using namespace meld::validation;
using binary::Canon;
using binary::CanonOptions;
using binary::Definition;
using core::ValType;
using llvm::ArrayRef;
using llvm::StringRef;
using llvm::Twine;
using ValTypes = llvm::SmallVector<ValType, 16>;

static constexpr uint8_t liftCode = 0, lowerCode = 1;
static constexpr unsigned maxFlatParams = 16, maxFlatAsyncParams = 4,
                          maxFlatResults = 1;

Entity Validator::canon(const Definition &def) {
  if (!checkOptions(*def.canon, def.offset))
    return {};
  switch (def.canon->opcode) {
  case liftCode:
    return lift(def);
  case lowerCode:
    return lower(def);
  default:
    return builtin(def);
  }
}

//===----------------------------------------------------------------------===//
// Options
//===----------------------------------------------------------------------===//

/// The address type of the memory, i32 without one.
ValType Validator::pointerType(const CanonOptions &options) {
  if (!options.memory)
    return ValType::I32;
  const core::ExternType *memory = use(Sort::CoreMemory, *options.memory).core;
  return memory ? memory->limits.addressType() : ValType(ValType::I32);
}

/// The rules for options that hold wherever they stand. False where the
/// definition makes no sense without what is missing.
bool Validator::checkOptions(const Canon &canon, uint64_t at) {
  const CanonOptions &options = canon.options;
  auto refuse = [&](const Twine &why) { error(Rule::canon_options, at, why); };
  bool isLift = canon.opcode == liftCode;
  bool isTask = isLift || canon.opcode == lowerCode;
  binary::BuiltinRow row;
  binary::findBuiltin(canon.opcode, row);
  auto allowed = binary::words(row.options);
  auto checkAllowed = [&](StringRef word, bool given) {
    if (given && !isTask && !llvm::is_contained(allowed, word))
      refuse("`" + row.name + "` takes no `" + word + "`");
  };
  checkAllowed("realloc", options.realloc.has_value());
  checkAllowed("async", options.async);
  if (options.postReturn && !isLift)
    refuse("only `lift` takes `post-return`");
  if (options.callback && !isLift)
    refuse("only `lift` takes `callback`");
  if (options.callback && !options.async)
    refuse("`callback` requires `async`");
  if (options.postReturn && options.async)
    refuse("`post-return` and `async` exclude each other");
  if (options.realloc && !options.memory)
    refuse("`realloc` requires `memory`");
  if (options.memory)
    checkMemory(*options.memory, at);
  ValType pointer = pointerType(options);
  if (options.realloc)
    checkCoreFunction(*options.realloc, ValTypes(4, pointer), pointer,
                      Rule::option_type, at, "`realloc`");
  if (options.callback)
    checkCoreFunction(*options.callback, ValTypes(3, ValType::I32),
                      ValType(ValType::I32), Rule::option_type, at,
                      "`callback`");
  return true;
}

/// The memory of an option is a subtype of `(memory 0)` or `(memory i64 0)`.
void Validator::checkMemory(uint32_t index, uint64_t at) {
  const core::ExternType *memory = use(Sort::CoreMemory, index).core;
  if (!memory)
    return;
  if (memory->limits.isShared)
    error(Rule::option_type, at, "`memory` wants a memory that is not shared");
  if (memory->limits.pageLog2 != 16)
    error(Rule::option_type, at,
          "`memory` wants a memory with pages of 64 KiB");
}

void Validator::checkCoreFunction(uint32_t index, ArrayRef<ValType> params,
                                  ArrayRef<ValType> results, Rule rule,
                                  uint64_t at, const Twine &what) {
  const core::ExternType *function = use(Sort::CoreFunc, index).core;
  if (!function || function->type == core::noType)
    return;
  core::TypeId wanted = coreTypes.function(params, results);
  if (!coreTypes.matches(function->type, wanted))
    error(rule, at,
          what + " wants a core func of type " + coreTypes.print(wanted) +
              ", found " + coreTypes.print(function->type));
}

void Validator::requireMemory(const Canon &canon, uint64_t at,
                              const Twine &why) {
  if (!canon.options.memory)
    error(Rule::option_missing, at, "the option `memory` is required: " + why);
}

void Validator::requireRealloc(const Canon &canon, uint64_t at,
                               const Twine &why) {
  requireMemory(canon, at, why);
  if (canon.options.memory && !canon.options.realloc)
    error(Rule::option_missing, at, "the option `realloc` is required: " + why);
}

//===----------------------------------------------------------------------===//
// Lift and lower
//===----------------------------------------------------------------------===//

namespace {
/// A function type, flattened; counts stop at 17.
struct Flat {
  unsigned paramCount = 0, resultCount = 0;
  bool paramsPoint = false, resultPoints = false;
  /// Empty where the count is more than 16.
  ValTypes params, results;

  Flat(const Type *function, ValType pointer) {
    for (const Type *param : function->parameters()) {
      paramCount = std::min(paramCount + param->flatCount, maxFlatParams + 1);
      paramsPoint |= param->hasPointer;
    }
    if (paramCount <= maxFlatParams)
      for (const Type *param : function->parameters())
        flatten(param, pointer, params);
    const Type *result = function->result();
    if (!result)
      return;
    resultCount = result->flatCount;
    resultPoints = result->hasPointer;
    if (resultCount <= maxFlatParams)
      flatten(result, pointer, results);
  }
};
} // namespace

static constexpr llvm::StringLiteral asyncWanted =
    "the option `async` wants a func that is `async`";

Entity Validator::lift(const Definition &def) {
  const Canon &canon = *def.canon;
  const CanonOptions &options = canon.options;
  Entity entity{Sort::Func};
  entity.type = useType(canon.type, TypeKind::Func, def.offset);
  if (!entity.type)
    return entity;
  if (options.async && !entity.type->async)
    error(Rule::async_type, def.offset, asyncWanted);

  ValType pointer = pointerType(options);
  Flat flat(entity.type, pointer);
  ValTypes params = flat.params, results = flat.results;
  if (flat.paramCount > maxFlatParams)
    params = {pointer};
  if (options.async)
    results.assign(options.callback ? 1 : 0, ValType::I32);
  else if (flat.resultCount > maxFlatResults)
    results = {pointer};
  if (flat.paramsPoint || flat.paramCount > maxFlatParams)
    requireRealloc(canon, def.offset, "a parameter is passed through memory");
  else if (flat.resultPoints ||
           flat.resultCount > (options.async ? maxFlatParams : maxFlatResults))
    requireMemory(canon, def.offset, "the result is passed through memory");
  checkCoreFunction(canon.func, params, results, Rule::lift_type, def.offset,
                    "`lift`");
  if (options.postReturn)
    checkCoreFunction(*options.postReturn, results, {}, Rule::option_type,
                      def.offset, "`post-return`");
  return entity;
}

Entity Validator::lower(const Definition &def) {
  const Canon &canon = *def.canon;
  const CanonOptions &options = canon.options;
  const Type *type = use(Sort::Func, canon.func).type;
  if (!type)
    return {};
  if (options.async && !type->async)
    error(Rule::async_type, def.offset, asyncWanted);

  ValType pointer = pointerType(options);
  Flat flat(type, pointer);
  unsigned maxParams = options.async ? maxFlatAsyncParams : maxFlatParams;
  unsigned maxResults = options.async ? 0 : maxFlatResults;
  ValTypes params = flat.params, results = flat.results;
  if (flat.paramCount > maxParams)
    params = {pointer};
  if (flat.resultCount > maxResults) {
    params.push_back(pointer);
    results.clear();
  }
  if (options.async)
    results = {ValType::I32};
  if (flat.resultPoints)
    requireRealloc(canon, def.offset, "the result is passed through memory");
  else if (flat.paramsPoint || flat.paramCount > maxParams)
    requireMemory(canon, def.offset, "a parameter is passed through memory");
  else if (flat.resultCount > maxResults)
    requireMemory(canon, def.offset, "the result is passed through memory");
  return coreFunction(params, results);
}

//===----------------------------------------------------------------------===//
// Built-ins
//===----------------------------------------------------------------------===//

const Type *Validator::typeImmediate(const Definition &def, TypeKind kind) {
  return useType(def.canon->type, kind, def.offset);
}

/// True for the built-ins that only the component that defines a resource has.
static bool isForOwnResource(uint8_t opcode) {
  return opcode == 0x02 || opcode == 0x04;
}

void Validator::checkImmediates(const Definition &def, StringRef immediates) {
  const Canon &canon = *def.canon;
  if (immediates == "resource") {
    const Type *type = typeImmediate(def, TypeKind::Resource);
    bool isOwn = type && type->resource->definition &&
                 type->resource->generatedIn == level->interface;
    if (type && isForOwnResource(canon.opcode) && !isOwn)
      error(Rule::resource_local, def.offset,
            "only the component that defines a resource makes it and sees its "
            "representation; this one is imported or comes from an instance");
  } else if (immediates == "stream" || immediates == "future") {
    checkCopy(def,
              typeImmediate(def, immediates == "stream" ? TypeKind::Stream
                                                        : TypeKind::Future));
  } else if (immediates == "context") {
    checkContext(def);
  } else if (immediates.starts_with("core_type")) {
    checkThread(def);
  }
}

/// `stream.read` and the like: what the element needs.
void Validator::checkCopy(const Definition &def, const Type *type) {
  const Canon &canon = *def.canon;
  bool isRead = canon.opcode == 0x0f || canon.opcode == 0x16;
  bool isWrite = canon.opcode == 0x10 || canon.opcode == 0x17;
  const Type *element = type ? type->parts.front() : nullptr;
  if (!element || (!isRead && !isWrite))
    return;
  if (isRead && element->hasPointer)
    requireRealloc(canon, def.offset, "the elements are in memory");
  else
    requireMemory(canon, def.offset, "the elements are in memory");
}

void Validator::checkContext(const Definition &def) {
  const Canon &canon = *def.canon;
  if (canon.coreType != ValType::I32 && canon.coreType != ValType::I64)
    return error(Rule::context_slot, def.offset,
                 "the type of a context slot is i32 or i64");
  if (canon.slot >= 2)
    error(Rule::context_slot, def.offset,
          "a context has the slots 0 and 1, found " + Twine(canon.slot));
  if (level->contextType && level->contextType != canon.coreType)
    error(Rule::context_slot, def.offset,
          "all context slots of a component have one type");
  level->contextType = canon.coreType;
}

void Validator::checkThread(const Definition &def) {
  const Canon &canon = *def.canon;
  Entity type = use(Sort::CoreType, canon.coreFuncType);
  core::TypeId id = type.coreType;
  bool fits = id != core::noType && coreTypes.isFunction(id) &&
              coreTypes.results(id).empty() &&
              (coreTypes.params(id) == ArrayRef(ValType(ValType::I32)) ||
               coreTypes.params(id) == ArrayRef(ValType(ValType::I64)));
  if (type.isKnown() && !fits)
    error(Rule::thread_type, def.offset,
          "a thread starts with a core func of one parameter, i32 or i64, and "
          "no result");
  if (canon.opcode == 0x40)
    return;
  const core::ExternType *table = use(Sort::CoreTable, canon.table).core;
  if (table && !coreTypes.matches(table->value, core::funcRef))
    error(Rule::thread_type, def.offset,
          "the table of a thread holds funcref, found " + table->value.str());
}

/// The core signature of a built-in, by the words of Canon.td.
ValTypes Validator::signature(const Definition &def, StringRef list) {
  const Canon &canon = *def.canon;
  ValTypes result;
  for (StringRef word : binary::words(list)) {
    if (word == "i64")
      result.push_back(ValType::I64);
    else if (word == "addr")
      result.push_back(pointerType(canon.options));
    else if (word == "context")
      result.push_back(ValType::Number(canon.coreType));
    else if (word == "funcref")
      result.push_back(core::funcRef);
    else
      result.push_back(ValType::I32);
  }
  return result;
}

Entity Validator::taskReturn(const Definition &def) {
  const Canon &canon = *def.canon;
  bool isUnknown = false;
  const Type *result = part(canon.result, isUnknown);
  if (isUnknown)
    return {};
  if (!result)
    return coreFunction({}, {});
  if (result->hasBorrow)
    error(Rule::borrow_position, def.offset,
          "the result of a func contains no `borrow`");
  ValType pointer = pointerType(canon.options);
  ValTypes params;
  if (result->flatCount <= maxFlatParams)
    flatten(result, pointer, params);
  else
    params = {pointer};
  if (result->hasPointer || result->flatCount > maxFlatParams)
    requireMemory(canon, def.offset, "the result is passed through memory");
  return coreFunction(params, {});
}

Entity Validator::builtin(const Definition &def) {
  const Canon &canon = *def.canon;
  binary::BuiltinRow row;
  if (!binary::findBuiltin(canon.opcode, row))
    return {};
  if (row.immediates == "result")
    return taskReturn(def);
  checkImmediates(def, row.immediates);
  if (row.name.starts_with("error-context.") && row.params.contains("addr")) {
    requireMemory(canon, def.offset, "the message is in memory");
    if (row.name.ends_with("debug-message"))
      requireRealloc(canon, def.offset, "the message is in memory");
  }
  ValTypes params = signature(def, row.params);
  ValTypes results = signature(def, row.results);
  if (isForOwnResource(canon.opcode)) {
    const Type *type = use(Sort::Type, canon.type).type;
    if (type && type->resource && type->resource->definition)
      (canon.opcode == 0x02 ? params : results)
          .assign(1,
                  ValType::Number(type->resource->definition->representation));
  }
  if (row.immediates.starts_with("core_type")) {
    core::TypeId id = use(Sort::CoreType, canon.coreFuncType).coreType;
    if (id != core::noType && coreTypes.isFunction(id) &&
        coreTypes.params(id).size() == 1)
      params.back() = coreTypes.params(id).front();
    const core::ExternType *table =
        canon.opcode == 0x40 ? nullptr : use(Sort::CoreTable, canon.table).core;
    if (table)
      params.front() = table->limits.addressType();
  }
  return coreFunction(params, results);
}
