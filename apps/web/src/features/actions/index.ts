export { openText } from './open-text.ts';
