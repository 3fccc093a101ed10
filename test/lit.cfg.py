"""lit: every .mlir, .wat and .test file below test/ is a test.

Substitutions beside lit's own:
  %meld_src   root of the sources        %node    the Node that ./dev installs
Tools come by PATH: Meld's from the build folder, FileCheck, not, split-file
from LLVM, wat2wasm, wasm-validate, wasm-objdump from wabt.
"""

import os

import lit.formats
from lit.llvm import llvm_config

config.name = "Meld"
config.test_format = lit.formats.ShTest(not llvm_config.use_lit_shell)
config.suffixes = [".mlir", ".wat", ".test"]
config.excludes = ["CMakeLists.txt", "Inputs", "Installed"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.meld_obj_root, "test")

meld_tools = os.path.join(config.meld_obj_root, "bin")
llvm_config.with_environment("PATH", config.llvm_tools_dir, append_path=True)
llvm_config.with_environment("PATH", meld_tools, append_path=True)
llvm_config.add_tool_substitutions(
    ["meld-opt", "meld-translate", "FileCheck", "not", "split-file"],
    [meld_tools, config.llvm_tools_dir],
)
config.substitutions.append(("%meld_src", config.meld_src_root))

# Tests that run the output need Node, which `./dev setup` puts here.
node = os.path.join(config.meld_src_root, "node_modules", ".bin", "node")
config.substitutions.append(("%node", node))
if os.path.exists(node):
    config.available_features.add("node")
