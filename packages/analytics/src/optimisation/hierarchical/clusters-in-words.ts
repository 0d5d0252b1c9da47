import { membersOf } from './hierarchical-equal-risk.ts';

/** `2 clusters: A, B; C.` */
export function clustersInWords(names: readonly string[], clusters: Int32Array): string {
  const members = membersOf(clusters);
  const each = members.map((of) => Array.from(of, (i) => names[i]).join(', '));
  return `${members.length} ${members.length === 1 ? 'cluster' : 'clusters'}: ${each.join('; ')}.`;
}
