import { isNounEnding, stemOf } from '../../korean/particles';
import { KNOWN_NAMES, LONGEST_KNOWN_NAME, type KnownName } from './known-names';
import { coinedName, compoundName, isOfCompany } from './coined-names';
import { isOrganisation } from './organisation-words';
import { isForeignPerson, isPlainGivenName } from './foreign-given-names';
import { isAcronym } from './acronyms';
import { isSmallLatinName, wordsOfOtherScripts } from './other-scripts';
import { strangerAt } from './titled-strangers';
import { transliteratedName } from './transliterations';
import {
  isAffiliatedName,
  isAmbiguousSurname,
  isForeignName,
  isJapaneseName,
  isShortTitledName,
  isSurname,
  isTitledName,
  isUntitledName,
  TITLE,
} from './person-words';

/** A name of somebody or something in a text. */
export interface Name {
  /** As it stands in the text, without particles. */
  text: string;
  start: number;
  known?: KnownName;
  /** Of a surname with a title: who else is called so. */
  surname?: string;
  /** Behind a word that is only a name where somebody of the original has this title. */
  title?: string;
  /** Told by its look alone: only a word that is new is a name. */
  isGuess?: true;
}

interface Word {
  text: string;
  start: number;
  end: number;
}

const WORD = /[가-힣A-Za-z0-9\u00c0-\u024f]+(?:[&+'’.·-][가-힣A-Za-z0-9\u00c0-\u024f]+)*\+?/g;
const HANGUL_REST = /[가-힣]*/y;
const MAX_REST = 12;
const MAX_ORGANISATION = 24;
/** What a known name may have behind it besides particles: 미국산, 중국인, 한은발. */
const SUFFIX =
  /^(?:측|산|계|발|제|판|행|인|들|향|남|여|식|형|주가|주식|지분|본사|지사|법인|공장|매장|증시|정부|시장|당국|경제)(?=$|[가-힣])/;
const TITLE_WORD = new RegExp(`^([가-힣]{0,8})(${TITLE})((?:님|들|직)?)([가-힣]*)$`);
const ROLES =
  /^(?:선수|농민|배우|가수|작가|감독|상인|주부|자영업자|직장인|회사원|대학생|취업준비생|유튜버|디자이너|골퍼|주민|점주|사장|의장|총재|장관|회장|대표|교수|대통령|총리|부총리|차관|위원장|원장|부회장|은행장|주석)$/;
const SUBJECT =
  /^(?:은|는|이|가|의|도|와|과|께서|에게|한테|을|를|처럼|까지|이에요|예요|이라는|이라고|이었어요|였어요|으로|로)$/;
/** 차지하는, 나아지는, 구하기가, 공연용이에요: no names. */
const OF_VERB = /[하지]는$|하기|[하지]고$|[용선성인형식화기주원](?:이에요|예요|으로|로|이었어요|였어요)$/;
const SPOKE = /말했|밝혔|강조|지적|주장|설명|전했|다고 (?:했|봤)|라고 (?:했|봤)|뜻을|우려|내다봤|반대|찬성/;
/** 인도하다, 선전하다: the same syllables as a verb. */
const VERB_OF: Record<string, RegExp> = {
  인도: /^(?:하|한|할|했|해|되|된|될|됐|받|를|을|분|량|일|가격|시점)/,
  기아: /^(?:로|에 허덕)/,
  한화: /^(?:로)/,
};

/** The names of a text, in order. Linear in its length. */
export function readNames(text: string): Name[] {
  const words = [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  }));
  const names: Name[] = [];
  let covered = 0;
  words.forEach((word, index) => {
    if (word.start < covered) return;
    const name =
      knownAt(text, word.start) ??
      personAt(text, words, index) ??
      universityAt(text, words, index) ??
      wordName(word) ??
      newNameAt(text, word);
    if (!name) return;
    names.push(name);
    covered = name.start + name.text.length;
  });
  const starts = new Set(names.map(({ start }) => start));
  const strangers = words
    .flatMap(({ start }) => strangerAt(text, start) ?? [])
    .filter(({ text: { length }, start }) => !anyIn(starts, start, start + length));
  const others = [
    ...strangers,
    ...wordsOfOtherScripts(text).map((word): Name => ({ ...word, isGuess: true })),
  ];
  return others.length === 0 ? names : [...names, ...others].sort((one, other) => one.start - other.start);
}

function anyIn(places: ReadonlySet<number>, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (places.has(at)) return true;
  return false;
}

/** The longest known name that begins here and is not the beginning of another word. */
function knownAt(text: string, start: number): Name | null {
  for (let length = Math.min(LONGEST_KNOWN_NAME, text.length - start); length >= 2; length -= 1) {
    const name = text.slice(start, start + length);
    const known = KNOWN_NAMES.get(name);
    if (known && endsName(text, name, start + length)) return { text: name, start, known };
  }
  return null;
}

function endsName(text: string, name: string, end: number): boolean {
  const next = text[end] ?? '';
  if (/[A-Za-z0-9]/.test(next)) return false;
  HANGUL_REST.lastIndex = end;
  const rest = (HANGUL_REST.exec(text)?.[0] ?? '').slice(0, MAX_REST);
  if (VERB_OF[name]?.test(rest)) return false;
  return isEnding(rest) || isEnding(rest.replace(SUFFIX, ''));
}

/** Particles may be two: 한국은행과의, 서울에서의. */
function isEnding(rest: string): boolean {
  return isNounEnding(rest.replace(/^(?:와|과|에서|으로|로|까지|부터|에게)의$/, ''), 2);
}

/** A person told by a title behind the name, or by what the sentence says of them. */
function personAt(text: string, words: readonly Word[], index: number): Name | null {
  const word = words[index]!;
  const next = words[index + 1];
  const isBeside = (one: Word, other: Word | undefined) =>
    other !== undefined && text.slice(one.end, other.start) === ' ';
  const title = isBeside(word, next)
    ? /^씨(?:$|[는은가이의도를와과에])/.test(next!.text)
      ? '씨'
      : titleOf(next!.text)
    : null;
  const mister = misterAt(text, word.start);
  if (mister) return mister;
  if (
    isSurname(word.text) &&
    !isAmbiguousSurname(word.text) &&
    isBeside(word, next) &&
    MAYOR.test(next!.text)
  )
    return { text: `${word.text} 시장`, start: word.start, surname: word.text };
  if (isUntitledName(word.text) && isBeside(word, next) && MAYOR.test(next!.text))
    return { text: word.text, start: word.start, isGuess: true };
  if (title && isSurname(word.text)) {
    if (isAmbiguousSurname(word.text) && word.text !== '이')
      return { text: `${word.text} ${title}`, start: word.start, surname: word.text, title, isGuess: true };
    return { text: `${word.text} ${title}`, start: word.start, surname: word.text };
  }
  if (!/^[가-힣]{2,6}$/.test(word.text)) return null;
  if (
    title
      ? isTitledName(word.text) || isShortTitledName(word.text)
      : isAffiliatedName(word.text) && isAffiliated(text, words, index)
  )
    return { text: word.text, start: word.start };
  if (title && isForeignName(word.text)) return { text: word.text, start: word.start, isGuess: true };
  // 사티아 나델라 CEO
  const second = words[index + 2];
  if (
    next &&
    isBeside(next, second) &&
    isBeside(word, next) &&
    titleOf(second!.text) &&
    ((isForeignName(word.text) && isForeignName(next.text)) ||
      isForeignPerson(word.text, next.text) ||
      isJapaneseName(word.text, next.text))
  )
    return { text: text.slice(word.start, next.end), start: word.start, isGuess: true };
  const untitled = next && isBeside(word, next) ? foreignSpeaker(text, word, next) : null;
  if (untitled) return untitled;
  const stem = word.text.slice(0, 3);
  const ending = word.text.slice(3);
  const before = words[index - 1];
  const hasRole = before !== undefined && isBeside(before, word) && ROLES.test(before.text);
  if (!isUntitledName(stem)) return null;
  // 미국 대표 유종인 WTI
  if (ending === '' && stem.endsWith('인') && before?.text === '대표') return null;
  if (
    ending === ''
      ? hasRole || isMister(text, word.end)
      : SUBJECT.test(ending) && (hasRole || !OF_VERB.test(word.text))
  )
    return { text: stem, start: word.start, isGuess: true };
  return null;
}

/** 안나 브레만은 금리를 내려야 한다고 말했다: told by what is said. */
function foreignSpeaker(text: string, word: Word, next: Word): Name | null {
  const [, given, particle] = /^([가-힣]{1,6}?)(은|는|이|가|도|와|과|의|을|를|에게)$/.exec(next.text) ?? [];
  if (given !== undefined && isPlainGivenName(word.text) && isForeignPerson(word.text, given))
    return { text: `${word.text} ${given}`, start: word.start, isGuess: true };
  if (given === undefined || given.length < 2 || !/[은는이가도와과]/.test(particle!)) return null;
  if (!SPOKE.test(sentenceFrom(text, next.end))) return null;
  const isForeign = isForeignName(word.text) && isForeignName(given);
  if (!isForeign && !(isJapaneseName(word.text, given) && /[은도]/.test(particle!))) return null;
  return { text: `${word.text} ${given}`, start: word.start, isGuess: true };
}

/** 총재, 한은총재, 공정거래위원장은: the title without its particle. */
function titleOf(word: string): string | null {
  const [, prefix = '', title, , rest = ''] = TITLE_WORD.exec(word.slice(0, 24)) ?? [];
  const [, city, ofCity = ''] = /^([가-힣]{2,4})시장([가-힣]*)$/.exec(word) ?? [];
  if (city !== undefined && isCity(city) && isNounEnding(ofCity, 2)) return `${city}시장`;
  return title !== undefined && isNounEnding(rest, 2) ? prefix + title : null;
}

function isCity(word: string): boolean {
  return KNOWN_NAMES.get(word)?.kind === 'places' || KNOWN_NAMES.get(`${word}시`)?.kind === 'places';
}

/** 구윤철 기획재정부 장관, 나정환 NH투자증권 연구원: what stands between is where they work. */
function isAffiliated(text: string, words: readonly Word[], index: number): boolean {
  for (let at = index + 1; at <= index + 3 && at < words.length; at += 1) {
    const word = words[at]!;
    if (text.slice(words[at - 1]!.end, word.start) !== ' ') return false;
    if (titleOf(word.text)) return at > index + 1;
    const known = KNOWN_NAMES.get(word.text);
    if (known?.kind === 'people') return false;
    const isPlace =
      known !== undefined || isOrganisation(word.text) || /[부처청팀실국대당원]$/.test(word.text);
    // A company that nobody knows, between a name that is one beyond doubt and the title.
    if (!isPlace && !(at === index + 1 && isUntitledName(words[index]!.text))) return false;
  }
  return false;
}

/** 오 시장은; 이 시장 is a market. */
const MAYOR = /^시장(?:은|이|의|과|도|께서|에게)?$/;
const MISTER = /([가-힣])(?:모)? ?씨(?=$|[^가-힣]|[는은가이의도를와과에])/y;

/** 최씨는, 김 씨가, 이모 씨. */
function misterAt(text: string, start: number): Name | null {
  MISTER.lastIndex = start;
  const match = MISTER.exec(text);
  return match && isSurname(match[1]!) ? { text: match[0], start, surname: match[1]! } : null;
}

function isMister(text: string, end: number): boolean {
  return /^ ?씨(?![가-힣]{3})/.test(text.slice(end, end + 5));
}

function sentenceFrom(text: string, end: number): string {
  return text.slice(end, end + 80).split(/[.!?](?:\s|$)|\n/)[0]!;
}

const UNIVERSITY = /^[가-힣]{2,6}(?:대|여대|과기대|공대)$/;
const NO_UNIVERSITY =
  /^(?:전문|지방|국립|사립|명문|상위권|수도권|일반|거점|교육|최대|현대|시대|세대|확대|절대|기대|상대|반대|무대|군대|부대|후대|초대|우대|과대|증대|중대|침대|연대|지역|해외|미국|유럽|국공립|서울권|[가-힣]*[0-9])/;

/** 대진대 교수: what a teacher is called by. */
function universityAt(text: string, words: readonly Word[], index: number): Name | null {
  const word = words[index]!;
  const next = words[index + 1];
  if (!next || text.slice(word.end, next.start) !== ' ') return null;
  if (!UNIVERSITY.test(word.text) || NO_UNIVERSITY.test(word.text)) return null;
  return /^[가-힣]{0,8}(?:교수|연구팀|연구진|총장|재학생|학생|졸업생|산학협력단|병원)/.test(next.text)
    ? { text: word.text, start: word.start, isGuess: true }
    : null;
}

/** What stands behind a company's name without a particle. */
const BESIDE_COMPANY = /^ (?:공장|본사|매장|지점|주가|주식|경영진|창업자|노선|신제품|제품)/;

/** A name that nothing else tells: its syllables do, or what a company of such a name does. */
function newNameAt(text: string, { text: word, start, end }: Word): Name | null {
  const isBeside = BESIDE_COMPANY.test(text.slice(end, end + 5));
  const foreign =
    compoundName(word) ?? transliteratedName(word) ?? (isBeside ? transliteratedName(`${word}의`) : null);
  const coined = foreign === null ? coinedName(word) : null;
  const name = foreign ?? (coined !== null && isOfCompany(coined, sentenceFrom(text, end)) ? coined : null);
  return name === null ? null : { text: name, start, isGuess: true };
}

/** A company or an institution by the end of its name, and what is written in Latin letters. */
function wordName({ text: word, start }: Word): Name | null {
  // D램, A씨, K팝.
  if (/^[A-Za-z][가-힣]/.test(word)) return null;
  if (/^[A-Za-z]/.test(word)) {
    const latin = /^[A-Za-z][A-Za-z0-9&+.’'-]*/.exec(word)![0].replace(/[.'’-]+$/, '');
    const rest = word.slice(latin.length);
    if (rest !== '' && !isNounEnding(rest, 2) && (latin.length < 2 || isAcronym(latin))) return null;
    if (rest !== '' && !isNounEnding(rest, 2)) return { text: stemOf(word), start, isGuess: true };
    return latin.length < 2 || !(/[A-Z]/.test(latin) || isSmallLatinName(latin)) || isAcronym(latin)
      ? null
      : { text: latin, start, isGuess: true };
  }
  for (let length = Math.min(word.length, MAX_ORGANISATION); length > 2; length -= 1) {
    const stem = word.slice(0, length);
    if (isOrganisation(stem) && isNounEnding(word.slice(length), 2))
      return { text: stem, start, isGuess: true };
  }
  return null;
}
