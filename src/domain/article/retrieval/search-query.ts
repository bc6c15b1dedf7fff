import { cutText } from '../../../visible-text';
import { searchText, stemsOf } from '../../korean/words';

/** News searches find only what has all words: of four or five there is often nothing. */
const MAX_WORDS = 3;
const MAX_WORD_LENGTH = 20;
const MAX_TITLE = 300;
const MAX_CONTENT = 5_000;
/** More often says no more: it is what the article is about. */
const MAX_COUNT = 8;
/** [단독], 【사설】, (종합2보), <그래픽>: what a newspaper says of its article, at either end. */
const LABELS =
  /^(?:\s*[[【<〈［][^\]】>〉］]{1,12}[\]】>〉］])+|(?:\s*[[【<〈(［][^\]】>〉)］]{1,12}[\]】>〉)］])+\s*$/g;
/** 3조, 2.5%, 14일: other articles about the same have others. 5g and 3d are names. */
const FIGURE = /^\d[\d.]*(?![a-z])/;
/** Of sentences; 수요, 필요, 주요, 개요, 중요 and 소요 are nouns. */
const ENDING =
  /(?:(?<![수필주개중소])요|니다|니까|거든|는데|지만|면서|다고|라고|[었았했였됐있없한된른린난선운는]다|[될할을릴질갈올]까|[하되][는고며]|했던|려는)$|^.[은는를]$/;
const LETTER = /[가-힣\p{Script=Latin}\p{Script=Han}]/u;
/** In titles about anything. */
const SAID_OF_ANYTHING = new Set(
  (
    '단독 속보 종합 포토 영상 사진 인터뷰 칼럼 사설 분석 기획 특집 그래픽 관련 이유 결국 역대 최대 최고 최저 최초 사상 첫 올해 내년 작년 지난해 지난달 이번 ' +
    '오늘 내일 어제 하루 상반기 하반기 연속 만에 이상 이하 이후 까지 위해 대해 통해 따라 또다시 다시 정말 모두 함께 우리 어떻게 무엇 어디 언제 얼마 우려 전망 ' +
    '이렇게 그렇게 조금 그대로 대신 받을 넘게 가능성 검토 추진 발표 확대 강화 본격 본격화 줄줄이 대비 기록 돌파 넘어 앞두고 여부 논란 대책 방안 시대 눈길 관심'
  ).split(' '),
);

/**
 * What a search is asked for an article: the words of its title, without their particles, that its text comes back to most.
 * Null when the title has none.
 */
export function searchQueryOf({ title, content }: { title: string; content: string }): string | null {
  const text = searchText(content.slice(0, MAX_CONTENT));
  const words = wordsOf(title.slice(0, MAX_TITLE));
  const names = words.filter((word) => !FIGURE.test(word));
  const ranked = (names.length > 0 ? names : words)
    .map((word, place) => ({ word, place, weight: weightOf(word, text) }))
    .sort((a, b) => b.weight - a.weight || a.place - b.place);
  const chosen: typeof ranked = [];
  for (const candidate of ranked)
    if (chosen.length < MAX_WORDS && !chosen.some(({ word }) => overlap(word, candidate.word)))
      chosen.push(candidate);
  chosen.sort((a, b) => a.place - b.place);
  return chosen.map(({ word }) => cutText(word, MAX_WORD_LENGTH)).join(' ') || null;
}

function wordsOf(title: string): string[] {
  const bare = title.replace(LABELS, ' ');
  const words = stemsOf(searchText(bare).trim() === '' ? title : bare);
  return [...new Set(words)].filter(
    (word) => word.length > 1 && LETTER.test(word) && !ENDING.test(word) && !SAID_OF_ANYTHING.has(word),
  );
}

/** Long words are names and compounds, which tell more than short ones. */
function weightOf(word: string, text: string): number {
  const count = Math.min(text.split(word).length - 1, MAX_COUNT);
  return Math.log(1 + count) * (1 + Math.min(word.length, 6) / 10);
}

/** 금리 says nothing beside 기준금리. */
function overlap(one: string, other: string): boolean {
  return one.includes(other) || other.includes(one);
}
