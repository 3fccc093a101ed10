//===- ModuleValidator.cpp - Whether a core module is valid -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Target/Wasm/ModuleValidator.h"
#include "FunctionValidator.h"
#include "meld/Support/Names.h"
#include "meld/Support/Rules.h"
#include "meld/Target/Wasm/TypeReader.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/ThreadPool.h"
#include <atomic>
#include <map>
#include <mutex>

using namespace meld;
using namespace meld::core;
using llvm::Twine;

namespace {
class ModuleValidator {
public:
  ModuleValidator(const ModuleView &view, size_t limit)
      : view(view), context{view, {}, {}, {}, {}, {}, {}, {}},
        expressions(context), limit(limit) {}

  std::vector<ReadError> run(const ValidateOptions &options);

private:
  void functions();
  void tags();
  void tables();
  void memories();
  void globals();
  void tableInitializers();
  void exports();
  void start();
  void elems();
  void elements(const ElemSegment &segment);
  void datas();
  void bodies(const ValidateOptions &options);
  void nameFunction(uint32_t body, ReadError &error) const;

  /// Initializers declare functions, so each is looked into.
  void constant(Expression expression, ValType type, uint32_t visible) {
    std::optional<ReadError> found =
        expressions.constant(expression, type, visible, context.declared);
    if (!error)
      error = found;
  }
  /// Puts the error of one item to the others.
  void next() {
    if (error && errors.size() < limit)
      errors.push_back(*error);
    error.reset();
  }
  bool functionType(uint32_t index, uint64_t at, const char *what);
  bool existingType(ValType type, uint64_t at);
  bool exists(ExternKind kind, uint32_t index, uint64_t at, const Twine &who);
  bool fail(Rule rule, uint64_t at, const Twine &message) {
    if (!error)
      error = ReadError{rule, at, message.str()};
    return false;
  }

  const ModuleView &view;
  ModuleContext context;
  FunctionValidator expressions;
  /// The error of the item that is being checked, and those of others.
  std::optional<ReadError> error;
  std::vector<ReadError> errors;
  size_t limit;
};
} // namespace

std::vector<ReadError> ModuleValidator::run(const ValidateOptions &options) {
  if (std::optional<ReadError> found = context.types.build(view))
    return {*found};
  using Step = void (ModuleValidator::*)();
  // The index spaces, on which all else depends.
  for (Step step :
       {&ModuleValidator::functions, &ModuleValidator::tags,
        &ModuleValidator::tables, &ModuleValidator::memories,
        &ModuleValidator::globals, &ModuleValidator::tableInitializers}) {
    (this->*step)();
    if (error)
      return {*error};
  }
  // Bodies come last: they need what all others declare.
  for (Step step : {&ModuleValidator::exports, &ModuleValidator::start,
                    &ModuleValidator::elems, &ModuleValidator::datas}) {
    (this->*step)();
    next();
  }
  if (options.declared)
    *options.declared = context.declared;
  if (options.bodies && errors.size() < limit)
    bodies(options);
  return std::move(errors);
}

//===----------------------------------------------------------------------===//
// Definitions
//===----------------------------------------------------------------------===//

bool ModuleValidator::functionType(uint32_t index, uint64_t at,
                                   const char *what) {
  if (index >= context.types.size())
    return fail(Rule::index_bounds, at,
                "core type index " + Twine(index) + " is out of bounds, " +
                    Twine(context.types.size()) + " are defined");
  return context.types[index].kind == SubType::Func ||
         fail(Rule::type_kind, at,
              Twine(what) + " has a function type, type " + Twine(index) +
                  " is another kind");
}

bool ModuleValidator::existingType(ValType type, uint64_t at) {
  return context.types.exists(type) ||
         fail(Rule::index_bounds, at,
              "core type index " + type.heap().str() + " is out of bounds, " +
                  Twine(context.types.size()) + " are defined");
}

bool ModuleValidator::exists(ExternKind kind, uint32_t index, uint64_t at,
                             const Twine &who) {
  uint32_t count = view.count(kind);
  return index < count || fail(Rule::index_bounds, at,
                               who + " has index " + Twine(index) + ", " +
                                   Twine(count) + " are defined");
}

void ModuleValidator::functions() {
  for (const FunctionDef &def : view.functions) {
    if (!functionType(def.type, def.at, "a function"))
      return;
    context.functions.push_back(context.types.canonical(def.type));
  }
  context.declared.resize(view.functions.size());
}

void ModuleValidator::tags() {
  for (const TagDef &def : view.tags) {
    if (!functionType(def.type, def.at, "a tag"))
      return;
    context.tags.push_back(context.types.canonical(def.type));
  }
}

void ModuleValidator::tables() {
  for (const TableDef &def : view.tables) {
    if (!existingType(def.element, def.at))
      return;
    if (!error)
      error = checkLimits(def.limits, /*isMemory=*/false);
    context.tables.push_back(context.types.canonical(def.element));
  }
}

void ModuleValidator::memories() {
  for (const Limits &memory : view.memories)
    if (!error)
      error = checkLimits(memory, /*isMemory=*/true);
}

void ModuleValidator::globals() {
  for (auto [index, def] : llvm::enumerate(view.globals)) {
    if (!existingType(def.type, def.at))
      return;
    ValType type = context.types.canonical(def.type);
    if (index >= view.imported[unsigned(ExternKind::Global)])
      constant(def.init, type, index);
    context.globals.push_back(type);
  }
}

/// A table without an initializer is filled with nulls. Initializers see
/// imported globals only, for tables stand before globals.
void ModuleValidator::tableInitializers() {
  uint32_t imported = view.imported[unsigned(ExternKind::Table)];
  for (uint32_t i = imported; i < view.tables.size() && !error; ++i) {
    const TableDef &def = view.tables[i];
    if (!def.init.empty())
      constant(def.init, context.tables[i],
               view.imported[unsigned(ExternKind::Global)]);
    else if (!def.element.isDefaultable())
      fail(Rule::default_value, def.at,
           "a table of " + def.element.str() + " has an initial value");
  }
}

void ModuleValidator::exports() {
  llvm::StringSet<> names;
  for (const ExportDef &def : view.exports) {
    if (!exists(def.kind, def.index, def.at, "export " + quoted(def.name)))
      next();
    else if (def.kind == ExternKind::Function)
      context.declared.set(def.index);
    if (!names.insert(def.name).second)
      fail(Rule::duplicate_name, def.at,
           "two exports have the name " + quoted(def.name));
    next();
  }
}

void ModuleValidator::start() {
  if (!view.start || !exists(ExternKind::Function, *view.start, view.startAt,
                             "the start function"))
    return;
  const SubType &type = context.functionType(*view.start);
  if (!type.params.empty() || !type.results.empty())
    fail(Rule::start_function, view.startAt,
         "the start function has no parameters and results, found " +
             Twine(type.params.size()) + " and " + Twine(type.results.size()));
}

//===----------------------------------------------------------------------===//
// Segments
//===----------------------------------------------------------------------===//

void ModuleValidator::elems() {
  for (const ElemSegment &segment : view.elems) {
    if (!existingType(segment.type, segment.at)) {
      context.elems.emplace_back(); // of any type
      next();
      continue;
    }
    context.elems.push_back(context.types.canonical(segment.type));
    ValType type = context.elems.back();
    if (segment.mode == SegmentMode::Active &&
        exists(ExternKind::Table, segment.table, segment.at,
               "the table of a segment")) {
      ValType table = context.tables[segment.table];
      if (!context.types.matches(type, table))
        fail(Rule::operand_type, segment.at,
             "a segment of " + type.str() + " does not fill a table of " +
                 table.str());
      constant(segment.offset, view.tables[segment.table].limits.addressType(),
               view.globals.size());
    }
    elements(segment);
    next();
  }
}

void ModuleValidator::elements(const ElemSegment &segment) {
  ByteReader in = view.reader(segment.elements);
  ValType type = context.elems.back();
  while (!in.atEnd()) {
    uint64_t at = in.offset();
    if (segment.hasExpressions) {
      constant(readExpression(in), type, view.globals.size());
      continue;
    }
    uint32_t function = in.u32("function index");
    if (exists(ExternKind::Function, function, at, "an element"))
      context.declared.set(function);
  }
}

void ModuleValidator::datas() {
  for (const DataSegment &segment : view.datas) {
    if (segment.mode != SegmentMode::Active)
      continue;
    if (exists(ExternKind::Memory, segment.memory, segment.at,
               "the memory of a segment"))
      constant(segment.offset, view.memories[segment.memory].addressType(),
               view.globals.size());
    next();
  }
}

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

void ModuleValidator::bodies(const ValidateOptions &options) {
  // Threads take bodies by turns, a few at a time. Bodies that stand behind as
  // many bad ones as are wanted are of no interest.
  static constexpr size_t batch = 64;
  size_t count = view.bodies.size(), wanted = limit - errors.size();
  std::atomic<size_t> next = 0, end = count;
  std::mutex mutex;
  std::map<size_t, ReadError> bad; // by body, at most as many as are wanted
  auto work = [&] {
    FunctionValidator validator(context);
    for (size_t from; (from = next.fetch_add(batch)) < count;)
      for (size_t i = from, to = std::min(from + batch, count);
           i < to && i < end; ++i) {
        if (options.only && !options.only->test(i))
          continue;
        std::optional<ReadError> found = validator.body(i);
        if (!found)
          continue;
        std::lock_guard<std::mutex> lock(mutex);
        bad.emplace(i, *found);
        if (bad.size() > wanted)
          bad.erase(std::prev(bad.end()));
        if (bad.size() == wanted)
          end = bad.rbegin()->first;
      }
  };
  // What is one batch is not worth a thread.
  if (options.threads <= 1 || count <= batch) {
    work();
  } else {
    llvm::DefaultThreadPool pool(llvm::hardware_concurrency(options.threads));
    for (unsigned i = 0; i < options.threads; ++i)
      pool.async(work);
    pool.wait();
  }
  for (auto &[body, found] : bad) {
    nameFunction(body, found);
    errors.push_back(found);
  }
}

void ModuleValidator::nameFunction(uint32_t body, ReadError &error) const {
  uint32_t index = view.imported[unsigned(ExternKind::Function)] + body;
  error.message += ", in function " + std::to_string(index);
  llvm::StringRef name = view.functionName(index);
  if (!name.empty())
    error.message += " " + quoted(name);
}

std::optional<ReadError> core::validateModule(const ModuleView &view,
                                              const ValidateOptions &options) {
  std::vector<ReadError> errors = findErrors(view, options);
  return errors.empty() ? std::nullopt : std::optional(errors.front());
}

std::vector<ReadError> core::findErrors(const ModuleView &view,
                                        const ValidateOptions &options) {
  return ModuleValidator(view, options.limit).run(options);
}
