//===- ValidateValues.cpp - Values and start --------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Values are linear: each is consumed once, by an export, an argument or
// `start`. Every `use` of a value is one of those, so they are counted there.
//
//===----------------------------------------------------------------------===//

#include "Validator.h"
#include "meld/Support/Literals.h"
#include "meld/Support/Rules.h"

using namespace meld;
using namespace meld::validation;
using binary::Definition;
using binary::DefinitionKind;
using llvm::Twine;

namespace {
/// A type for `LiteralReader`.
class LiteralType {
public:
  explicit LiteralType(const Type *type) : type(type) {}

  LiteralKind kind() const {
    // In the order of TypeKind.
    static constexpr LiteralKind kinds[] = {
        LiteralKind::None,  LiteralKind::Record, LiteralKind::Variant,
        LiteralKind::List,  LiteralKind::None,   LiteralKind::Tuple,
        LiteralKind::Flags, LiteralKind::Enum,   LiteralKind::Option,
        LiteralKind::Result};
    if (type->kind == TypeKind::Primitive)
      return literalKindOf(type->primitive);
    return type->kind <= TypeKind::Result ? kinds[unsigned(type->kind)]
                                          : LiteralKind::None;
  }
  size_t size() const {
    return type->labels.empty() ? type->parts.size() : type->labels.size();
  }
  llvm::StringRef label(size_t i) const { return type->labels[i]; }
  std::optional<LiteralType> part(size_t i) const {
    if (i >= type->parts.size() || !type->parts[i])
      return std::nullopt;
    return LiteralType(type->parts[i]);
  }

private:
  const Type *type;
};
} // namespace

/// Checks that the bytes of a value definition are a value of its type.
void Validator::checkLiteral(const Definition &def, const Type *type) {
  ByteReader in(def.bytes, def.bytes.data() - view.bytes.data());
  LiteralVisitor nobody;
  LiteralReader(in, nobody).read(LiteralType(type));
  if (const std::optional<ReadError> &found = in.error())
    error(found->rule == Rule::input_limit ? found->rule : Rule::value_literal,
          found->offset,
          "a value has the type that stands before it: " + found->message);
  else if (!in.atEnd())
    error(
        Rule::value_literal, in.offset(),
        "a value has the type that stands before it: " + Twine(in.remaining()) +
            " bytes more than a value of " + describe(type) + " needs");
}

/// A value definition, `start`, or a custom section, which defines nothing.
void Validator::valueOrStart(const Definition &def) {
  Entity entity{Sort::Value};
  bool isUnknown = false;
  if (def.valueType)
    entity.type = part(def.valueType, isUnknown);
  if (def.valueType && entity.type)
    checkLiteral(def, entity.type);
  if (def.kind == DefinitionKind::Start)
    entity.type = start(def);
  std::vector<Entity> &values = level->space(Sort::Value);
  values.insert(values.end(), def.count, entity);
  level->valueOffsets.resize(values.size(), def.offset);
}

/// The type of the result, if it is known.
const Type *Validator::start(const Definition &def) {
  const Type *type = use(Sort::Func, def.index).type;
  llvm::SmallVector<Entity> given;
  for (const binary::Argument &argument : def.arguments)
    given.push_back(use(Sort::Value, argument.index));
  if (!type)
    return nullptr;
  llvm::ArrayRef<const Type *> wanted = type->parameters();
  if (given.size() != wanted.size())
    error(Rule::start_arguments, def.offset,
          "the function has " + Twine(wanted.size()) +
              " parameters, `start` gives " + Twine(given.size()) +
              " arguments");
  for (auto [argument, entity, parameter] :
       llvm::zip(def.arguments, given, wanted)) {
    if (!entity.type || !parameter)
      continue;
    std::string why = subtyping.difference(entity.type, parameter);
    if (!why.empty())
      error(Rule::start_arguments, argument.offset,
            "an argument of `start` has the type of its parameter: " + why);
  }
  uint32_t results = type->result() ? 1 : 0;
  if (def.count != results)
    error(Rule::start_results, def.offset,
          "the function has " + Twine(results) + " results, `start` has " +
              Twine(def.count));
  return type->result();
}

/// At the end of a component: what became of its values.
void Validator::checkValues() {
  for (auto [value, offset] : llvm::enumerate(level->valueOffsets)) {
    uint32_t uses = level->valueUses.lookup(value);
    if (uses != 1)
      error(Rule::value_use, offset,
            "a value is consumed once, value " + Twine(value) +
                " is consumed " + Twine(uses) + " times");
  }
}
