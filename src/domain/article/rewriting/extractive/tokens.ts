const PARTICLES = [
  ...['으로부터', '에서부터', '이라고는', '에게서는'],
  ...[
    '에서는',
    '에게는',
    '으로는',
    '로부터',
    '에서도',
    '으로도',
    '까지는',
    '부터는',
    '이라는',
    '이라고',
    '한테는',
  ],
  ...[
    '에서',
    '에게',
    '으로',
    '까지',
    '부터',
    '보다',
    '처럼',
    '마다',
    '만큼',
    '이나',
    '라고',
    '라는',
    '에는',
    '에도',
    '로는',
  ],
  ...['과는', '와는', '들이', '들은', '들을', '들의', '하고', '조차', '밖에', '이며', '이고'],
  ...['은', '는', '이', '가', '을', '를', '에', '의', '와', '과', '도', '로', '만'],
].sort((left, right) => right.length - left.length);
const PARTICLE_SET = new Set(PARTICLES);

/** Lower-cased words with their particles taken off: "물가가 2.1% 올랐다." gives 물가, 2.1, 올랐다. */
export function stems(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+(?:[.,]\d+)*/gu) ?? [];
  return words.map(stem);
}

function stem(word: string): string {
  if (!/[가-힣]$/.test(word)) return word;
  const particle = PARTICLES.find(
    (candidate) => word.endsWith(candidate) && word.length - candidate.length >= 2,
  );
  return particle ? word.slice(0, -particle.length) : word;
}

/** Whether the text is nothing or one particle, as may follow a noun. */
export function isParticle(text: string): boolean {
  return text === '' || PARTICLE_SET.has(text);
}

/** Stems and their character bigrams: compounds and inflected forms still have something in common. */
export function features(text: string): string[] {
  return stems(text).flatMap((word) => {
    const found = [word];
    for (let index = 0; index + 2 <= word.length && word.length > 2; index += 1)
      found.push(`${word.slice(index, index + 2)}`);
    return found;
  });
}
