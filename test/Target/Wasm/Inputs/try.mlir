wasm.module @try {
  wasm.import @f "env" "f" : (i32) -> i32
  wasm.func @go(%n: i32) -> i32 {
    %one = wasm.const 1 : i32
    wasm.block %caught {
      wasm.try catch_all %caught {
        %zero = wasm.test eqz %n : i32
        wasm.if %zero {
          %seven = wasm.const 7 : i32
          wasm.return %seven : i32
        }
        %r = wasm.call @f(%n) : (i32) -> i32
        wasm.return %r : i32
      }
    }
    wasm.return %one : i32
  }
  wasm.export "go" @go : (i32) -> i32
}
