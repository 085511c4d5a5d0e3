// Honest small webhooks alone, and beside thousands of slow uploads.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { wrk } from './load/wrk.mjs';
import { startOurs } from './proxies/ours.mjs';
import { stop } from './process.mjs';
import { bodyOf, headersOf, writeHeads } from './requests.mjs';
import { memory, processorTime, readProcessor } from './usage.mjs';

const uploads = 2000;
const declared = 1_048_576;
// More than half of one of the server's blocks: what makes a body hold the most memory for its bytes.
const piece = Buffer.alloc(2560, 'a');
// Enough of them to use up what the budget gives to large bodies.
const pieces = 40;
const rate = 500;

const start = startOurs({
  change: (settings) => {
    settings.Webhooks.Limits = { MaxBufferedShare: 1 };
    settings.Webhooks.Policies.verified.BodyTimeout = '00:10:00';
  },
});

/** As takeTurns; both contenders are the same process. */
export async function besideUploads(row, context) {
  const { directory, options, say } = context;
  const server = await start({ ...context, name: 'ours' });
  const body = bodyOf(row.load.bodyBytes);
  writeFileSync(`${directory}/body`, body);
  const drive = async (seconds) => {
    writeHeads(`${directory}/none`, 2 * rate * seconds, 'none', body);
    const before = readProcessor(server.child.pid);
    const { requests, refused, broken, ...result } = await wrk({
      url: `http://127.0.0.1:${server.port}/`, paths: ['/hooks/verified'], connections: row.load.connections, seconds, rate,
      heads: `${directory}/none`, body: `${directory}/body`, targets: `${directory}/targets`,
    });
    if (refused + broken > 0) throw new Error(`of ${requests} honest webhooks ${refused} were refused and ${broken} not answered`);
    return { ...result, ...memory(server.child.pid), cpu: processorTime(before, readProcessor(server.child.pid)) / requests };
  };
  try {
    await drive(options.warmup);
    const results = { alone: [], beside: [] };
    for (let round = 1; round <= Math.ceil(options.rounds / 3); round++) {
      results.alone.push({ round, ...(await drive(options.seconds)) });
      const sockets = await Promise.all(Array.from({ length: uploads }, () => open(server.port)));
      const trickle = send(sockets);
      await trickle.full;
      results.beside.push({ round, ...(await drive(options.seconds)) });
      trickle.stop();
      sockets.forEach((socket) => socket.destroy());
      await delay(500);
      const [alone, beside] = [results.alone.at(-1), results.beside.at(-1)];
      say(`round ${round}: p99 ${alone.p99 / 1000} ms alone, ${beside.p99 / 1000} ms beside ${uploads} uploads, ${beside.peak.toFixed(0)} MB`);
    }
    return results;
  } finally {
    await stop(server.child);
  }
}

/** A request whose body does not end. Well formed: only the whole body can tell that it is forged. */
async function open(port) {
  const socket = connect(port, '127.0.0.1').setNoDelay(true);
  socket.on('error', () => {}).resume();
  await once(socket, 'connect');
  const head = ['POST /hooks/verified HTTP/1.1', 'Host: uploads', `Content-Length: ${declared}`, ...headersOf('forged', piece)];
  socket.write(head.join('\r\n') + '\r\n\r\n');
  return socket;
}

/** Sends a piece on every connection in turn; full when each has sent its share, after which it goes on slowly. */
function send(sockets) {
  let going = true;
  const turn = async (pause) => {
    for (const [i, socket] of sockets.entries()) {
      if (socket.writable && socket.writableLength === 0) socket.write(piece);
      if (i % 100 === 99) await delay(pause);
    }
  };
  const full = (async () => {
    for (let i = 0; i < pieces; i++) await turn(1);
  })();
  void full.then(async () => {
    while (going) await turn(50);
  });
  return { full, stop: () => { going = false; } };
}
