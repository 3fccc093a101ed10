//===- command.c - a WASI command in C --------------------------*- C -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===--------------------------------------------------------------------===//

#include "strings.h"

typedef struct {
  String *data;
  u32 size;
} Strings;
typedef struct {
  struct {
    String name, value;
  } *data;
  u32 size;
} Variables;
typedef struct {
  u8 isError, padding[3], tag, padding2[3];
  u32 error;
} Written;

IMPORT("wasi:cli/environment@0.2.0", "get-arguments")
void getArguments(Strings *result);
IMPORT("wasi:cli/environment@0.2.0", "get-environment")
void getEnvironment(Variables *result);
IMPORT("wasi:cli/stdout@0.2.0", "get-stdout") u32 getStdout(void);
IMPORT("wasi:io/streams@0.2.0",
       "[method]output-stream.blocking-write-and-flush")
void writeAndFlush(u32 stream, u8 *data, u32 size, Written *result);
IMPORT("wasi:io/streams@0.2.0", "[resource-drop]output-stream")
void dropStream(u32 stream);
IMPORT("wasi:io/error@0.2.0", "[resource-drop]error") void dropError(u32 error);

static u32 failures;

static void writeLine(u32 out, String line) {
  String text = joined(line, (String){(u8 *)"\n", 1});
  Written written = {0};
  writeAndFlush(out, text.data, text.size, &written);
  failures += written.isError;
  if (written.isError && !written.tag)
    dropError(written.error);
}

static int isFail(String text) {
  return text.size == 4 && text.data[0] == 'f' && text.data[1] == 'a' &&
         text.data[2] == 'i' && text.data[3] == 'l';
}

/// 0 is ok, 1 an error.
EXPORT("wasi:cli/run@0.2.0#run") u32 run(void) {
  Strings arguments;
  getArguments(&arguments);
  Variables variables;
  getEnvironment(&variables);
  u32 out = getStdout();
  for (u32 i = 1; i < arguments.size; i++)
    writeLine(out, arguments.data[i]);
  for (u32 i = 0; i < variables.size; i++)
    writeLine(out,
              joined(joined(variables.data[i].name, (String){(u8 *)"=", 1}),
                     variables.data[i].value));
  dropStream(out);
  int fails = arguments.size > 1 && isFail(arguments.data[1]);
  used = 0;
  return failures || fails;
}
