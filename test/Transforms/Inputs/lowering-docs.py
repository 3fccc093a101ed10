#===- lowering-docs.py - examples of docs/Lowering.md, run ---------------===#
#
# Part of the Meld project, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#===----------------------------------------------------------------------===#
#
#     lowering-docs.py Lowering.md meld-opt
#
# An input stands behind `<!-- example: NAME -->`, what passes print for it,
# without what they leave as it was, behind `<!-- after: NAME -->`. The remarks
# that the page quotes have to be among those that are made.
#
#===----------------------------------------------------------------------===#

import re
import subprocess
import sys

page, tool = open(sys.argv[1]).read(), sys.argv[2]
blocks = dict(re.findall(r"<!-- (\w+: \w+) -->\n```mlir\n(.*?)```", page, re.S))
listening = ["--remarks-filter=lower-.*", "--remark-format=emitRemark"]

# After what, from which example, by which passes.
runs = [
    ("calls", "calls", ["--lower-calls"]),
    ("values", "calls", ["--lower-calls", "--lower-values"]),
    ("resources", "resources", ["--lower-resources"]),
]


def lines(text):
    return [line.strip() for line in text.strip().split("\n")]


def run(example, passes):
    done = subprocess.run([tool, *passes, *listening], input=blocks["example: " + example],
                          capture_output=True, text=True, check=True)
    return lines(done.stdout), done.stderr


heard = ""
for name, example, passes in runs:
    made, remarks = run(example, passes)
    heard += remarks
    wanted = lines(blocks["after: " + name])
    if not any(made[i:i + len(wanted)] == wanted for i in range(len(made))):
        sys.exit(f"{name}: {' '.join(passes)} makes\n" + "\n".join(made))

for remark in re.findall(r"^remark: \S+: (.*)$", page, re.M):
    if remark not in heard:
        sys.exit(f"no such remark: {remark}\namong\n{heard}")
