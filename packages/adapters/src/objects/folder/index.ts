import { openFolderStore } from '../../objects-kit/folder-store.ts';

/** Files in a folder of this machine. */
export default { id: 'folder', title: 'A folder', open: openFolderStore } as const;
