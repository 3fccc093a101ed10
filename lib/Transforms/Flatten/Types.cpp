//===- Types.cpp - types, and what an import accepts ------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Within a scope every type is resolved: an imported resource is the resource
// that was given, so equality of types is equality of pointers.
//
//===----------------------------------------------------------------------===//

#include "Flattener.h"
#include "meld/Support/Rules.h"

#include "meld/Support/Limits.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace meld;
using namespace meld::component;
using namespace meld::flatten;

Type Flattener::element(Operation *user, Value operand,
                        std::optional<StringRef> prim, Scope &scope) {
  if (operand)
    return valueType(user, operand, scope);
  return prim ? getPrimitive(builder.getContext(), *prim) : Type();
}

SmallVector<Type> Flattener::elements(Operation *user, OperandRange operands,
                                      ArrayAttr prims, Scope &scope) {
  SmallVector<Type> types;
  auto operand = operands.begin();
  for (StringAttr prim : prims.getAsRange<StringAttr>())
    types.push_back(prim.empty() ? valueType(user, *operand++, scope)
                                 : getPrimitive(builder.getContext(), prim));
  return types;
}

static SmallVector<StringAttr> labels(ArrayAttr names) {
  return llvm::to_vector(names.getAsRange<StringAttr>());
}

/// The value type that `op` defines; null if it defines none.
Type Flattener::valueDefinition(Operation *op, Scope &scope) {
  MLIRContext *context = builder.getContext();
  auto only = [&](auto o) {
    return element(o, o.getElement(), o.getPrim(), scope);
  };
  auto all = [&](auto o) {
    return elements(o, o.getTypes(), o.getPrims(), scope);
  };
  return llvm::TypeSwitch<Operation *, Type>(op)
      .Case(
          [&](TypePrimitiveOp o) { return getPrimitive(context, o.getPrim()); })
      .Case([&](TypeStreamOp o) { return StreamType::get(context, only(o)); })
      .Case([&](TypeFutureOp o) { return FutureType::get(context, only(o)); })
      .Case([&](TypeOptionOp o) { return OptionType::get(context, only(o)); })
      .Case([&](TypeListOp o) {
        return ListType::get(context, only(o), o.getLength().value_or(0));
      })
      .Case([&](TypeMapOp o) {
        Type key = element(o, o.getKey(), o.getKeyPrim(), scope);
        return MapType::get(context, key,
                            element(o, o.getValue(), o.getValuePrim(), scope));
      })
      .Case([&](TypeResultOp o) {
        Type ok = element(o, o.getOk(), o.getOkPrim(), scope);
        return ResultType::get(
            context, ok, element(o, o.getError(), o.getErrorPrim(), scope));
      })
      .Case([&](TypeRecordOp o) {
        return RecordType::get(context, labels(o.getNames()), all(o));
      })
      .Case([&](TypeVariantOp o) {
        return VariantType::get(context, labels(o.getNames()), all(o));
      })
      .Case([&](TypeTupleOp o) { return ValueTupleType::get(context, all(o)); })
      .Case([&](TypeFlagsOp o) {
        return FlagsType::get(context, labels(o.getNames()));
      })
      .Case([&](TypeEnumOp o) {
        return EnumType::get(context, labels(o.getNames()));
      })
      .Case([&](TypeOwnOp o) {
        return OwnType::get(context, resourceType(o, o.getResource(), scope));
      })
      .Case([&](TypeBorrowOp o) {
        return BorrowType::get(context,
                               resourceType(o, o.getResource(), scope));
      })
      .Default(Type());
}

FailureOr<Entity> Flattener::evaluateType(Operation *op, Scope &scope) {
  using Result = FailureOr<Entity>;
  if (Type type = valueDefinition(op, scope))
    return Entity(TypeDefinition{type, {}});
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case([&](TypeFuncOp o) -> Result {
        SmallVector<Type> types =
            elements(o, o.getTypes(), o.getPrims(), scope);
        Type result = o.hasResult() ? types.pop_back_val() : Type();
        auto type = FuncType::get(builder.getContext(), o.getAsync(),
                                  labels(o.getNames()), types, result);
        return Entity(TypeDefinition{type, {}});
      })
      .Case([&](TypeCoreFuncOp o) -> Result {
        return Entity(TypeDefinition{o.getType(), {}});
      })
      .Case([&](TypeResourceOp o) -> Result {
        if (o.getAsync())
          return emitRule(place(o, scope), Rule::flatten_unsupported)
                 << "asynchronous destructor: it is of an older text of the "
                    "specification, and cannot be called yet";
        if (!o.getRep().isInteger(32))
          return emitRule(place(o, scope), Rule::flatten_unsupported)
                 << "resource that i64 stands for: a borrow of it has no core "
                    "type in the specification yet, since i32 is too narrow";
        StringAttr name = symbolFor(o, scope, "resource");
        FlatSymbolRefAttr dtor =
            o.getDtor() ? symbolOf(o.getDtor(), scope) : FlatSymbolRefAttr();
        resources[name] =
            ResourceOp::create(builder, place(o, scope), name, StringAttr(),
                               StringAttr(), scope.instance, dtor);
        return Entity(TypeDefinition{{}, FlatSymbolRefAttr::get(name)});
      })
      .Case<TypeInstanceOp, TypeComponentOp, TypeCoreModuleOp, TypeCoreRecOp>(
          [&](Operation *o) -> Result {
            return Entity(TypeDefinition{{}, {}, o, &scope});
          })
      .Default([&](Operation *o) -> Result {
        return emitRule(place(o, scope), Rule::flatten_unsupported)
               << "definition that cannot be instantiated yet: `"
               << o->getName().getStringRef() << "`";
      });
}

//===----------------------------------------------------------------------===//
// What an import accepts
//===----------------------------------------------------------------------===//

/// The name, type and sort of an import or an export declaration.
namespace {
struct Declaration {
  explicit Declaration(Operation *op) {
    llvm::TypeSwitch<Operation *>(op).Case<ImportOp, ExportDeclOp>([&](auto o) {
      name = o.getName();
      type = o.getType();
      sort = o.getResult().getType();
    });
  }
  StringRef name;
  Value type;
  Type sort;
};
} // namespace

LogicalResult Flattener::match(const Entity &given, Operation *declaration,
                               Scope &scope, Location loc) {
  Declaration wanted(declaration);
  auto mismatch = [&](const Twine &want, const Twine &found) -> LogicalResult {
    RuleDiag diag =
        emitRule(loc, Rule::argument_type)
        << "an argument has the type of its import: " << quoted(wanted.name)
        << " wants " << want.str() << ", found " << found.str();
    diag.attachNote(declaration->getLoc()) << "wanted here";
    if (auto *function = std::get_if<Function>(&given))
      if (Operation *op = SymbolTable::lookupNearestSymbolFrom(
              builder.getInsertionBlock()->getParentOp(), function->symbol))
        diag.attachNote(op->getLoc()) << "given here";
    return diag;
  };
  StringRef sort = getSortKeyword(wanted.sort);
  if (isa<FuncSortType>(wanted.sort)) {
    auto *function = std::get_if<Function>(&given);
    if (!function)
      return mismatch("a function", "another sort");
    FuncType type = functionType(declaration, wanted.type, scope);
    return function->type == type
               ? success()
               : mismatch(printable(type), printable(function->type));
  }
  if (isa<TypeSortType>(wanted.sort)) {
    auto *type = std::get_if<TypeDefinition>(&given);
    if (!type)
      return mismatch("a type", "another sort");
    if (!wanted.type)
      return type->resource ? success()
                            : mismatch("a resource", "another type");
    return *type == get<TypeDefinition>(wanted.type, scope)
               ? success()
               : mismatch("an equal type", "another type");
  }
  if (isa<InstanceSortType>(wanted.sort)) {
    auto *instance = std::get_if<Instance *>(&given);
    if (!instance)
      return mismatch("an instance", "another sort");
    return matchInstance(*instance, declaration, wanted.type, scope,
                         wanted.name, loc);
  }
  if (isa<CoreModuleSortType>(wanted.sort)) {
    auto *module = std::get_if<wasm::ModuleOp>(&given);
    if (!module)
      return mismatch("a core module", "another sort");
    return matchModule(*module, declaration, wanted.type, scope, wanted.name,
                       loc);
  }
  if (isa<ComponentSortType>(wanted.sort) && std::get_if<Closure>(&given))
    return success();
  return mismatch("a `" + sort + "`", "another sort");
}

LogicalResult Flattener::matchInstance(Instance *given, Operation *declaration,
                                       Value type, Scope &scope, StringRef name,
                                       Location loc) {
  auto [instance, typeScope] =
      scopeType<TypeInstanceOp>(declaration, type, "an instance type", scope);
  if (!instance)
    return failure();
  if (!matched.insert({given, instance, typeScope}).second)
    return success();
  Scope &inner = typeScopes.emplace_back();
  inner.outer = typeScope;
  inner.instance = scope.instance;
  for (Operation &op : instance.getBody().front()) {
    auto declared = dyn_cast<ExportDeclOp>(op);
    if (!declared) {
      if (failed(evaluate(&op, inner, nullptr)))
        return failure();
      continue;
    }
    auto found = given->exports.find(declared.getNameAttr());
    if (found == given->exports.end()) {
      RuleDiag diag =
          emitRule(loc, Rule::missing_export)
          << "an argument has each export of its import: " << quoted(name)
          << " wants " << quoted(declared.getName());
      diag.attachNote(op.getLoc()) << "wanted here";
      return diag;
    }
    if (failed(match(found->second, declared, inner, loc)))
      return failure();
    inner.values[declared.getResult()] = found->second;
  }
  return success();
}

/// Both names of a core import as one key.
template <typename Op> static std::string twoLevel(Op import) {
  return import.getModule().str() + '\0' + import.getName().str();
}

LogicalResult Flattener::matchModule(wasm::ModuleOp given,
                                     Operation *declaration, Value type,
                                     Scope &scope, StringRef name,
                                     Location loc) {
  auto wanted = scopeType<TypeCoreModuleOp>(declaration, type,
                                            "a core module type", scope)
                    .first;
  if (!wanted)
    return failure();
  llvm::StringMap<Type> exports;
  for (auto op : given.getOps<wasm::ExportOp>())
    exports[op.getName()] = op.getType();
  for (auto op : wanted.getBody().front().getOps<CoreExportDeclOp>()) {
    auto found = exports.find(op.getName());
    if (found == exports.end() ||
        !wasm::matchesImport(found->second, op.getType())) {
      RuleDiag diag = emitRule(loc, Rule::argument_type)
                      << "a core module has each export of its import: "
                      << quoted(name) << " wants " << quoted(op.getName())
                      << " of type " << wasm::describeType(op.getType());
      diag.attachNote(given.getLoc()) << "the core module";
      return diag;
    }
  }
  llvm::StringMap<Type> imports;
  for (auto op : wanted.getBody().front().getOps<CoreImportDeclOp>())
    imports[twoLevel(op)] = op.getType();
  for (auto op : given.getOps<wasm::ImportOp>()) {
    auto found = imports.find(twoLevel(op));
    if (found == imports.end() ||
        !wasm::matchesImport(found->second, op.getType())) {
      RuleDiag diag =
          emitRule(loc, Rule::argument_type)
          << "a core module imports what its import says: " << quoted(name)
          << " does not give " << quoted(op.getName()) << " of type "
          << wasm::describeType(op.getType());
      diag.attachNote(op.getLoc()) << "imported here";
      return diag;
    }
  }
  return success();
}
