//===- Explain.cpp - what remarks say of adapters ---------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Explain.h"

#include "meld/Dialect/Component/IR/TypeLength.h"
#include "meld/Support/Limits.h"
#include "meld/Support/Names.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace meld;
using namespace meld::adapters;
using namespace meld::component;

/// Types longer than this are cut: a remark is read by people.
static constexpr size_t longestType = 80;

std::string meld::adapters::describeType(Type type) {
  if (measureText(type, limits::printedType) >= limits::printedType)
    return "a type too large to print";
  std::string text;
  llvm::raw_string_ostream(text) << type;
  StringRef rest = text;
  rest.consume_front("!component.");
  return escapeText(rest.take_front(longestType)) +
         (rest.size() > longestType ? "..." : "");
}

static std::string nameOf(const Side &side) {
  if (side.waits)
    return "the staging area";
  return side.instance ? quoted(side.instance.getValue()) : "the host";
}

static std::string describeRoute(const Route &route) {
  return " from " + nameOf(route.from) + " to " + nameOf(route.to);
}

//===----------------------------------------------------------------------===//
// Lists
//===----------------------------------------------------------------------===//

/// Why bytes of `type` may not be copied; nothing where they may. The first
/// field or case that forbids it is named.
static std::string whyNotCopied(Layout &layout, Type type) {
  if (layout.isPlain(type))
    return "";
  auto words =
      llvm::TypeSwitch<Type, StringRef>(type)
          .Case([](BoolType) { return "`bool` becomes 0 or 1"; })
          .Case([](CharType) { return "`char` is checked"; })
          .Case([](FlagsType) { return "bits without a flag are cleared"; })
          .Case<OwnType, BorrowType, StreamType, FutureType>([](auto) {
            return "a handle has another index in each instance";
          })
          .Default([](Type) { return ""; });
  if (!words.empty())
    return words.str();
  Shape shape = getShape(type);
  if (shape.kind == Shape::pair)
    return shape.element ? "it holds a list, which is allocated anew"
                         : "it holds a string, which is allocated anew";
  if (shape.kind == Shape::cases)
    return "the case of `" + describeType(type) + "` is checked";
  for (Type field : shape.types)
    if (std::string why = whyNotCopied(layout, field); !why.empty())
      return why;
  return "between fields there is padding, which does not cross";
}

std::string meld::adapters::explainList(Layout &layout, const Route &route,
                                        Type element) {
  std::string list =
      "list<" + describeType(element) + ">" + describeRoute(route);
  std::string why = whyNotCopied(layout, element);
  if (why.empty())
    return list + ": one memory.copy; so is every list of elements of " +
           std::to_string(layout.getSize(element)) +
           (layout.getSize(element) == 1 ? " byte aligned to "
                                         : " bytes aligned to ") +
           std::to_string(layout.getAlignment(element));
  return list + ": element by element, because " + why;
}

//===----------------------------------------------------------------------===//
// Strings
//===----------------------------------------------------------------------===//

std::string meld::adapters::explainString(const Route &route,
                                          const Style &style) {
  using Encoding = StringEncoding;
  Encoding from = route.from.encoding, to = route.to.encoding;
  std::string text =
      ("string" + describeRoute(route) + ", " + stringifyStringEncoding(from) +
       " to " + stringifyStringEncoding(to) + ": ")
          .str();
  std::string atOnce = style.vectors ? "16 bytes at once, in vectors"
                                     : "eight bytes at once, because vectors "
                                       "are off: no guest has values of type "
                                       "v128, or `simd=off`";
  if (from == to && from != Encoding::latin1_utf16)
    return text + "checked, then one memory.copy; ASCII is checked " + atOnce;
  if (from == to)
    return text +
           "Latin-1 by one memory.copy; UTF-16 is copied, and narrowed "
           "where it fits; ASCII " +
           atOnce;
  if (from == Encoding::utf8)
    return text + "checked, then transcoded; ASCII " + atOnce;
  return text + "transcoded; ASCII " + atOnce;
}

//===----------------------------------------------------------------------===//
// Other functions
//===----------------------------------------------------------------------===//

std::string meld::adapters::explainAllocate(const Side &side, bool canLeave,
                                            bool usesContext) {
  std::string text = "realloc " + quoted(side.realloc.getValue()) + " of " +
                     nameOf(side) + " is called through a function: ";
  if (canLeave)
    text += "the instance has a way out, which is shut meanwhile "
            "(cannot-leave does not hold)";
  if (canLeave && usesContext)
    text += "; ";
  if (usesContext)
    text += "it uses context slots, which are fresh for it (no-context does "
            "not hold)";
  return text;
}

std::string meld::adapters::explainPart(const Route &route, Type type,
                                        unsigned weight, unsigned limit) {
  return "`" + describeType(type) + "`" + describeRoute(route) +
         ": a function of its own, because it has " +
         (weight >= maxWeight ? std::string("1000 parts or more")
                              : std::to_string(weight) + " parts") +
         ", more than " + std::to_string(limit);
}
