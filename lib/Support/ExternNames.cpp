//===- ExternNames.cpp - The grammar of import and export names -*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Support/ExternNames.h"
#include "meld/Support/Names.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace meld;
using llvm::ArrayRef;
using llvm::StringRef;
using llvm::Twine;

static bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
static bool isLower(char c) { return c >= 'a' && c <= 'z'; }

/// True when `text` has parts between each `separator`, and `accepts` all.
static bool isSequence(StringRef text, char separator,
                       llvm::function_ref<bool(StringRef)> accepts) {
  for (bool more = true; more;) {
    auto [part, rest] = text.split(separator);
    more = part.size() < text.size();
    if (part.empty() || !accepts(part))
      return false;
    text = rest;
  }
  return true;
}

static bool isWord(StringRef text) {
  return llvm::all_of(text,
                      [](char c) { return isLower(c) || llvm::isDigit(c); });
}

static bool isAcronym(StringRef text) {
  return llvm::all_of(text,
                      [](char c) { return isUpper(c) || llvm::isDigit(c); });
}

bool meld::isLabel(StringRef text) {
  return !text.empty() && llvm::isAlpha(text.front()) &&
         isSequence(text, '-', [](StringRef fragment) {
           return isWord(fragment) || isAcronym(fragment);
         });
}

/// `words`: the namespace and package of an interface name.
static bool isWords(StringRef text) {
  return !text.empty() && isLower(text.front()) &&
         isSequence(text, '-', isWord);
}

//===----------------------------------------------------------------------===//
// Versions
//===----------------------------------------------------------------------===//

static bool isNumber(StringRef text) {
  return !text.empty() && llvm::all_of(text, llvm::isDigit) &&
         (text.size() == 1 || text.front() != '0');
}

static bool isIdentifier(StringRef text) {
  return llvm::all_of(text,
                      [](char c) { return llvm::isAlnum(c) || c == '-'; });
}

/// Numeric identifiers of a pre-release have no leading zeros.
static bool isPreRelease(StringRef text) {
  return isIdentifier(text) &&
         (!llvm::all_of(text, llvm::isDigit) || isNumber(text));
}

bool meld::isSemver(StringRef text) {
  StringRef core = text.take_until([](char c) { return c == '-' || c == '+'; });
  StringRef rest = text.drop_front(core.size());
  if (core.count('.') != 2 || !isSequence(core, '.', isNumber))
    return false;
  auto [preRelease, build] = rest.split('+');
  if (preRelease.consume_front("-") &&
      !isSequence(preRelease, '.', isPreRelease))
    return false;
  return !rest.contains('+') || isSequence(build, '.', isIdentifier);
}

bool meld::isCanonicalVersion(StringRef text) {
  if (text == "0.0.0")
    return true;
  if (!text.consume_front("0.0."))
    text.consume_front("0.");
  return isNumber(text) && text != "0";
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

static std::string notLabel(StringRef text) {
  return quoted(text) + " is not in kebab case";
}

/// `[method]resource.label` and `[static]resource.label`, behind the bracket.
static bool parseMember(StringRef text, ExternName &name, std::string &why) {
  if (!text.contains('.')) {
    why = "wanted a resource and a label, joined by `.`";
    return false;
  }
  std::tie(name.resource, name.label) = text.split('.');
  for (StringRef part : {name.resource, name.label})
    if (!isLabel(part)) {
      why = notLabel(part);
      return false;
    }
  return true;
}

static bool parseInterface(StringRef text, ExternName &name, std::string &why) {
  name.kind = NameKind::Interface;
  std::tie(name.interface, name.version) = text.split('@');
  auto [space, rest] = name.interface.split(':');
  auto [package, projection] = rest.split('/');
  name.label = projection;
  for (StringRef part : {space, package})
    if (!isWords(part)) {
      why = quoted(part) + " is not in kebab case of lower-case letters";
      return false;
    }
  if (!rest.contains('/')) {
    why = "wanted `/` and a label after the package";
    return false;
  }
  if (!isLabel(projection)) {
    why = notLabel(projection);
    return false;
  }
  if (text.contains('@') && !isSemver(name.version) &&
      !isCanonicalVersion(name.version)) {
    why = quoted(name.version) + " is no version like 1.2.3";
    return false;
  }
  return true;
}

static bool parsePlain(StringRef text, ExternName &name, std::string &why) {
  if (text.consume_front("[constructor]")) {
    name.kind = NameKind::Constructor;
    name.resource = text;
  } else if (text.consume_front("[method]")) {
    name.kind = NameKind::Method;
    return parseMember(text, name, why);
  } else if (text.consume_front("[static]")) {
    name.kind = NameKind::Static;
    return parseMember(text, name, why);
  } else {
    name.label = text;
  }
  if (isLabel(text))
    return true;
  why = notLabel(text);
  return false;
}

//===----------------------------------------------------------------------===//
// Names of imports by dependency, URL and hash
//===----------------------------------------------------------------------===//

/// Takes `word=<...>` off the front of `text`; false, with the reason, where it
/// does not end. What `isQuery` may have a range of versions.
static bool takeBrackets(StringRef &text, StringRef word, StringRef &contents,
                         std::string &why, bool isQuery = false) {
  text = text.drop_front(word.size());
  contents = text.take_until([](char c) { return c == '>'; });
  // A range of versions has a `>` of its own: `@{>=1.0.0}`.
  if (StringRef rest = text.drop_front(contents.size());
      isQuery && rest.starts_with(">=") && contents.ends_with("@{"))
    contents = text.take_front(text.find('>', contents.size() + 1));
  text = text.drop_front(contents.size());
  if (text.consume_front(">"))
    return true;
  why = "wanted `>` after " + quoted(contents);
  return false;
}

/// Subresource Integrity: hashes by algorithm, between spaces.
static bool isIntegrity(StringRef text) {
  return isSequence(text, ' ', [](StringRef hash) {
    if (!hash.consume_front("sha256-") && !hash.consume_front("sha384-") &&
        !hash.consume_front("sha512-"))
      return false;
    StringRef digits = hash.take_while(
        [](char c) { return llvm::isAlnum(c) || StringRef("+/").contains(c); });
    StringRef rest = hash.drop_front(digits.size());
    StringRef padding = rest.take_while([](char c) { return c == '='; });
    rest = rest.drop_front(padding.size());
    return !digits.empty() && padding.size() <= 2 &&
           (rest.empty() || rest.front() == '?');
  });
}

static bool parseHash(StringRef text, ExternName &name, std::string &why) {
  if (!text.starts_with("integrity=<")) {
    why = "wanted `integrity=<...>`, found " + quoted(text);
    return false;
  }
  if (!takeBrackets(text, "integrity=<", name.hash, why))
    return false;
  if (!isIntegrity(name.hash))
    why = quoted(name.hash) + " is no hash like sha256-47DEQpj8HBSa";
  else if (!text.empty())
    why = "wanted nothing after the hash, found " + quoted(text);
  else
    return true;
  return false;
}

/// `@*`, `@{>=1.0.0}`, `@{<2.0.0}` or `@{>=1.0.0 <2.0.0}`, behind the `@`.
static bool isVersionRange(StringRef text) {
  if (text == "*")
    return true;
  if (!text.consume_front("{") || !text.consume_back("}"))
    return false;
  auto [lower, upper] = text.split(' ');
  if (text.starts_with("<"))
    std::swap(lower, upper);
  bool both = text.contains(' ');
  bool hasLower = both || text.starts_with(">=");
  bool hasUpper = both || !hasLower;
  return (!hasLower || (lower.consume_front(">=") && isSemver(lower))) &&
         (!hasUpper || (upper.consume_front("<") && isSemver(upper)));
}

static bool parsePackage(StringRef text, bool isQuery, ExternName &name,
                         std::string &why) {
  std::tie(name.interface, name.version) = text.split('@');
  auto [space, package] = name.interface.split(':');
  for (StringRef part : {space, package})
    if (!isWords(part)) {
      why = quoted(part) + " is not in kebab case of lower-case letters";
      return false;
    }
  if (!text.contains('@') ||
      (isQuery ? isVersionRange(name.version) : isSemver(name.version)))
    return true;
  why = quoted(name.version) + (isQuery ? " is no range like {>=1.0.0 <2.0.0}"
                                        : " is no version like 1.2.3");
  return false;
}

/// The name of an import before 2026-08, all of which start with `word=<`.
static bool parseSource(StringRef text, ExternName &name, std::string &why) {
  StringRef contents;
  if (text.starts_with("url=<")) {
    name.kind = NameKind::Url;
    if (!takeBrackets(text, "url=<", name.url, why))
      return false;
    if (llvm::any_of(name.url, [](char c) {
          return c == '<' || uint8_t(c) < 0x20 || c == 0x7f;
        })) {
      why = "a URL has no `<` and no control characters";
      return false;
    }
  } else if (text.starts_with("integrity=<")) {
    name.kind = NameKind::Hash;
    return parseHash(text, name, why);
  } else {
    name.kind = NameKind::Dependency;
    bool isQuery = text.starts_with("unlocked-dep=<");
    StringRef word = isQuery ? "unlocked-dep=<" : "locked-dep=<";
    if (!takeBrackets(text, word, contents, why, isQuery) ||
        !parsePackage(contents, isQuery, name, why))
      return false;
    if (isQuery && !text.empty()) {
      why = "wanted nothing after the range, found " + quoted(text);
      return false;
    }
  }
  if (text.empty())
    return true;
  text.consume_front(",");
  return parseHash(text, name, why);
}

static bool isSource(StringRef text) {
  return llvm::any_of(ArrayRef<StringRef>{"url=<", "integrity=<",
                                          "locked-dep=<", "unlocked-dep=<"},
                      [&](StringRef word) { return text.starts_with(word); });
}

std::optional<ExternName> meld::parseExternName(StringRef text,
                                                std::string &why) {
  ExternName name;
  bool valid = isSource(text)       ? parseSource(text, name, why)
               : text.contains(':') ? parseInterface(text, name, why)
                                    : parsePlain(text, name, why);
  if (!valid)
    return std::nullopt;
  return name;
}

std::string meld::canonicalName(StringRef text) {
  if (isSource(text)) // URLs and hashes are case-sensitive
    return text.str();
  std::string lower = text.lower();
  StringRef rest = lower;
  if (!rest.consume_front("[method]") && !rest.consume_front("[static]"))
    return lower;
  auto [resource, label] = rest.split('.');
  return (resource == label ? label : rest).str();
}
