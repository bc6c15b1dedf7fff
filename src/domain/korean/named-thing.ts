import { endsInConsonant } from './hangul';

/** A name with the particle that its last syllable takes, as it is read without what stands in brackets: 코픽스(COFIX)가. */
export function withParticle(name: string, behindConsonant: string, behindVowel: string): string {
  const read = name.replace(/\s*[([].*$/, '');
  if (!/[가-힣]$/.test(read)) return `${name}${behindConsonant}(${behindVowel})`;
  return name + (endsInConsonant(read) ? behindConsonant : behindVowel);
}
