/** The report's whole style: light and dark by the reader's setting, paper always light. No part of it is loaded from anywhere. */
export const style = `
:root{color-scheme:light dark;--ink:#1b1d22;--quiet:#5a606b;--page:#fff;--raised:#f5f6f8;--line:#d9dce2;--accent:#3b4fb8;--critical:#a11616;--high:#b04a00;--medium:#806000;--low:#2d6a8e;--info:#5a606b;--good:#1e6b3a}
@media (prefers-color-scheme:dark){:root{--ink:#eceef2;--quiet:#a9b0bd;--page:#16181d;--raised:#20232a;--line:#3a3f4a;--accent:#a9b5ff;--critical:#ff9a94;--high:#ffb070;--medium:#e8c95a;--low:#8cc8ec;--info:#a9b0bd;--good:#86d6a0}}
@media print{:root{color-scheme:light;--ink:#000;--quiet:#444;--page:#fff;--raised:#f5f6f8;--line:#bbb;--accent:#2b3b91;--critical:#a11616;--high:#a04300;--medium:#705400;--low:#245a7a;--info:#444;--good:#1e6b3a}}
*{box-sizing:border-box}
html{-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{margin:0 auto;max-width:66rem;padding:2rem 1.5rem 4rem;font:1rem/1.5 "Segoe UI",system-ui,-apple-system,"Helvetica Neue",Arial,sans-serif;color:var(--ink);background:var(--page);overflow-wrap:anywhere}
h1{font-size:2.1rem;line-height:1.15;margin:0 0 .3rem}
h2{font-size:1.4rem;margin:2.6rem 0 .6rem;padding-top:.8rem;border-top:2px solid var(--ink)}
h3{font-size:1.08rem;line-height:1.35;margin:0 0 .3rem}
p{margin:.4rem 0}
a{color:var(--accent)}
.quiet{color:var(--quiet)}
.over{font-size:.85rem;letter-spacing:.06em;text-transform:uppercase;color:var(--quiet);margin:0 0 .4rem}
.lead{font-size:1.12rem;max-width:50rem}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(12rem,1fr));gap:.4rem 1.5rem;margin:1.2rem 0;padding:0}
.facts dt{font-size:.8rem;color:var(--quiet)}
.facts dd{margin:0}
.two{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1.25fr);gap:1.5rem 2.5rem;align-items:start}
.two>*{min-width:0}
table{border-collapse:collapse;width:100%;margin:.6rem 0 1.2rem;font-size:.92rem}
caption{text-align:left;font-weight:600;padding:.2rem 0}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line)}
thead th{font-size:.8rem;color:var(--quiet);font-weight:600;border-bottom:1px solid var(--ink)}
tbody th{font-weight:400}
.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
thead th,.word{overflow-wrap:normal}
.id{font-family:ui-monospace,"Cascadia Mono",Consolas,monospace;font-size:.82em;color:var(--quiet)}
.finding{margin:1.1rem 0;padding:.9rem 1.1rem;background:var(--raised);border-left:.35rem solid var(--info);break-inside:auto}
.critical{border-color:var(--critical)}.high{border-color:var(--high)}.medium{border-color:var(--medium)}.low{border-color:var(--low)}
.tag{font-weight:600;font-size:.85rem}
.tag.critical{color:var(--critical)}.tag.high{color:var(--high)}.tag.medium{color:var(--medium)}.tag.low{color:var(--low)}.tag.info{color:var(--info)}
.tag.pass{color:var(--good)}.tag.fail{color:var(--critical)}.tag.warn{color:var(--medium)}
.finding ol{margin:.3rem 0;padding-left:1.4rem}
.finding h4{font-size:.85rem;margin:.7rem 0 .1rem;color:var(--quiet)}
svg{display:block;width:100%;height:auto;max-width:28rem}
svg text{fill:var(--ink);font:13px "Segoe UI",system-ui,sans-serif}
svg .quiet{fill:var(--quiet)}
svg .track{fill:var(--line)}
svg .ring{fill:none;stroke:var(--line);stroke-width:16}
svg .arc{fill:none;stroke:var(--accent);stroke-width:16}
svg .big{font-size:40px;font-weight:600}
svg .bar{fill:var(--accent)}
svg .critical{fill:var(--critical)}svg .high{fill:var(--high)}svg .medium{fill:var(--medium)}svg .low{fill:var(--low)}svg .info{fill:var(--info)}
.score svg{max-width:11rem}
@media (max-width:44rem){.two{grid-template-columns:minmax(0,1fr)}body{padding:1.2rem 1rem 3rem}}
@page{margin:18mm 16mm 20mm;@bottom-right{content:counter(page) " / " counter(pages);font:9pt system-ui,sans-serif;color:#444}@bottom-left{content:"Countersign: identity posture";font:9pt system-ui,sans-serif;color:#444}}
@media print{
body{max-width:none;padding:0;font-size:10pt}
h2{margin-top:1.6rem}
h1,h2,h3,h4,caption{break-after:avoid}
h2.page{break-before:page}
thead{display:table-header-group}
tr,svg,.facts{break-inside:avoid}
.finding{padding:.5rem .8rem}
.two{grid-template-columns:minmax(0,1fr) minmax(0,1.4fr)}
a[href^="https"]::after{content:" (" attr(href) ")";font-size:.8em;color:var(--quiet);overflow-wrap:anywhere}
}
`
