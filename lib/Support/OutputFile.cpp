//===- OutputFile.cpp - where tools write -----------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "meld/Support/OutputFile.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Signals.h"

#include <unistd.h>

using namespace meld;
using llvm::Error;
using llvm::raw_ostream;
using llvm::StringRef;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

/// As many links as Linux follows.
static constexpr unsigned maxLinks = 40;

bool meld::isSameFile(StringRef a, StringRef b) { return fs::equivalent(a, b); }

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

/// What the links that `file` names lead to, which need not be there.
static std::string followLinks(StringRef file) {
  llvm::SmallString<256> place = file;
  for (unsigned i = 0; i < maxLinks; ++i) {
    char target[4096];
    ssize_t length = ::readlink(place.c_str(), target, sizeof(target));
    if (length < 0)
      break;
    StringRef next(target, length);
    if (path::is_absolute(next))
      place.clear();
    else
      path::remove_filename(place);
    path::append(place, next);
  }
  return place.str().str();
}

/// Whether something is there that is no file to be replaced: a device, a pipe.
static bool isWrittenTo(StringRef file) {
  fs::file_status status;
  return !fs::status(file, status) && fs::exists(status) &&
         !fs::is_regular_file(status);
}

/// Where `file` is written aside.
static std::string nameAside(StringRef place) {
  return (place + ".%%%%%%").str();
}

/// Puts `aside` where `place` is, with the permissions of what was there.
static std::error_code moveTo(StringRef place, StringRef aside) {
  if (auto old = fs::getPermissions(place))
    if (std::error_code error = fs::setPermissions(aside, *old))
      return error;
  return fs::rename(aside, place);
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

/// Opens `file` and writes `bytes` to it.
static std::error_code writeBytes(StringRef file, StringRef bytes) {
  std::error_code error;
  llvm::raw_fd_ostream os(file, error);
  if (error)
    return error;
  os << bytes;
  os.flush();
  error = os.error();
  os.clear_error();
  return error;
}

static Error failAt(StringRef file, std::error_code error) {
  return error ? llvm::createFileError(file, error) : Error::success();
}

Error meld::writeOutputFile(StringRef file,
                            llvm::function_ref<Error(raw_ostream &)> write) {
  std::string place = followLinks(file);
  llvm::SmallString<256> aside;
  int descriptor;
  if (file == "-" || isWrittenTo(file) ||
      fs::createUniqueFile(nameAside(place), descriptor, aside)) {
    llvm::SmallString<0> bytes;
    llvm::raw_svector_ostream os(bytes);
    if (Error error = write(os))
      return error;
    return failAt(file, writeBytes(file, bytes));
  }
  llvm::sys::RemoveFileOnSignal(aside);
  llvm::scope_exit forget([&] {
    fs::remove(aside); // if all is well it is gone already
    llvm::sys::DontRemoveFileOnSignal(aside);
  });
  llvm::raw_fd_ostream os(descriptor, /*shouldClose=*/true);
  Error failed = write(os);
  os.close();
  std::error_code error = os.error();
  os.clear_error();
  if (failed)
    return failed;
  return failAt(file, error ? error : moveTo(place, aside));
}

//===----------------------------------------------------------------------===//
// The output of MLIR's tools
//===----------------------------------------------------------------------===//

/// The word of `-o FILE` or `-o=FILE` that has the FILE, and where it begins.
static std::pair<size_t, size_t> findOutput(const std::vector<char *> &words) {
  for (size_t i = 1; i < words.size(); ++i) {
    StringRef word = words[i];
    if ((word == "-o" || word == "--o") && i + 1 < words.size())
      return {i + 1, 0};
    if (word.starts_with("-o=") || word.starts_with("--o="))
      return {i, word.find('=') + 1};
  }
  return {0, 0};
}

/// A name for what will go to `place`. Nothing is made: a tool may end by
/// itself before it opens its output. Empty where there is no room beside the
/// output.
static std::string chooseAside(StringRef output, StringRef place) {
  bool isElsewhere = isWrittenTo(output);
  StringRef folder = path::parent_path(place);
  if (!isElsewhere &&
      fs::access(folder.empty() ? "." : folder, fs::AccessMode::Write))
    return "";
  llvm::SmallString<256> unique;
  fs::createUniquePath(isElsewhere ? "meld-%%%%%%" : nameAside(place), unique,
                       /*MakeAbsolute=*/isElsewhere);
  return unique.str().str();
}

OutputAside::OutputAside(int argc, char **argv) : words(argv, argv + argc) {
  size_t begin;
  std::tie(index, begin) = findOutput(words);
  output = index ? StringRef(words[index]).drop_front(begin) : "-";
  if (output == "-" || output.empty())
    return;
  place = followLinks(output);
  aside = chooseAside(output, place);
  if (aside.empty())
    return; // the tool says why it cannot write there
  option = StringRef(words[index]).take_front(begin).str() + aside;
  words[index] = option.data();
}

bool OutputAside::isInput() const {
  for (size_t i = 1; i < words.size(); ++i)
    if (i != index && words[i][0] != '-' && isSameFile(words[i], output)) {
      llvm::errs() << path::filename(words[0]) << ": error: -o names the input "
                   << words[i] << ", which the output would overwrite\n";
      return true;
    }
  return false;
}

/// Puts what stands in `aside` where it goes.
static std::error_code finishOutput(StringRef output, StringRef place,
                                    StringRef aside) {
  if (!isWrittenTo(output))
    return moveTo(place, aside);
  auto bytes = llvm::MemoryBuffer::getFile(aside);
  return bytes ? writeBytes(output, (*bytes)->getBuffer()) : bytes.getError();
}

int OutputAside::finish(int status) {
  if (aside.empty() || !fs::exists(aside))
    return status;
  if (status == 0)
    if (std::error_code error = finishOutput(output, place, aside)) {
      llvm::errs() << output << ": " << error.message() << '\n';
      status = 1;
    }
  fs::remove(aside);
  return status;
}
