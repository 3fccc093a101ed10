//===- run.cpp - What a process costs ---------------------------*- C++ -*-===//
//
// Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// bench-run SECONDS COMMAND...: runs the command without output, at most that
// long on processors, and prints its exit status (null if it was stopped),
// seconds of the clock and on processors, and the largest resident set in
// bytes, as JSON. (A shell's `time` has no memory; a script that starts the
// command itself is counted with it.)
//
//===----------------------------------------------------------------------===//

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double seconds(timeval time) {
  return double(time.tv_sec) + double(time.tv_usec) * 1e-6;
}

int main(int argc, char **argv) {
  if (argc < 3)
    return fputs("usage: bench-run SECONDS COMMAND...\n", stderr), 1;
  rlim_t bound = atoi(argv[1]);
  using Clock = std::chrono::steady_clock;
  Clock::time_point start = Clock::now();
  pid_t child = fork();
  if (child == 0) {
    int sink = open("/dev/null", O_WRONLY);
    dup2(sink, 1);
    dup2(sink, 2);
    rlimit limit = {bound, bound};
    setrlimit(RLIMIT_CPU, &limit);
    execvp(argv[2], argv + 2);
    _exit(127);
  }
  int status = -1;
  rusage usage = {};
  if (child < 0 || wait4(child, &status, 0, &usage) < 0)
    return perror("bench-run"), 1;
  double wall = std::chrono::duration<double>(Clock::now() - start).count();
  bool isStopped = WIFSIGNALED(status) &&
                   (WTERMSIG(status) == SIGKILL || WTERMSIG(status) == SIGXCPU);
  char ended[16] = "null";
  if (!isStopped)
    snprintf(ended, sizeof ended, "%d",
             WIFEXITED(status) ? WEXITSTATUS(status) : -1);
  printf("{\"status\": %s, \"wall\": %.6f, \"processor\": %.6f, \"peak\": "
         "%ld}\n",
         ended, wall, seconds(usage.ru_utime) + seconds(usage.ru_stime),
         usage.ru_maxrss * 1024);
}
