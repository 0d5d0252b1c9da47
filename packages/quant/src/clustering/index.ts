export { cutTree } from './cut-tree.ts';
export { leafOrder, leavesBelow } from './leaf-order.ts';
export { condensedPlace, type Linkage, type LinkageMethod, linkage } from './linkage.ts';
export { optimalLeafOrder } from './optimal-leaf-order.ts';
export { twoDifferenceGap } from './two-difference-gap.ts';
