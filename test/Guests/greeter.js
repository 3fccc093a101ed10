// The JavaScript guest: implements test:guests/greet.
export const greet = {
  hello: ({ name, tags }) => `Hello, ${name}! [${tags.join('|')}]`,
  sum: (xs) => Array.from(xs).reduce((sum, x) => sum + x, 0),
  // In WIT's JavaScript bindings a result that is an error is thrown.
  swap(r) {
    if (r.tag === 'err') return r.val;
    throw Object.assign(new Error('swapped'), { payload: r.val });
  },
};
