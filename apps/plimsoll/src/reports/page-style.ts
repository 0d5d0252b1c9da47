/** The look of a report: the tokens of the web page, in light and dark by the reader's setting. */
export const pageStyle = `
:root{color-scheme:light dark;
--bg:#f7f7f5;--panel:#fff;--line:#e4e4df;--ink:#14171c;--ink-2:#4b525d;--ink-3:#656c78;--accent:#2f5fcf;
--gain:#00756b;--loss:#c2370d;--warn-wash:#fdf3d7;--warn:#8a5a00;--grid:#ebebe6;--hover:#f0f0ed;
--c0:#3a6ad4;--c1:#94780f;--c2:#0d5548;--c3:#7a5cd6;--c4:#c23f68;--c5:#7a1f12;--c6:#4f1b70;--c7:#4f6f8a;
--d-3:#c2370d;--d-2:#e2795a;--d-1:#f4c3b1;--d0:#f1f1ee;--d1:#b4dcd6;--d2:#5aaea5;--d3:#00756b;--on-strong:#fff}
@media (prefers-color-scheme:dark){:root{
--bg:#0c0e11;--panel:#121519;--line:#23282f;--ink:#e9ecf1;--ink-2:#b0b8c3;--ink-3:#8e97a4;--accent:#79a8f5;
--gain:#36c6b2;--loss:#ff7f57;--warn-wash:#332813;--warn:#e8b84a;--grid:#1d2228;--hover:#1a1e24;
--c0:#79a8f5;--c1:#e8cf45;--c2:#36b184;--c3:#b18ae6;--c4:#f6759f;--c5:#7de8c4;--c6:#e0784a;--c7:#a0b458;
--d-3:#ff7f57;--d-2:#b4553a;--d-1:#5b3024;--d0:#1a1e24;--d1:#173b38;--d2:#1f7f75;--d3:#36c6b2;--on-strong:#0c0e11}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:13px/20px Inter,system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1180px;margin:0 auto;padding:32px 24px 48px}
h1{font-size:24px;line-height:32px;margin:0}h2{font-size:15px;line-height:22px;margin:0 0 8px}
.sample{color:var(--ink-2);margin:4px 0 0}
section{margin-top:32px}
aside{margin-top:16px;padding:8px 16px;border-radius:8px;background:var(--warn-wash);color:var(--ink)}
aside ul{margin:0;padding-left:16px}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,480px),1fr));gap:16px}
figure{margin:0;background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:12px 12px 8px}
figcaption{font-weight:600;margin-bottom:4px}
svg{display:block;width:100%;height:auto;overflow:visible}
.grid{stroke:var(--grid)}.zero{stroke:var(--ink-3);stroke-width:.75}
.tick{fill:var(--ink-3);font-size:11px}.name{font-size:11px;font-weight:600}
.line{fill:none;stroke-width:1.5;stroke-linejoin:round}.fill{opacity:.14}
.k0{--k:var(--c0)}.k1{--k:var(--c1)}.k2{--k:var(--c2)}.k3{--k:var(--c3)}.k4{--k:var(--c4)}.k5{--k:var(--c5)}.k6{--k:var(--c6)}.k7{--k:var(--c7)}
.band{fill:var(--k);opacity:.75;stroke:var(--panel);stroke-width:.75}.inside{fill:var(--panel);font-size:11px;font-weight:600}.line{stroke:var(--k)}.fill,.dot,.bar,.name{fill:var(--k)}.loss{fill:var(--loss)}
.h0{fill:var(--d0)}.hl1{fill:var(--d-1)}.hl2{fill:var(--d-2)}.hl3{fill:var(--d-3)}.hg1{fill:var(--d1)}.hg2{fill:var(--d2)}.hg3{fill:var(--d3)}
.cell{font-size:10px;text-anchor:middle;fill:var(--ink);pointer-events:none}.strong{fill:var(--on-strong)}
.figures{columns:3 320px;column-gap:24px}
.figure{break-inside:avoid;border-bottom:1px solid var(--line)}
.figure,summary{display:flex;justify-content:space-between;gap:12px}
.figure{padding:0}div.figure{padding:5px 4px}details.figure{display:block}
summary{padding:5px 4px;cursor:pointer;list-style:none;border-radius:5px}summary::-webkit-details-marker{display:none}
summary:hover{background:var(--hover)}summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
details p{margin:0 4px 6px;color:var(--ink-2);overflow-wrap:anywhere}code{font-family:ui-monospace,Menlo,monospace;font-size:12px}
.source{color:var(--ink-3)}.remark{color:var(--ink)}.mark{color:var(--warn);margin-left:2px}
.value{font-weight:600;white-space:nowrap}.none{color:var(--ink-3);font-weight:400}.negative{color:var(--loss)}
.scroll{overflow:auto;width:fit-content;max-width:100%;background:var(--panel);border:1px solid var(--line);border-radius:8px}.long{max-height:640px}
table{border-collapse:collapse;min-width:320px}th,td{padding:5px 12px;text-align:left;white-space:nowrap;border-bottom:1px solid var(--line)}
th{color:var(--ink-2);font-weight:600;position:sticky;top:0;background:var(--panel)}tr:last-child td{border-bottom:0}.number{text-align:right}
ul{margin:0;padding-left:16px;color:var(--ink-2)}footer{margin-top:32px;color:var(--ink-3)}
@media print{body{background:#fff}main{padding:0}.scroll{max-height:none;overflow:visible}figure,.scroll{border:0}footer{display:none}}
`;
