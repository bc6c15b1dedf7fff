import { isNounEnding, stemOf } from '../korean/particles';
import { hasSynonyms } from '../korean/same-meaning';
import { FLAG, wordsOf, type WordRuns } from '../korean/word-runs';

/** What is done with a thing or said of it: such a word behind a term makes no other term of it. */
const SAID_OF_A_THING = new Set(
  (
    '통장 환매 보험료 수수료 세율 요금 잔액 만기 원금 등급 총재 의장 위원 위원장 회의 법칙 인상 인하 상승 하락 동결 급등 급락 폭등 폭락 반등 변동 조정 결정 ' +
    '전망 예측 예상 정책 제도 규제 시장 거래 투자 상품 계좌 지수 비율 수준 증가 감소 가격 가치 금액 규모 종류 방법 방식 절차 조건 기준 대상 자격 한도 ' +
    '기간 이유 원인 배경 영향 효과 결과 장점 단점 장단점 특징 차이 차이점 예시 사례 역사 현황 상황 문제 위험 리스크 위기 논란 뉴스 기사 소식 정보 용어 ' +
    '개념 정의 뜻 의미 설명 공식 계산 계산법 단위 추이 흐름 그래프 비교 관계 관련 대책 방안 대응 재개 금지 허용 도입 시행 폐지 확대 축소 강화 완화 부담 ' +
    '신청 가입 해지 납부 수령 환급 지급 발행 상환 매수 매도 매입 매각 판매 구매 소각 경영 운영 관리 활용 이용 수출 수입 생산 개발 세력 업체 기업 국민 ' +
    '시기 시점 순위 최고 최저 최대 최소 평균 사상 기록 돌파 붕괴 안정 불안 우려 기대 압력 충격 여파 부족 과잉 개선 악화 회복 성장 둔화 침체 발표 공시 ' +
    '통계 조사 분석 연구 공부 폭탄 전쟁 인식 필요성 중요성 목적 역할 기능 원리 구조 유형 실적 흑자 적자 이자 금리 세금 초보 입문 기초 추천 종목 전문가 ' +
    '비중 수익 손실 쉽게 자세히 간단히 간단하게 좀 대해 대해서 관해 대한 너무 많이 계속 다시 지금 요즘 올해 내년 오늘 현재 한국 우리나라 meaning ' +
    'definition explained example examples rise fall hike cut rates rate increase decrease ' +
    'growth risk works work mean means do does good bad high low today now in of on to and ' +
    'for vs is are the'
  ).split(' '),
);
/** 인상률, 가입자, 인상기 */
const SUFFIX = /(?<=..)[률율자기폭시전후별형금]$/;
/** What people ask about a thing. */
const ASKING =
  /^(?:이|가|은|는|이란|란)?(?:뭐|뭔|뭘|뭣|모[야예]|머[야예]|무엇|무슨|뜻|의미|왜|어떻|어떤|어느|어디|얼마|언제|누|몇|알려|알고|설명|가르쳐|궁금|이란|란|이라는|라는|인가|이에요|예요|개념|정의|좀|쉽게|간단|자세히|대해|대한|관해|차이|what|how|why|explain|define|please)/;
/** A verb or an adjective rather than a noun. */
const PREDICATE =
  /(?:요|다|[아어]|는법|니다|니까|나요|면|면서|는데|어서|아서|려고|하고|하는|되는|해|줘|돼|될|될까|할까|가요|때|게|[어아]야|했어|됐어|다는|다고|으로|에서|까지)$/;

/**
 * Whether behind a name that stands in a question comes a noun, in the same word or the next, which makes another term of
 * both, as 옵션 behind 디폴트, and nothing else is asked.
 */
export function isPartOfCompound(
  runs: WordRuns,
  at: number,
  length: number,
  isName: (noun: string) => boolean,
): boolean {
  const end = at + length;
  const [next, ...others] = wordsOf(runs).filter(({ to }) => to > end);
  if (!next || (next.from === end && !(runs.flags[end]! & FLAG.gap))) return false;
  const word = runs.compact.slice(Math.max(next.from, end), next.to);
  const noun = bareNoun(word);
  if (noun.length < 2 || isSaid(noun) || isName(noun) || ASKING.test(word) || isPredicate(word)) return false;
  if (next.from < end && isNounEnding(word, length)) return false;
  return others
    .filter(({ from }) => runs.flags[from]! & (FLAG.gap | FLAG.stop))
    .every(({ from, to }) => ASKING.test(runs.compact.slice(from, to)));
}

function isSaid(noun: string): boolean {
  return SAID_OF_A_THING.has(noun) || SAID_OF_A_THING.has(noun.replace(SUFFIX, ''));
}

/** 올라 and 떨어져 too. */
function isPredicate(word: string): boolean {
  return PREDICATE.test(word) || (/[라려져러]$/.test(word) && hasSynonyms(word));
}

/** 함정 of 함정이, 함정이란, 함정이뭐야. */
function bareNoun(word: string): string {
  const stem = stemOf(word);
  for (let length = 2; length < stem.length; length += 1)
    if (
      /^(?:이?란|이?라는|이|가|은|는|뭐|뜻)/.test(stem.slice(length)) &&
      isNounEnding(stem.slice(length), 2)
    )
      return stem.slice(0, length);
  return stem;
}
