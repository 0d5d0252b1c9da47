import type { Plugin } from 'vite';

/** Preloads the one font file that every page shows text in, so that nothing shifts when it arrives. */
export function preloadFont(name: string): Plugin {
  return {
    name: 'plimsoll-preload-font',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const file = Object.keys(bundle ?? {}).find((key) => key.includes(name));
        if (file === undefined) throw new Error(`No font file "${name}" is in the build`);
        const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '' };
        return [{ tag: 'link', attrs: { ...attrs, href: `/${file}` }, injectTo: 'head' }];
      },
    },
  };
}
