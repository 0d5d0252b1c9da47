/** The style of the pages under `/docs`: the system's fonts, light and dark. */
export const docsStyle = `
:root { color-scheme: light dark; --line: #d9d9d4; --soft: #f2f2ee; --ink: #1b1c1e; --dim: #5c6066; --paper: #fbfbf9; --accent: #1c5d99; }
@media (prefers-color-scheme: dark) {
  :root { --line: #2b2f36; --soft: #171a1f; --ink: #e7e8ea; --dim: #9aa0a8; --paper: #0c0e11; --accent: #7ab8f0; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 56rem; margin: 0 auto; padding: 2rem 1rem 6rem; }
a { color: var(--accent); }
a:focus-visible, summary:focus-visible, pre:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: 0.5rem; }
h1 { font-size: 1.75rem; margin: 0 0 0.5rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 0.5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 0.25rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; padding: 0; list-style: none; }
details { border: 1px solid var(--line); border-radius: 6px; margin: 0.4rem 0; }
details > summary { cursor: pointer; padding: 0.5rem 0.75rem; }
details[open] > summary { border-bottom: 1px solid var(--line); }
details > div { padding: 0.25rem 0.75rem 0.75rem; }
.method { display: inline-block; min-width: 4.2rem; font: 600 0.8rem ui-monospace, monospace; }
code, pre { font: 0.9rem/1.45 ui-monospace, monospace; }
pre { background: var(--soft); border-radius: 6px; padding: 0.75rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; display: block; overflow-x: auto; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.75rem 0.3rem 0; border-bottom: 1px solid var(--line); font-weight: normal; }
thead th { color: var(--dim); font-size: 0.85rem; }
.dim { color: var(--dim); }
`;
