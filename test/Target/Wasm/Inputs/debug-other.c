extern int sum(int n);

int scale(int x) { return x * 3; }

__attribute__((export_name("other"))) int other(int x) {
  int y = x + 1;
  return sum(y) + scale(y);
}

int unused(int x) { return x - 7; }
