#!/bin/sh
# For meld-reduce: status 1 if flattening FILE still fails with `lift-type`.
meld-opt --component-flatten "$1" -o /dev/null 2>&1 | grep -q '\[lift-type\]' && exit 1
exit 0
