// The style sheet of the HTML report.
#pragma once

#include <string_view>

namespace mlpc {

inline constexpr std::string_view html_style = R"css(
:root {
  color-scheme: light dark;
  --page: #f7f7f5; --card: #ffffff; --text: #1d2126; --soft: #59616b; --line: #dcdfe3; --grid: #e8eaed; --code: #f1f2f4;
  --train: #5d6672; --validation: #1f63c1; --test: #c2410c; --dummy: #8a929c;
  --good: #17734a; --good-back: #e9f6ef; --warn: #8f5400; --warn-back: #fdf3e1; --calm: #3d5878; --calm-back: #eaf0f7;
  --bad: #b3261e; --heat: 31 99 193; --on-heat: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171a; --card: #1c2024; --text: #e6e8ea; --soft: #a3abb4; --line: #343a41; --grid: #2b3036; --code: #262b30;
    --train: #a9b2bc; --validation: #7db3ff; --test: #ff9e64; --dummy: #7c858f;
    --good: #5fd39b; --good-back: #16291f; --warn: #f2b84b; --warn-back: #2d2413; --calm: #9dbde0; --calm-back: #1d2733;
    --bad: #ff8a80; --heat: 125 179 255; --on-heat: #0e1720;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.55 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
main { max-width: 64rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2.75rem 0 0.75rem; letter-spacing: -0.005em; }
h3 { font-size: 1rem; margin: 1.5rem 0 0.5rem; }
p { margin: 0.5rem 0; max-width: 46rem; }
.meta, .note, figcaption, caption { color: var(--soft); font-size: 0.9rem; }
.meta { margin: 0.35rem 0 1.5rem; }
code, pre, .hash { font-family: ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; font-size: 0.86em; }
.verdict { border-left: 5px solid var(--tone); background: var(--tone-back); border-radius: 0 8px 8px 0; padding: 1rem 1.25rem 1.1rem; }
.verdict h2 { margin: 0 0 0.25rem; font-size: 1.35rem; color: var(--tone); }
.verdict h2::first-letter { text-transform: uppercase; }
.verdict p { margin: 0; }
.good { --tone: var(--good); --tone-back: var(--good-back); }
.warn { --tone: var(--warn); --tone-back: var(--warn-back); }
.calm { --tone: var(--calm); --tone-back: var(--calm-back); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 0.75rem; margin: 1rem 0 0; }
.tiles div { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 0.7rem 0.9rem 0.8rem; }
.tiles dt { color: var(--soft); font-size: 0.85rem; }
.tiles dd { margin: 0; }
.tiles .big { font-size: 1.6rem; font-weight: 600; line-height: 1.25; letter-spacing: -0.01em; }
.tiles .small { color: var(--soft); font-size: 0.8rem; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.scroll:focus-visible { outline: 2px solid var(--validation); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; }
caption { text-align: left; padding: 0.7rem 0.7rem 0.2rem; position: sticky; left: 0; max-width: min(61rem, calc(100vw - 2.2rem)); }
th, td { padding: 0.45rem 0.7rem; text-align: left; border-top: 1px solid var(--grid); vertical-align: top; }
thead th { border-top: 0; color: var(--soft); font-weight: 600; font-size: 0.82rem; white-space: nowrap; }
tbody th { font-weight: 600; position: sticky; left: 0; background: var(--card); }
td.number, th.number { text-align: right; white-space: nowrap; }
td .spread { color: var(--soft); font-size: 0.86em; }
tr.winner th::after { content: "\00a0★"; color: var(--test); }
table.confusion { width: auto; min-width: min(100%, 27rem); }
table.confusion td { text-align: center; min-width: 3.2rem; background: rgb(var(--heat) / var(--share)); }
table.confusion td.strong { color: var(--on-heat); }
table.confusion tbody th { white-space: nowrap; }
table.confusion thead th + th { text-align: center; }
.chart { margin: 0 0 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 0.8rem 1rem 0.7rem; }
.chart figcaption { margin-bottom: 0.4rem; max-width: 46rem; }
.row { display: grid; grid-template-columns: minmax(5rem, 9rem) 1fr minmax(7rem, auto); gap: 0.9rem; align-items: center; }
.row .label { font-size: 0.92rem; overflow-wrap: anywhere; }
.row .value { font-size: 0.88rem; color: var(--soft); text-align: right; min-width: 9.5rem; }
.plot { width: 100%; height: 34px; display: block; overflow: visible; }
.axis .plot { height: 20px; }
.axis text { fill: var(--soft); font-size: 12px; }
.axis .value { font-size: 0.82rem; }
.grid { stroke: var(--grid); stroke-width: 1; }
.interval { stroke-width: 3; stroke-linecap: round; opacity: 0.45; }
.single { opacity: 0.45; }
.mark.train { fill: var(--card); stroke: var(--train); stroke-width: 2.5; }
.mark.validation { fill: var(--validation); stroke: var(--card); stroke-width: 1.5; }
.mark.test { fill: var(--test); stroke: var(--card); stroke-width: 1.5; }
.mark.dummy { fill: var(--dummy); }
.interval.train { stroke: var(--train); } .single.train { fill: var(--train); }
.interval.validation { stroke: var(--validation); } .single.validation { fill: var(--validation); }
.interval.test { stroke: var(--test); } .single.test { fill: var(--test); }
.interval.dummy { stroke: var(--dummy); } .single.dummy { fill: var(--dummy); }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; font-size: 0.85rem; color: var(--soft); margin: 0.5rem 0 0; }
.legend span { display: inline-flex; align-items: center; gap: 0.35rem; }
.course { width: 100%; height: 150px; display: block; overflow: visible; }
.course text { fill: var(--soft); font-size: 12px; }
.course .step { stroke: var(--validation); stroke-width: 2; stroke-linecap: round; opacity: 0.75; }
.course .loss { stroke-linecap: round; opacity: 0.85; }
.course .loss.train { stroke: var(--train); stroke-width: 1.25; } .course .loss.held { stroke: var(--validation); stroke-width: 2.5; }
.course .best { fill: var(--validation); }
.effect { width: 8.5rem; height: 34px; display: block; overflow: visible; }
.effect .mean { fill: var(--validation); }
.effect .best { fill: none; stroke: var(--train); stroke-width: 1.5; }
.share { display: block; height: 4px; margin-top: 0.25rem; border-radius: 2px; background: linear-gradient(to right,
  var(--validation) calc(100% * var(--share)), var(--grid) 0); }
ul.advice { margin: 0.75rem 0 1rem; padding-left: 1.2rem; max-width: 46rem; }
.chain { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.5rem 0; align-items: center; }
.chain li { display: flex; align-items: center; max-width: 100%; }
.chain li + li::before { content: "→"; color: var(--soft); padding: 0 0.5rem; }
.chain code { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 0.3rem 0.6rem; overflow-wrap: anywhere; }
ul.plain { list-style: none; padding: 0; margin: 0; }
ul.plain li { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 0.55rem 0.9rem; margin: 0 0 0.5rem;
  white-space: pre-wrap; }
.passed { color: var(--good); font-weight: 600; } .missed { color: var(--bad); font-weight: 600; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.4rem 1.25rem; margin: 0; background: var(--card);
  border: 1px solid var(--line); border-radius: 8px; padding: 0.8rem 1rem; font-size: 0.92rem; }
dl.facts dt { color: var(--soft); } dl.facts dd { margin: 0; overflow-wrap: anywhere; min-width: 0; }
details { margin-top: 0.75rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 0.6rem 1rem; }
summary { cursor: pointer; font-weight: 600; }
pre { overflow-x: auto; background: var(--code); border-radius: 6px; padding: 0.9rem 1rem; margin: 0.75rem 0 0.4rem; line-height: 1.45; }
@media (max-width: 40rem) {
  main { padding: 1.5rem 0.9rem 3rem; }
  .row { grid-template-columns: 1fr auto; gap: 0 0.75rem; }
  .row .plot { grid-column: 1 / -1; grid-row: 2; }
  .row .value { min-width: 0; }
  tbody th { min-width: 6.5rem; max-width: 9rem; overflow-wrap: anywhere; }
  .axis .value { grid-row: 3; grid-column: 1 / -1; }
  dl.facts { grid-template-columns: 1fr; gap: 0; } dl.facts dd { margin-bottom: 0.5rem; }
  .chain { flex-direction: column; align-items: stretch; gap: 0; }
  .chain li { flex-direction: column; align-items: flex-start; } .chain li + li::before { content: "↓"; padding: 0.05rem 0.9rem; }
}
@media print { body { background: none; } .scroll { overflow: visible; } }
)css";

}  // namespace mlpc
