const text = '"(?:[^"\\\\]|\\\\.)*"';
const shortArray = new RegExp(`\\[\\s+(${text})(?:,\\s+(${text}))?\\s+\\]`, 'g');

/** Indented JSON with arrays of one or two strings on one line. */
export const format = (value) => JSON.stringify(value, null, 2)
  .replace(shortArray, (_, ...found) => `[${found.slice(0, 2).filter(Boolean).join(', ')}]`) + '\n';
