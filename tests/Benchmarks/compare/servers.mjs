// The contenders of one row, all started before the first is put under load.
import { contenders } from './contenders.mjs';
import { stop } from './process.mjs';

/** @returns {Promise<object>} by name: { child, port, scheme?, metrics?, close? } */
export async function startAll(names, context) {
  const servers = {};
  try {
    for (const name of names) {
      const { start, program } = contenders[name];
      servers[name] = await start({ ...context, name, program });
    }
    return servers;
  } catch (error) {
    await stopAll(servers);
    throw error;
  }
}

export async function stopAll(servers) {
  await Promise.all(Object.values(servers).map(async ({ child, close }) => {
    await stop(child);
    await close?.();
  }));
}
