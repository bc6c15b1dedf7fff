const LENDING = /은행|금리|이자|금융|저축|담보|대출|빚|채무|차주|상환|연체/;
const SHARES = /주식|증시|증권|코스피|코스닥|나스닥|상장|종목|주주|공모|투자자|기관|외국인/;
const HOMES = /보증금|세입자|임차|임대|집주인|전셋|월세|아파트|주택|부동산|매매/;
const INVESTING = /투자|펀드|주식|증시|채권|자산|ETF|수익/;
const MARKETS = /시장|점유|경쟁|공정위|공정거래/;
const DEFAULTS = /빚|국채|채무|부채|부도|상환|외채|회사채/;
const ECONOMY = /경기|경제|금리|물가|부동산|성장/;
const SAVING = /이자|예금|적금|금리|수익/;
const FED = /연준|연방준비|중앙은행|통화|금리|긴축/;

/**
 * Names of terms, by their keys, that also mean something else: what must stand elsewhere in a text before they are
 * explained in it. 상장 is a prize, 부채 a fan, 전세 a chartered bus, 연준 a singer, CD a disc.
 */
const NEEDS: Readonly<Record<string, RegExp>> = {
  대출: LENDING,
  담보: LENDING,
  만기: LENDING,
  원금: /이자|투자|대출|손실|예금|상환|갚/,
  복리: SAVING,
  단리: SAVING,
  물가: /가격|상승|인상|인플레|금리|소비자|값|올랐|오르|올라|내렸|내리/,
  평가절하: /통화|환율|위안|화폐|달러/,
  우선주: /배당|보통주|주식|의결권|증시|주가/,
  청약: /아파트|분양|주택|공모주|상장|통장|경쟁률/,
  상장: SHARES,
  공모가: SHARES,
  손절: SHARES,
  우량주: SHARES,
  블루칩: SHARES,
  배당: /주식|주주|증시|증권|회사|이익|실적|지주|상장/,
  주가: /주식|증시|증권|코스피|코스닥|나스닥|다우|상장|종목|주주|실적|매출|장중/,
  사이드카: /증시|코스피|코스닥|선물|거래소|매도|매수/,
  컨센서스: /증권|실적|영업이익|전망치|매출/,
  부채: /빚|금융|재무|회사|기업|정부|은행|자산|자본|이자|가계/,
  자본: /빚|금융|투자|기업|회사|은행|자산|부채|시장/,
  자산: /투자|은행|금융|주식|부동산|예금|재산|증권/,
  채권: /국채|회사채|국고|금리|발행|만기|증권|펀드|수익률|투자/,
  전세: HOMES,
  보증금: HOMES,
  재건축: HOMES,
  독점: MARKETS,
  과점: MARKETS,
  카르텔: /담합|공정위|과징금|공정거래|석유/,
  파산: /빚|채무|법원|은행|회사|기업|자금/,
  디폴트: DEFAULTS,
  모라토리엄: DEFAULTS,
  워크아웃: /채권단|은행|채무|빚|기업|회사|구조조정/,
  포트폴리오: INVESTING,
  레버리지: INVESTING,
  리츠: /투자|배당|부동산|상장|임대/,
  버블: /자산|집값|부동산|주가|증시|투자|닷컴|거품/,
  블랙스완: /위기|충격|시장|금융|경제/,
  골디락스: ECONOMY,
  연착륙: ECONOMY,
  소프트랜딩: ECONOMY,
  경착륙: ECONOMY,
  하드랜딩: ECONOMY,
  유동성: /자금|금융|현금|시장|통화|은행/,
  통화량: /한국은행|한은|중앙은행|유동성|물가|시중/,
  테이퍼링: FED,
  연준: /금리|파월|FOMC|연방|통화|물가|달러|긴축|인플레/,
  세수: /국세|세금|법인세|재정|세입|예산|소득세/,
  수주: /계약|공사|조선|선박|건설|주문|입찰|발주|잔고|수출/,
  덤핑: /관세|수출|수입|가격|무역|저가/,
  cb: /전환사채|주식|발행|사채/,
  cd: /금리|예금|은행|증권/,
  cds: /금리|위험|부도|프리미엄|국채/,
  cp: /어음|발행|단기|증권|신용등급/,
  rp: /환매|한국은행|한은|증권|금리|국채/,
  vc: /벤처|투자|스타트업/,
  per: /주가|주식|증시|증권|실적/,
  eps: /주가|주식|이익|실적|증권/,
  roe: /자본|주주|이익|증시|주식|배당/,
  ppi: /생산자|물가/,
  pmi: /구매|제조업|지수|경기/,
  ltv: /담보|대출|주택|집값/,
  cma: /증권|계좌|예금|금리|투자/,
  isa: /계좌|세금|비과세|투자|증권|은행/,
  irp: /퇴직|연금|세액/,
  npl: /은행|대출|채권|연체/,
  qe: FED,
  qt: FED,
};

/** The same the other way round: with this in the text they are not meant. */
const NOT_WITH: Readonly<Record<string, RegExp>> = {
  예산: /(?:충남|충청남도) 예산|예산군/,
  내수: /내수면/,
  우선주: /우선주의/,
  규모의경제: /(?:위|원|달러|위안|유로|엔) ?규모의 경제/,
  수요: /수요 ?(?:집회|예배|시위)/,
  디폴트: /디폴트 ?(?:값|설정)|기본값/,
  카르텔: /마약|갱단/,
};

/** Whether a text means the economic term by a name that is found in it. */
export function isMeantAsTerm(nameKey: string, name: string, text: string): boolean {
  const needs = NEEDS[nameKey];
  return (!needs || needs.test(text.replaceAll(name, ' '))) && !NOT_WITH[nameKey]?.test(text);
}
