/** A message in the corner of the page, with the way back where there is one. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'done' | 'bad';
  readonly action?: { readonly label: string; readonly run: () => void };
}
