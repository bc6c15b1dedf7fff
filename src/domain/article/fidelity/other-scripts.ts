/** Words with letters that are neither Hangul nor ASCII: Илон Маск, 習近平, Nestlé. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]{2,}|(?:(?![ㄱ-ㆎ가-힣])[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Thai}\p{Script=Hebrew}\p{Script=Devanagari}]){2,}/gu;
const ASCII = /^[A-Za-z]*$/;
/** 韓美, 對中: what newspapers write for 한미 and 대중. */
const SHORT_FORMS =
  /^[美中日英獨佛伊印露北南韓朝臺與野靑檢警法軍前現故新舊重社株對反親脫無有高低大小上下長短外內全非]+$/;
const UNITS = new Set(['μm', 'µm', 'μg', 'µg', 'ℓ']);

/** Small letters that are no name. */
const SMALL_WORDS = new Set(
  'kcal http https html info news mail online offline million billion trillion thousand percent feat with from plus'.split(
    ' ',
  ),
);
const MIN_SMALL = 4;

/** Every word of a text in a script of which an original in Korean has few. */
export function wordsOfOtherScripts(text: string): { text: string; start: number }[] {
  const found: { text: string; start: number }[] = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (ASCII.test(word) || SHORT_FORMS.test(word) || UNITS.has(word)) continue;
    const before = found.at(-1);
    if (before && before.start + before.text.length + 1 === index && text[index - 1] === ' ')
      before.text += ` ${word}`;
    else found.push({ text: word, start: index });
  }
  return found;
}

/** nvidia, elon: a name in small letters. */
export function isSmallLatinName(word: string): boolean {
  return word.length >= MIN_SMALL && /^[a-z]+$/.test(word) && !SMALL_WORDS.has(word);
}
