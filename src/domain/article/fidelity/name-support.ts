import { COMMON_WORDS } from './common-words';
import { isNounEnding } from '../../korean/particles';
import { keyOf } from '../../korean/words';
import { IMPLIES } from './known-names';
import type { Name } from './names';
import type { OriginalText } from './original-text';
import { isSurname, isTitledName, TITLE } from './person-words';
import { mayBeSpelling, transliteratedName } from './transliterations';

/** Keys this short are looked for as whole words. */
const SHORT_KEY = 3;
/** 권혁 회장, 조현 외교부 장관: names of two syllables. */
const SHORT_NAME = new RegExp(`(?<![가-힣])([가-힣]{2})(?: [^\\s]{1,16}){0,2} [가-힣]{0,8}${TITLE}`, 'g');
/** 정하늘 의원: whatever the given name is. */
const TITLED = new RegExp(`(?<![가-힣])([가-힣]{3}) (?:[가-힣]{0,8})${TITLE}(?![가-힣]{3})`, 'g');
/** 김모(54)씨. */
const MISTER = /([가-힣])모? ?(?:\([^()]{1,12}\))? ?씨/g;
const NO_SHORT_NAME =
  /정부|정책|이번|이날|이후|이상|전체|전날|주요|주식|주주|최근|최고|강원|서울|국내|국회|고용|신임|신규|신용|조직|조사|기관|기업|공동|안전|임시|장기|원내|민간|지방|지난|지역|문화|문제|선임|여당|노동|노조|성장|채권|한국|오는|오전|오후|차기|현재|방송|민주|우리|유럽|유통|남은|은행|권고|김포|위해|위한|예상|예산|모두|제조/;
/** Of the surnames that are words too those that seldom stand before a title as one: 신 단장. */
const RARELY_WORDS = new Set('신양주원여국공선');
/** Ourselves: a Korean newspaper's readers are told of 한국 where the original need not say so. */
const OURS = new Set(['한국', '우리나라', '대한민국']);

/** The names that an original has, in any of their forms. */
export class NameSupport {
  private readonly key: string;
  /** Its words, each on a line, with Latin letters by their Korean names. */
  private readonly spelt: string;
  private readonly surnames: ReadonlySet<string>;
  private readonly wholeWords: ReadonlySet<string>;
  private readonly longWords: readonly string[];

  constructor(private readonly original: OriginalText) {
    const { text } = original;
    this.key = keyOf(text);
    this.spelt = spelt(`\n${(text.match(/[가-힣A-Za-z0-9&]+/g) ?? []).join('\n')}`);
    const words = text.match(/[가-힣]+|[A-Za-z0-9&]+/g) ?? [];
    this.wholeWords = new Set(
      words.flatMap((word) =>
        /^[A-Za-z]/.test(word) ? [word.toLowerCase()] : [word, word.slice(0, 2), word.slice(0, 3)],
      ),
    );
    this.longWords = words.filter(({ length }) => length > 4 && length < 32);
    const short = [...text.matchAll(SHORT_NAME)].filter(({ 1: name }) => !NO_SHORT_NAME.test(name!));
    this.surnames = new Set([
      ...words.filter((word) => word.length === 1 || isTitled(word)).map((word) => word[0]!),
      ...short.map(({ 1: name }) => name![0]!),
      ...[...text.matchAll(TITLED)]
        .filter(({ 1: name }) => isFullName(name!))
        .map(({ 1: name }) => name![0]!),
      ...[...text.matchAll(MISTER)].map(({ 1: surname }) => surname!),
    ]);
  }

  supports({ text, known, surname, title, isGuess }: Name): boolean {
    if (surname !== undefined)
      return this.surnames.has(surname) || (isGuess === true && !this.isAnother(surname, title!));
    if (title !== undefined) return !this.isStranger(text, title);
    if (OURS.has(text) || this.has(text)) return true;
    if (this.isOfList(text) || (isGuess && (this.isShortened(text) || this.isContracted(text)))) return true;
    if (!known) return isGuess === true && this.isSpelling(text);
    return (
      known.names.some((name) => this.has(name)) ||
      this.implies(known.names[0]!) ||
      (known.kind === 'places' && known.names.some((name) => this.isTowards(name))) ||
      this.hasAnotherForm(known.names)
    );
  }

  /** 신 단장 where 심재윤 is the 추진단장. */
  private isAnother(surname: string, title: string): boolean {
    return RARELY_WORDS.has(surname) && this.hasTitle(title) && !this.calls(surname, title);
  }

  /** 신가람 무슨 사업 추진단장: whatever the given name is. */
  private calls(surname: string, title: string): boolean {
    return new RegExp(
      `(?<![가-힣])${surname}(?:[가-힣]{1,3})?(?:\\([^()]*\\))? (?:[^.\\n]{0,24})?${title}`,
    ).test(this.original.text);
  }

  /** 쩐 반 하이 청장 where 응우옌 반 민 is the 투자청장. */
  private isStranger(name: string, title: string): boolean {
    const words = name.split(' ');
    const isKnown = (word: string) => word.length > 1 && this.original.text.includes(word);
    return this.hasTitle(title) && !words.some(isKnown) && !this.has(name);
  }

  /** Whether somebody has it: a word or two, and it, or what it ends. */
  private hasTitle(title: string): boolean {
    return new RegExp(`[가-힣] [^\\s]{0,12}${title}(?:은|는|이|가|도|의|과|와|에게|[^가-힣]|$)`).test(
      this.original.text,
    );
  }

  /** A name of the table, or its bearer under a longer name that the table has not. */
  private hasAnotherForm(names: readonly string[]): boolean {
    return names.some((name) => {
      const parts = name.split(' ');
      return parts.length > 1 && parts.every((part) => part.length > 1 && this.has(part));
    });
  }

  private has(name: string): boolean {
    const key = keyOf(name);
    if (key === '') return true;
    if (/[ -]|[^A-Za-z0-9가-힣]/.test(name) && this.original.text.includes(name)) return true;
    const isShort = /[가-힣]/.test(key) ? key.length < SHORT_KEY : key.length <= SHORT_KEY;
    return isShort
      ? this.wholeWords.has(/^[a-z0-9]+$/.test(key) ? key : name) ||
          this.wholeWords.has(name.toLowerCase()) ||
          (/^[a-z]{2,}$/.test(key) && this.spelt.includes(`\n${spelt(key)}`))
      : this.key.includes(key) || this.spelt.includes(`\n${spelt(keyOf(name.replaceAll('&', '앤')))}`);
  }

  private implies(name: string): boolean {
    const pattern = IMPLIES[name];
    return pattern !== undefined && this.original.says(pattern);
  }

  /** 중국 for 대중국, 러시아 for 친러시아. */
  private isTowards(name: string): boolean {
    return [...'대반친탈방재'].some((way) => this.original.text.includes(`${way}${name}`));
  }

  /** 드리미 for Dreame. */
  private isSpelling(name: string): boolean {
    return (
      transliteratedName(`${name}의`) === name &&
      this.longWords.some((word) => /^[A-Z][a-z]/.test(word) && mayBeSpelling(name, word))
    );
  }

  /** 한투파트너스 for 한국투자파트너스: the same beginning and ending, and syllables of its own between. */
  private isContracted(name: string): boolean {
    if (!/^[가-힣]{4,}$/.test(name)) return false;
    return this.longWords.some((word) => {
      const end = word.lastIndexOf(name.slice(-2));
      return end > 0 && word[0] === name[0] && isSubsequence(name.slice(1, -2), word.slice(1, end));
    });
  }

  private isShortened(name: string): boolean {
    const [, beginning, ending] = SHORTENED.exec(name) ?? [];
    if (beginning === undefined) return false;
    const endings = ending!.startsWith('노') ? ['노조', '노동조합'] : [ending!];
    return this.longWords.some((word) =>
      endings.some((one) => {
        const end = word.lastIndexOf(one);
        return end > 0 && isSubsequence(beginning, word.slice(0, end));
      }),
    );
  }

  /** 하나은행 for 하나·신한은행, 강남구 for 강남·서초구, 현대차그룹 for 현대차. */
  private isOfList(text: string): boolean {
    const [, beginning, ending] = LISTED.exec(text) ?? [];
    if (beginning === undefined || !this.has(beginning)) return false;
    if (SHARED_ENDING.test(ending!)) return ending === '그룹' || this.original.text.includes(ending!);
    return new RegExp(`${beginning}(?:[·, ]{1,2}[가-힣]{1,8}){1,8}${ending!}`).test(this.original.text);
  }
}

/** The end of a name that a list tells once. */
const LISTED =
  /^([가-힣A-Za-z]{2,})(은행|증권|카드|금융|전자|그룹|생명|화재|보험|캐피탈|저축은행|대학교|공장|공항|지점|센터|고속도로|대|구|시|군|도|역)$/;
const SHARED_ENDING = /^(?:은행|증권|카드|금융|전자|그룹)$/;

/** Their words are left out when they are told of: 버스노조 is 서울시버스노동조합. */
const SHORTENED =
  /^([가-힣]{2,8})(노조|노동조합|조합|협회|연합회|중앙회|연맹|학회|공단|공사|재단|진흥원|연구원|연구소|위원회|센터)$/;

function isSubsequence(part: string, whole: string): boolean {
  let at = -1;
  return [...part].every((syllable) => (at = whole.indexOf(syllable, at + 1)) >= 0);
}

const LETTERS =
  '에이 비 시 디 이 에프 지 에이치 아이 제이 케이 엘 엠 엔 오 피 큐 아르 에스 티 유 브이 더블유 엑스 와이 제트'.split(
    ' ',
  );

/** Latin letters by their Korean names: KT and 케이티 are one. */
function spelt(words: string): string {
  return words
    .replaceAll('&', '앤')
    .toLowerCase()
    .replace(/[a-z]/g, (letter) => LETTERS[letter.charCodeAt(0) - 97]!)
    .replaceAll('씨', '시');
}

/** A surname and two syllables that end as no noun with a particle does. */
function isFullName(word: string): boolean {
  return (
    isSurname(word[0]!) && !COMMON_WORDS.has(word) && !/[은는이가을를의에도와과로인한사원부회장]$/.test(word)
  );
}

function isTitled(word: string): boolean {
  return isTitledName(word.slice(0, 3)) && isNounEnding(word.slice(3), 2);
}
