/** Of one list: more points than a chart of ours shows. */
const MAX_VALUES = 5_000;
const MAX_BASE64 = 200_000;

/** How typed arrays are read, by the names of numpy. */
const READERS: Record<string, [bytes: number, read: (buffer: Buffer, at: number) => number]> = {
  i1: [1, (buffer, at) => buffer.readInt8(at)],
  u1: [1, (buffer, at) => buffer.readUInt8(at)],
  i2: [2, (buffer, at) => buffer.readInt16LE(at)],
  u2: [2, (buffer, at) => buffer.readUInt16LE(at)],
  i4: [4, (buffer, at) => buffer.readInt32LE(at)],
  u4: [4, (buffer, at) => buffer.readUInt32LE(at)],
  f4: [4, (buffer, at) => buffer.readFloatLE(at)],
  f8: [8, (buffer, at) => buffer.readDoubleLE(at)],
};
const ALIASES: Record<string, string> = {
  int8: 'i1', uint8: 'u1', uint8c: 'u1', u1c: 'u1', int16: 'i2', uint16: 'u2', int32: 'i4', uint32: 'u4', float32: 'f4', float64: 'f8',
}; // prettier-ignore
const MIDNIGHT = /^(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0+)?)?Z?$/;

/** The values of one list of a trace: as JSON, or typed as Plotly 6 writes numbers; null for anything else. */
export function valuesOf(given: unknown): (string | number | null)[] | null {
  if (Array.isArray(given)) return given.slice(0, MAX_VALUES).map(valueOf);
  if (typeof given !== 'object' || given === null) return null;
  const { bdata, dtype, shape } = given as { bdata?: unknown; dtype?: unknown; shape?: unknown };
  if (typeof bdata !== 'string' || typeof dtype !== 'string' || bdata.length > MAX_BASE64) return null;
  // A table of numbers is none along an axis.
  if (typeof shape === 'string' && shape.includes(',')) return null;
  const reader = READERS[ALIASES[dtype] ?? dtype.replace(/^[<|=]/, '')];
  if (!reader) return null;
  const [bytes, read] = reader;
  const buffer = Buffer.from(bdata, 'base64');
  const length = Math.min(Math.floor(buffer.length / bytes), MAX_VALUES);
  return Array.from({ length }, (_, at) => valueOf(read(buffer, at * bytes)));
}

function valueOf(value: unknown): string | number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'string' ? value.replace(MIDNIGHT, '$1') : null;
}
