(module
  (tag $t (param i32))
  (func (export "run") (param i32) (result i32)
    try (result i32)
      try (result i32)
        local.get 0
        throw $t
      delegate 0
    catch $t
    catch_all
      try
        rethrow 1
      catch_all
      end
      i32.const -1
    end))
