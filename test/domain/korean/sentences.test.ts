import { MAX_SENTENCE_CHARACTERS, splitSentences } from '../../../src/domain/korean/sentences';

describe('sentences of a text', () => {
  it.each([
    ['skin tones', '👍' + '🏻'.repeat(230)],
    ['Jamo', '\u1100'.repeat(470)],
    ['combining marks', 'e' + '\u0301'.repeat(1_000)],
    ['joiners', '\u200d'.repeat(500)],
    ['flags', '🇰🇷'.repeat(500)],
    ['one word', '가'.repeat(2_000)],
  ])('end, however long what is one character on a screen is: %s', (_name, endless) => {
    const sentences = splitSentences(`앞 문장이에요. ${endless} 뒤`);
    expect(sentences[0]).toBe('앞 문장이에요.');
    for (const sentence of sentences) expect(sentence.length).toBeLessThanOrEqual(MAX_SENTENCE_CHARACTERS);
    expect(sentences.join('').replace(/\s/g, '')).toBe(`앞문장이에요.${endless}뒤`);
  });
});
