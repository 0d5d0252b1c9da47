export { Jobs } from './Jobs.tsx';
