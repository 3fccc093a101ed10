;; the same with `try`
(component
  (core module $lib

    (type (func (param i64 i64)))
    (tag $e (export "e") (param i32))
    (func (export "throw") (param i32) (throw $e (local.get 0))))
  (core module $user

    (type $void (func))
    (import "a" "e" (tag $ea (param i32)))
    (import "b" "e" (tag $eb (param i32)))
    (import "a" "throw" (func $throw-a (param i32)))
    (import "b" "throw" (func $throw-b (param i32)))
    (func $catch (param i32 i32) (result i32)
      try (result i32)
        local.get 1
        (if (param i32) (local.get 0) (then (call $throw-b)) (else (call $throw-a)))
        i32.const 0
      catch $ea
        (i32.add (i32.const 100))
      catch $eb
        (i32.add (i32.const 1000))
      end)
    (func $again (result i32)
      try (result i32)
        try (result i32)
          try
            (call $throw-a (i32.const 7))
          delegate 0
          i32.const 0
        catch_all
          rethrow 0
        end
      catch $ea
      end)
    (func (export "run") (result i32)
      (i32.add (call $again) (i32.add (call $catch (i32.const 0) (i32.const 1)) (call $catch (i32.const 1) (i32.const 2))))))
  (core instance $a (instantiate $lib))
  (core instance $b (instantiate $lib))
  (core instance $u (instantiate $user (with "a" (instance $a)) (with "b" (instance $b))))
  (func (export "run") (result u32) (canon lift (core func $u "run"))))
