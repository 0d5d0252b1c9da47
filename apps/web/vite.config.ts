import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { budgets } from './tools/budgets.ts';
import { precompress } from './tools/precompress.ts';
import { preloadFont } from './tools/preload-font.ts';

/** The server of the API while the page is developed with `vite`; `npm run dev -w @plimsoll/web`. */
const api = 'http://127.0.0.1:4680';

const vendor =
  /node_modules\/(?:react|react-dom|scheduler|zustand|use-sync-external-store|@tanstack\/(?:react-router|router-core|history|react-store|store|react-query|query-core))\/(?!.*(?:mutationObserver|useMutation|infiniteQueryObserver|useInfiniteQuery|useQueries|queriesObserver)\.js)/;

export default defineConfig({
  resolve: {
    // React has had this hook of its own since 18; the stand-in for older ones may stay at home.
    alias: [{ find: 'use-sync-external-store/shim', replacement: 'use-sync-external-store' }],
  },
  plugins: [
    react(),
    tailwindcss(),
    budgets({ entry: 115, route: 60, firstScreen: 180, whole: 650 }),
    preloadFont('inter-latin-wght-normal'),
    precompress(),
  ],
  build: {
    target: 'es2023',
    manifest: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      output: {
        // One piece of what every page needs and we do not change: better packed, and kept by the
        // browser from one version of ours to the next.
        codeSplitting: { groups: [{ name: 'vendor', test: vendor }] },
      },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/v1': api } },
});
