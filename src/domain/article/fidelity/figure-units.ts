/** What can be compared with one another once it is in the same unit. */
export type Measure =
  | 'percent' | 'points' | 'multiple' | 'ratio' | 'fraction' | 'half' | 'digits' | 'rank' | 'times' | 'people' | 'age'
  | 'count' | 'bare' | 'days' | 'months' | 'minutes' | 'degrees' | 'metres' | 'area' | 'grams' | 'litres'
  | 'watts' | 'watt-hours' | 'bytes' | 'weeks' | 'week of month' | 'article' | 'clause' | 'share' | 'date' | 'won' | 'dollars' | 'other money' | 'quarters' | 'yen' | 'euros' | 'yuan' | 'pounds'; // prettier-ignore

export interface Unit {
  measure: Measure;
  factor: number;
  /** May be the beginning of another word: what follows has to be an ending. */
  short?: true;
  /** Of things: what they are counted by; absent when that tells nothing of them, as 개 and 곳. */
  counter?: string;
}

/** Different words for counting the same things. */
const COUNTERS: Record<string, string> = {
  세대: '가구',
  집: '가구',
  어가: '가구',
  농가: '가구',
  좌석: '석',
  자리: '석',
  국가: '나라',
  '호 골': '골',
  호골: '골',
  '호 홈런': '홈런',
  채: '가구',
  호: '가구',
  매: '장',
  좌: '계좌',
  쪽: '페이지',
  개국: '나라',
  등: '위',
  마리: '두',
};
const GENERAL_COUNTERS = new Set(
  (
    '개 건 곳 군데 가지 종 종류 개사 개_사 사 회사 기업 업체 단체 팀 편 조각 위원 기관 부처 은행 매장 점포 가게 지점 품목 제품 상품 ' +
    '분야 항목 차종 모델 유형 지역 구역 학교 대학 병원 노선'
  ).split(' '),
);

const UNITS = new Map<string, Unit>();
function define(measure: Measure, factor: number, names: string, short?: true): void {
  for (const name of names.split(' '))
    UNITS.set(name.replaceAll('_', ' '), {
      measure,
      factor,
      ...(short && { short }),
      ...(['count', 'other money'].includes(measure) &&
        !GENERAL_COUNTERS.has(name) && { counter: COUNTERS[name.replaceAll('_', ' ')] ?? name }),
    });
}

define('points', 1, '%p %P %포인트 %_포인트 %pt %pp 퍼센트포인트 퍼센트_포인트 퍼센트p pp');
define('points', 0.01, 'bp bps 베이시스포인트 베이시스_포인트 bp포인트');
define('percent', 1, '% 퍼센트 percent');
define('percent', 1, '프로', true);
define('percent', 10, '할', true);
define('multiple', 1, '배', true);
define('won', 1, '원 ₩ KRW');
define('dollars', 1, '달러 불 미국달러 USD $');
define('dollars', 0.01, '센트');
define('yen', 1, '엔 ¥ JPY', true);
define('euros', 1, '유로 € EUR');
define('yuan', 1, '위안 CNY');
define('pounds', 1, '파운드 £ GBP');
define(
  'other money',
  1,
  '루피 루블 코루나 크로나 크로네 프랑 페소 링깃 바트 리라 레알 디르함 리얄 랜드화 루피아',
);
define('people', 1, '명 사람');
define('people', 1, '인', true);
define('rank', 1, '위 등 번째 순위 째', true);
define('times', 1, '차례 번 회', true);
define('rank', 1, '차', true);
define('age', 1, '세 살', true);
define('months', 12, '개년 년');
define('months', 12, '해', true);
define('months', 1, '개월');
define('months', 1, '달', true);
define('quarters', 1, '개_분기 개분기 분기');
define('weeks', 1, '주일 주간');
define('weeks', 1, '주', true);
define('days', 1, '거래일 영업일');
define('days', 1, '일 날', true);
define('minutes', 60, '시간');
define('minutes', 1, '분', true);
define('minutes', 1 / 60, '초', true);
define('clause', 1, '항', true);
define('digits', 1, '자릿수 자리_수');
define('degrees', 1, '도 ℃ °C', true);
define('metres', 1_000, 'km ㎞ 킬로미터');
define('metres', 1, 'm 미터');
define('metres', 0.01, 'cm ㎝ 센티미터 센티');
define('metres', 0.001, 'mm ㎜ 밀리미터');
define('metres', 1e-9, 'nm 나노미터 나노');
define('metres', 0.0254, '인치');
define('metres', 1_609.344, '마일');
define('metres', 0.3048, '피트');
define('area', 1, '㎡ m² 제곱미터');
define('area', 400 / 121, '평', true);
define('area', 10_000, 'ha ㏊ 헥타르');
define('area', 1e6, '㎢ km² 제곱킬로미터');
define('grams', 1e6, 't 톤');
define('grams', 1_000, 'kg ㎏ 킬로그램 킬로');
define('grams', 1, 'g 그램');
define('grams', 0.001, 'mg ㎎ 밀리그램');
define('grams', 31.1035, '온스');
define('grams', 600, '근', true);
define('litres', 1, 'L ℓ 리터');
define('litres', 1_000, '㎘ 킬로리터');
define('litres', 0.001, 'ml mL ㎖ 밀리리터');
define('litres', 158.987, '배럴');
for (const [prefix, korean, factor] of [
  ['', '', 1],
  ['k', '킬로', 1e3],
  ['K', '킬로', 1e3],
  ['M', '메가', 1e6],
  ['G', '기가', 1e9],
  ['T', '테라', 1e12],
] as const) {
  // prettier-ignore
  define('watts', factor, `${prefix}W ${korean}와트`);
  define('watt-hours', factor, `${prefix}Wh ${korean}와트시`);
  define('bytes', factor, `${prefix}B ${korean}바이트`);
}
define('watts', 1e6, '㎿ ㎹');
define('watts', 1e3, '㎾');
define('watt-hours', 1e6, '㎿h');
define('watt-hours', 1e3, '㎾h');
define('bytes', 1e9, '기가');
define(
  'count',
  1,
  '가구 세대 계약 어가 농가 군데 가지 종류 개국 개사 그루 마리 상자 박스 단지 mAh 화소 TEU MJ GJ Hz 언더파 오버파 계단 계좌 킬로칼로리 kcal 포기 경기 라운드 골 나라 회사 기업 단체 도시 업체 기관 부처 매장 점포 가게 지점 품목 제품 상품 분야 항목 차종 모델 유형 구역 국가 학교 대학 병원 노선 좌석 켤레 그릇 송이 편성 차선 호선 정거장 인분 학급 객실 병상 포대 자루 컵 페이지 문항 문제 과목 학점 등급 단계 부작 곡 채널 라인 차종 트랙 송이 다발 호_골 호골 호_홈런',
);
define(
  'count',
  1,
  '개 건 곳 종 편 장 매 권 대 척 병 잔 벌 통 판 필지 동 문 기 정 호 채 타 승 패 점 표 좌 쪽 층 석 조각 팀 홀 량 개_사 위원 사 집 자리 은행 지역 쌍 캔 봉지 알 끼 인분 수 상',
  true,
);
define('bare', 1, '포인트');
define('bare', 1, '선 p pt', true);

const NAMES = [...UNITS.keys()]
  .sort((a, b) => b.length - a.length)
  .map((name) => name.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'));
const UNIT = new RegExp(` ?(${NAMES.join('|')})`, 'y');
const LATIN = /[A-Za-z]/;
/** What stands behind a unit, without a space, and leaves it a unit. */
const ENDING = new RegExp(
  '(?:' +
    '물|이|가|을|를|은|는|의|에|로|으로|와|과|도|만|까지|부터|보다|씩|당|여|대|짜리|어치|꼴|쯤|정도|가량|남짓|째|간|동안|이상|이하|미만|초과|넘|안팎|내외|선|수준|규모|' +
    '가까|전|후|뒤|예|였|입|다|인|며|고|나|요|밖|마다|처럼|중|연속|상당|반|랑|하|끼|에서|치|들|번|차|분|뿐|조차|기준|이내|내|초|말|째로|꼴로|임|죠|지|래요|네요|군요|랍니|라고|라는|라면|라도|라서|라니|란다|거든|였|던|된|됐|뿐|뺨|부터|제(?![가-힣])|제[도가는를의로]' +
    ')',
  'y',
);

/** 만 개인연금, 3천 개인사업자. */
const INDIVIDUAL = /^인(?:연금|투자|정보|사업|회생|파산|택시|방송|종합|용|별|들)/;

/** The unit at `at`, after at most one space; null when there is none. */
export function readUnit(text: string, at: number): { unit: Unit; end: number } | null {
  UNIT.lastIndex = at;
  const match = UNIT.exec(text);
  if (!match) return null;
  const unit = UNITS.get(match[1]!)!;
  // 아이폰 17 프로 is a telephone.
  if (match[0] === ' 프로') return null;
  const end = at + match[0].length;
  const next = text[end] ?? '';
  if (LATIN.test(match[1]!.at(-1)!) && LATIN.test(next)) return null;
  if (match[1] === '개' && INDIVIDUAL.test(text.slice(end, end + 4))) return null;
  if (unit.short && /[가-힣]/.test(next)) {
    ENDING.lastIndex = end;
    if (!ENDING.test(text)) return null;
  }
  return { unit, end };
}

/** The currency whose sign stands before an amount. */
export function currencyBefore(text: string, at: number): { unit: Unit; start: number } | null {
  const sign = text[at - 1] ?? '';
  const unit = '$₩€¥£'.includes(sign) && sign !== '' ? UNITS.get(sign) : undefined;
  if (!unit) return null;
  return { unit, start: /(?:US|NT|HK)$/.test(text.slice(at - 3, at - 1)) ? at - 3 : at - 1 };
}
