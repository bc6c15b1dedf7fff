// Bound once: a global is looked up at every use where code runs in a context of its own, as in tests.
const { imul } = Math;

/** Uniform numbers in [0, 1) from a seed (mulberry32, T. Ettinger 2017): the same on every machine. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Standard normal numbers (Box and Muller 1958). */
export function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** `size` of the numbers below `count`, in random order; all of them when there are not more. */
export function sample(count: number, size: number, random: () => number): Uint32Array {
  const numbers = Uint32Array.from({ length: count }, (_, index) => index);
  const taken = Math.min(size, count);
  for (let index = 0; index < taken; index += 1) {
    const other = index + Math.floor(random() * (count - index));
    [numbers[index], numbers[other]] = [numbers[other]!, numbers[index]!];
  }
  return numbers.subarray(0, taken);
}
