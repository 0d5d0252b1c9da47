/** `3 corporate actions to confirm`. */
export const openText = (count: number): string =>
  `${count} corporate ${count === 1 ? 'action' : 'actions'} to confirm`;
