// Times mjml and mrml on the documents named on the command line, warm, and prints the medians as JSON: { "FILE": { "mjml": ms, "mrml": ms } }.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';

const require = createRequire(`${process.cwd()}/`);
const loaded = require('mjml');
const mjml = loaded.default ?? loaded;
const { Engine } = require('mrml');
const mrml = new Engine();
const slice = 1500; // milliseconds of measuring for each

async function median(run) {
  for (let end = performance.now() + slice; performance.now() < end;) await run();
  const times = [];
  for (let end = performance.now() + slice; performance.now() < end || times.length < 5;) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[times.length >> 1];
}

const results = {};
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, 'utf8');
  const html = (await mjml(text)).html;
  if (!html.includes('</html>')) throw new Error('mjml rendered nothing');
  if (mrml.toHtml(text).type !== 'success') throw new Error('mrml refused the document');
  results[file] = { mjml: await median(() => mjml(text)), mrml: await median(() => mrml.toHtml(text)), length: html.length };
}
console.log(JSON.stringify(results));
