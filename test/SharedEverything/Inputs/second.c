// A user of both; it calls through the table what another module put there.
typedef int (*operation)(int);
extern int library_count;
extern int library_calls(int x);
extern int library_apply(int x);
extern int first_work(int x);
extern int *first_count;
extern operation first_add;

static volatile operation work[] = {first_work, library_apply};

int compute(int x) {
  int sum = 0;
  for (int i = 0; i < 2; i++)
    sum += work[i](x);                                      // 140 + x + 9, 3 * x
  if (first_count != &library_count || *first_count != library_count)
    return -1;
  return sum * 10000 + first_add(x) * 10 + library_calls(x); // 140 + 2 * x, 2
}
