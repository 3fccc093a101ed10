wasm.module @declared {
  wasm.export "run" : (i32) -> i32
}
