static int calls;

__attribute__((noinline)) static int divide(int x, int y) {
  calls += y;
  return x / y;
}

__attribute__((noinline)) int sum(int n) {
  int all = n;
  for (int i = 0; i < n; ++i)
    all += divide(n, i + 1);
  return all;
}

__attribute__((export_name("run"))) int run(int x) {
  struct { int a, b; } pair = {x, calls};
  int all = sum(pair.a);
  return divide(all, x);
}
