extern int sum(int n);

int scale(int x) { return x * 3; }

__attribute__((export_name("other"))) int other(int x) {
  int y = x + 1;
  return sum(y) + scale(y);
}

#line 100
int unused(int x) {
  int y = x * x;
  while (y > 3)
    y = y / 3 - x;
  return y - 7;
}
