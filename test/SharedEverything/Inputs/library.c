// The library that both users share: data, a registered function, zeroed data.
// What is hidden from the linker is reached through the global offset table.
int library_count = 40;
const int library_squares[8] = {0, 1, 4, 9, 16, 25, 36, 49};
static int calls[100]; // .bss, behind the initialized data

typedef int (*operation)(int);
static operation registered;

int library_add(int x) {
  calls[x % 100]++;
  return library_count += x;
}
int library_calls(int x) { return calls[x % 100]; }
void library_register(operation f) { registered = f; }
int library_apply(int x) { return registered(x); }
