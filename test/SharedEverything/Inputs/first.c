// A user that points into the library: its data is relocated at the start.
typedef int (*operation)(int);
extern int library_count;
extern const int library_squares[8];
extern int library_add(int x);
extern void library_register(operation f);

int *first_count = &library_count;
operation first_add = library_add;
const int *first_square = &library_squares[3];

static int triple(int x) { return 3 * x; }
__attribute__((constructor)) static void start(void) { library_register(triple); }

int first_work(int x) {
  *first_count += 100;
  return first_add(x) + *first_square;
}
