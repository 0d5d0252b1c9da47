export { openText } from './action-words.ts';
