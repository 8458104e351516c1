// node sender.mjs SAMPLE CONNECTIONS none|rsa: for each line "PORT COUNT" on stdin, sends so many personal messages with nodemailer over a pool, and answers
// with one line of JSON. SAMPLE is a JSON file: { subject, text, html, from, headers, values, domain, selector, key }, holes written {{ name }}.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';

const nodemailer = createRequire(`${process.cwd()}/`)('nodemailer');
const [file, connections, signing] = process.argv.slice(2);
const sample = JSON.parse(readFileSync(file, 'utf8'));
const parts = { subject: split(sample.subject), text: split(sample.text), html: split(sample.html) };

// Every second piece is the name of a hole.
function split(text) {
  return text.split(/\{\{ ([a-z_.]+) \}\}/);
}

function fill(pieces, number) {
  return pieces.map((piece, i) => (i % 2 === 0 ? piece : sample.values[piece].replace('#', number))).join('');
}

function message(number) {
  return {
    from: sample.from,
    to: { name: fill(['', 'subscriber.name', ''], number), address: `reader-${number}@example.org` },
    envelope: { from: `bounce+${number}@${sample.domain}`, to: `reader-${number}@example.org` },
    messageId: `<${number}.${Date.now()}@${sample.domain}>`,
    subject: fill(parts.subject, number),
    text: fill(parts.text, number),
    html: fill(parts.html, number),
    headers: { ...sample.headers, 'List-Unsubscribe': `<${sample.values['links.unsubscribe'].replace('#', number)}>` },
  };
}

async function send(port, count) {
  const transport = nodemailer.createTransport({
    host: '127.0.0.1', port, pool: true, maxConnections: Number(connections), maxMessages: Infinity, ignoreTLS: true,
    dkim: signing === 'rsa' ? { domainName: sample.domain, keySelector: sample.selector, privateKey: sample.key } : undefined,
  });
  let next = 0;
  const worker = async () => { while (next < count) await transport.sendMail(message(next++)); };
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  await Promise.all(Array.from({ length: Number(connections) * 2 }, worker));
  const [used, seconds] = [process.cpuUsage(cpu), (performance.now() - start) / 1000];
  transport.close();
  return { Seconds: seconds, CpuSeconds: (used.user + used.system) / 1e6, Messages: count, PeakOctets: process.resourceUsage().maxRSS * 1024 };
}

for await (const line of createInterface({ input: process.stdin })) {
  const [port, count] = line.split(' ').map(Number);
  console.log(JSON.stringify(await send(port, count)));
}
