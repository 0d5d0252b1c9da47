/** Nothing listens there: streams have tests of their own. */
export const nowhere = 'ws://127.0.0.1:9';
