import { LRUCache } from 'lru-cache';
import { rootOf } from './roots';

/** Everyday words that people use for the same when they say what an economic term means. */
const GROUPS = [
  '오르다 올리다 상승하다 상승 높아지다 높이다 뛰다 비싸지다 인상 급등',
  '내리다 떨어지다 하락하다 하락 낮아지다 낮추다 싸지다 내려가다 인하 급락 추락',
  '늘어나다 늘리다 증가하다 증가 많아지다 커지다 불어나다',
  '줄이다 줄어들다 감소하다 감소 적어지다 작아지다',
  '계속 계속해서 지속적으로 지속 꾸준히 자꾸',
  '값 가격 금액 시세',
  '집 주택 아파트',
  '빚 부채 채무',
  '갚다 상환하다 상환 변제',
  '빌리다 꾸다 대출 대출받다',
  '팔다 매도하다 판매하다 매각 파는',
  '사다 매수하다 사들이다 구입하다 구매하다 매입 구매',
  '회사 기업 업체',
  '나라 국가 정부',
  '외국 해외 다른나라 수입품',
  '월급 급여 임금 봉급',
  '일자리 직장 직업 취업 취직',
  '공짜 무상 무료',
  '이익 수익 이득 이윤',
  '손해 손실',
  '물건 상품 제품 재화',
  '못 못하다 안 않다 없다 없이 없어지다 없애다',
  '나누다 나눠주다 분배하다',
  '망하다 부도 파산하다',
  '내다 부과하다 매기다 물리다 붙다 떼다',
  '거두다 거두어들이다 걷다',
  '직원 사원 노동자 근로자',
  '이론 생각',
  '모두 모든 다 전부 전체',
  '바꾸다 교환하다 교환',
  '크다 높다',
  '모으다 모은',
  '짧다 단기',
  '풀다 공급하다',
  '고르다 선택하다 선택',
  '돈 화폐 자금',
  '옮기다 갈아타다',
  '천천히 서서히',
  '경제 경기',
  '나타내다 보이다 보여주다',
  '넣다 붓다',
  '크기 규모',
  '지수 숫자 지표 수치',
  '약속 협정',
  '차지하다 지배하다 독차지',

  '날 날짜',
  '살피다 감독하다 감시하다 지켜보다',
  '도우려고 도와주다 도움 도움받다 지원하다 지원 지원금',
  '따지다 감안하다 고려하다',
  '견주다 비교하다 대비 비교',
  '노인 어르신 나이많은',
  '발행하다 발행 찍다',
  '거래하다 사고팔다',
  '깎다 빼다',
  '매달 다달이 매월 달마다',
  '쓰다 이용하다 사용하다 지출하다',
  '쉽다 쉬운',
  '미래 앞으로 앞날',
  '사람 국민 개인 사람들',
  '합치다 합하다 더하다 합친',
  '쪼개다 나뉘다 분할하다',
  '나쁘다 침체 침체되다 불황 불경기 나빠지다',
  '어렵다 어려운 어려워지다 힘들다 힘든',
  '좋다 호황 좋아지다',
  '받다 얻다 벌다 돌려받다 돌려주다 벌어들인 환급 회수하다',
  '낡다 오래되다',
  '새로 새롭다 새',
  '비율 퍼센트 정도',
  '몰래 짜다',
  '처음 처음으로 최초',
  '가지다 보유하다 갖다',
  '막다 금지하다 방지하다',
  '멈추다 중단하다 정지하다 중단',
  '급하다 갑자기 급격히 갑작스럽다',
  '미리 먼저 앞서',
  '한꺼번에 몰리다 동시에',
  '거짓 속이다 거짓말 가짜 조작하다',
];
const MEANINGS = new Map<string, string>();
for (const [group, words] of GROUPS.entries())
  for (const word of words.split(' ')) MEANINGS.set(rootOf(word), `#${String(group).padStart(2, '0')}`);

/** A shorter one is too little of a word of three syllables. */
const SHORTEST_ROOT = 3;

/** By word: a glossary says the same words again and again, and finding a root takes some microseconds. */
const known = new LRUCache<string, string>({ max: 5_000 });

/** The root of a word, or what words of the same meaning have in common. */
export function meaningOf(word: string): string {
  let meaning = known.get(word);
  if (meaning === undefined) {
    const root = rootOf(word);
    meaning = MEANINGS.get(root) ?? (root.length < SHORTEST_ROOT && word.length > 2 ? word : root);
    known.set(word, meaning);
  }
  return meaning;
}

/** Whether it is one of those everyday words. */
export function hasSynonyms(word: string): boolean {
  return meaningOf(word).startsWith('#');
}
