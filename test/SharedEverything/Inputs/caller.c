// A component of its own, which calls the shared modules.
__attribute__((import_module("$root"), import_name("compute"))) int compute(int x);
__attribute__((export_name("run"))) int run(int x) { return compute(x) + 1; }
