//===- Names.cpp - Names from the input, made safe to print -----*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Support/Names.h"
#include "meld/Support/Limits.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include <optional>

using namespace meld;
using llvm::StringRef;

namespace {
/// Inclusive ranges of code points that are never printed as they are.
struct Range {
  uint32_t first, last;
};
constexpr Range unsafe[] = {
    {0x0000, 0x001f},   // C0 controls
    {0x007f, 0x009f},   // DEL and C1 controls
    {0x00ad, 0x00ad},   // soft hyphen
    {0x061c, 0x061c},   // Arabic letter mark
    {0x180e, 0x180e},   // Mongolian vowel separator
    {0x200b, 0x200f},   // zero width characters and direction marks
    {0x2028, 0x202e},   // line separators, embeddings and overrides
    {0x2060, 0x206f},   // invisible operators, isolates
    {0xfeff, 0xfeff},   // byte order mark
    {0xfff9, 0xfffb},   // interlinear annotations
    {0xe0000, 0xe0fff}, // tags and variation selectors
};
} // namespace

static bool isUnsafe(uint32_t codePoint) {
  for (Range range : unsafe)
    if (codePoint >= range.first && codePoint <= range.last)
      return true;
  return false;
}

/// Takes the first character off `text`: its code point, or nothing when the
/// first byte starts no valid UTF-8 sequence (then only that byte is taken).
static std::optional<uint32_t> takeCodePoint(StringRef &text,
                                             StringRef &spelling) {
  const auto *begin = reinterpret_cast<const llvm::UTF8 *>(text.data());
  const auto *cursor = begin;
  llvm::UTF32 codePoint = 0;
  llvm::ConversionResult result = llvm::convertUTF8Sequence(
      &cursor, begin + text.size(), &codePoint, llvm::strictConversion);
  size_t length =
      result == llvm::conversionOK ? static_cast<size_t>(cursor - begin) : 1;
  spelling = text.take_front(length);
  text = text.drop_front(length);
  if (result != llvm::conversionOK)
    return std::nullopt;
  return codePoint;
}

static void escapeInto(StringRef text, bool keepLines, bool inQuotes,
                       std::string &out) {
  StringRef spelling;
  while (!text.empty()) {
    std::optional<uint32_t> codePoint = takeCodePoint(text, spelling);
    if (!codePoint)
      out += "\\x" + llvm::toHex(spelling, /*LowerCase=*/true);
    else if (keepLines && *codePoint == '\n')
      out += '\n';
    else if (isUnsafe(*codePoint))
      out += "\\u{" + llvm::utohexstr(*codePoint, /*LowerCase=*/true) + "}";
    else if (inQuotes && (*codePoint == '"' || *codePoint == '\\'))
      (out += '\\') += spelling;
    else
      out += spelling;
  }
}

std::string meld::escapeText(StringRef text, bool keepLines) {
  std::string out;
  escapeInto(text, keepLines, /*inQuotes=*/false, out);
  return out;
}

std::string meld::quoted(StringRef name) {
  StringRef shown = name.take_front(limits::printedName);
  // Never cut inside a character: step back over continuation bytes.
  for (int i = 0; i < 3 && shown.size() < name.size(); ++i)
    if ((name[shown.size()] & 0xc0) == 0x80)
      shown = shown.drop_back();
  std::string out = "\"";
  escapeInto(shown, /*keepLines=*/false, /*inQuotes=*/true, out);
  out += '"';
  if (shown.size() < name.size())
    out += "...";
  return out;
}

std::string meld::withArticle(StringRef noun) {
  bool isVowel = StringRef("aeiou").contains(noun.take_front());
  bool isUnsigned = noun.size() > 1 && llvm::isDigit(noun[1]); // "a u32"
  return ((isVowel && !isUnsigned ? "an " : "a ") + noun).str();
}
