/** What the page of a run has beyond the style of every report. */
export const backtestStyle = `
:root{--on-mid:#14171c}@media (prefers-color-scheme:dark){:root{--on-mid:#fff}}
.facts{display:flex;flex-wrap:wrap;gap:4px 16px;margin:6px 0 0;color:var(--ink-3)}.facts b{color:var(--ink);font-weight:550}
.lead{display:grid;grid-template-columns:minmax(0,1.75fr) minmax(280px,1fr);gap:32px;align-items:start}
.headline{font-size:24px;line-height:32px;font-weight:600;margin:0 0 16px;letter-spacing:-.01em;text-wrap:balance}
.plain{width:100%;border-collapse:collapse;min-width:0}.plain th,.plain td{padding:6px 8px;background:none;position:static}
.plain th:first-child,.plain td:first-child{padding-left:0}.plain thead th{font-weight:500;font-size:12px;color:var(--ink-3)}
.plain tbody th{font-weight:500;color:var(--ink);white-space:normal}.plain td.own{font-weight:650}.gain{color:var(--gain)}
.plain details{display:inline}.plain summary{display:inline;padding:0;text-decoration:underline dotted var(--ink-3);text-underline-offset:3px}
.plain details p{font-weight:400;margin:2px 0 4px;max-width:44ch;white-space:normal;font-size:12px}
.card{background:var(--panel);border:1px solid var(--line);border-radius:12px;padding:16px}
.card header{display:flex;justify-content:space-between;gap:8px;align-items:center}.card h2{margin:0}
.dots{display:inline-flex;gap:3px;margin-right:8px;vertical-align:middle}.dots i{width:16px;height:5px;border-radius:3px;background:var(--line)}.dots i.on{background:var(--meter)}
.t0,.t1,.t2{--meter:var(--loss)}.t3{--meter:var(--warn)}.t4,.t5{--meter:var(--gain)}
.trust{list-style:none;padding:0;margin:12px 0 0;color:var(--ink)}.trust li{display:grid;grid-template-columns:20px 1fr auto;gap:0 8px;padding:9px 0;border-top:1px solid var(--line)}
.trust p{grid-column:2;margin:0;color:var(--ink-2);font-size:12px;line-height:17px}.trust .verdict{font-weight:700;line-height:20px}.trust .amount{font-weight:550;grid-row:1;grid-column:3}
.pass .verdict{color:var(--gain)}.warn .verdict{color:var(--warn)}.fail .verdict{color:var(--loss)}.unknown .verdict{color:var(--ink-3)}
.wide{overflow-x:auto}.wide svg{height:auto;min-width:640px}.unseen{fill:var(--ink);opacity:.045}.since{stroke:var(--accent);stroke-dasharray:2 3}.since-text{fill:var(--accent);font-size:11px}
.k-own{--k:var(--c0)}.k-mark{--k:var(--ink-3)}.ended{font-size:12px;font-weight:650;fill:var(--k)}.under{font-size:11px;fill:var(--ink-3)}
.cross{stroke:var(--ink-3);visibility:hidden}.tip{visibility:hidden;font-size:11px}.tip rect{fill:var(--panel);stroke:var(--line)}.tip text{fill:var(--ink)}
.months{width:100%;table-layout:fixed;border-collapse:separate;border-spacing:2px;min-width:640px}.months th,.months td{position:static;background:none;border:0;padding:4px 2px;text-align:center;font-size:12px}
.months th{color:var(--ink-3);font-weight:450}.months td.year{font-weight:650;text-align:right;padding-right:6px}
.months td{border-radius:3px}.months .m0{background:var(--d0)}.months .l1{background:var(--d-1)}.months .l2{background:var(--d-2);color:var(--on-mid)}.months .l3{background:var(--d-3);color:var(--on-strong)}.months .g1{background:var(--d1)}.months .g2{background:var(--d2);color:var(--on-mid)}.months .g3{background:var(--d3);color:var(--on-strong)}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:32px;align-items:start}.pair>section{min-width:0}
.heat{border-collapse:separate;border-spacing:2px;width:100%;min-width:0}.heat th,.heat td{position:static;background:none;border:0;text-align:center;padding:7px 4px}.heat th{color:var(--ink-3);font-weight:450}
.heat td{border-radius:3px}.heat .s0{background:color-mix(in srgb,var(--c0) 6%,var(--panel))}.heat .s1{background:color-mix(in srgb,var(--c0) 22%,var(--panel))}.heat .s2{background:color-mix(in srgb,var(--c0) 45%,var(--panel))}.heat .s3{background:color-mix(in srgb,var(--c0) 70%,var(--panel))}.heat .s4{background:var(--c0);color:var(--on-strong)}
.heat .chosen{outline:2px solid var(--ink);outline-offset:-2px;font-weight:700}
.cost{display:grid;grid-template-columns:140px 1fr 64px;gap:12px;padding:6px 0;border-bottom:1px solid var(--line);align-items:center}.cost .bar{height:10px;background:var(--ink-3);border-radius:2px}.cost.all{font-weight:650;border:0}.cost span:last-child{text-align:right}
.facts-list{display:grid;grid-template-columns:130px 1fr;gap:6px 12px;margin:0}.facts-list dt{color:var(--ink-3)}.facts-list dd{margin:0;overflow-wrap:anywhere}
pre{background:var(--hover);border-radius:8px;padding:10px 12px;overflow-x:auto;font:12px/18px ui-monospace,Menlo,monospace;margin:12px 0 0}
ol.assumptions{margin:0;padding-left:24px;color:var(--ink-2)}ol.assumptions li{padding:3px 0}ol.assumptions b{color:var(--ink);font-weight:550}
section>p.about{margin:6px 0 0;color:var(--ink-3);font-size:12px}
@media(max-width:860px){.lead,.pair{grid-template-columns:minmax(0,1fr);gap:24px}.headline{font-size:20px;line-height:27px}main{padding:20px 14px 40px}.hide-narrow{display:none}}
@media print{.lead{grid-template-columns:1.6fr 1fr}.card{break-inside:avoid}.tip,.cross{display:none}}
`;
