import table from './name-table.json';

/** Names of one bearer: 한국은행, 한은, BOK. */
export interface KnownName {
  names: readonly string[];
  kind: 'institutions' | 'companies' | 'people' | 'places';
}

/** By each name that is told from common words without help; those behind ~ only support others. */
export const KNOWN_NAMES: ReadonlyMap<string, KnownName> = new Map(
  (['institutions', 'companies', 'people', 'places'] as const).flatMap((kind) =>
    table[kind].flatMap((line): [string, KnownName][] => {
      const names = line.split('|');
      const known = { names: names.map((name) => name.replace('~', '')), kind };
      return names.filter((name) => !name.startsWith('~')).map((name) => [name, known]);
    }),
  ),
);
export const LONGEST_KNOWN_NAME = Math.max(...[...KNOWN_NAMES.keys()].map((name) => name.length));

const OFFICE = '측|상무|재무|정부|당국|하원|상원|의회|국채|증시|외교';
const alone = (syllable: string) => `(?<![가-힣\\d])${syllable}(?= ?(?:${OFFICE})|·)`;
const together = (syllable: string) =>
  `[한미중일북러대방주]·?${syllable}(?![가-힣])|(?<![가-힣\\d])${syllable}·?[미중일러북](?![가-힣])`;

/** What an original says when it means a place without its name. */
export const IMPLIES: Readonly<Record<string, RegExp>> = {
  미국: new RegExp(
    `美|연준|연방준비|FOMC|\\bFed\\b|뉴욕|월가|백악관|워싱턴|트럼프|바이든|파월|나스닥|다우|S&P|방미|북미|현지시간|\\bU\\.?S\\.?|USTR|달러|(?<![가-힣\\d])미(?= )|${alone('미')}|${together('미')}`,
  ),
  중국: new RegExp(`中|베이징|상하이|위안|시진핑|인민은행|${alone('중')}|${together('중')}`),
  일본: new RegExp(
    `日|도쿄|엔화|엔·달러|닛케이|BOJ|일은|이시바|다카이치|우에다|${alone('일')}|${together('일')}`,
  ),
  북한: /北|김정은|평양|남북|대북|북미/,
  러시아: /푸틴|모스크바|크렘린|러·우|대러|한러|미러/,
  우크라이나: /러·우|젤렌스키|키이우/,
  영국: /英|런던|영란은행|BOE|파운드/,
  독일: /獨|베를린|프랑크푸르트/,
  프랑스: /佛|파리/,
  대만: /타이베이|TSMC|양안/,
  벨기에: /브뤼셀/,
  네덜란드: /암스테르담|헤이그|ASML/,
  스위스: /제네바|취리히|다보스|베른/,
  이탈리아: /로마|밀라노/,
  스페인: /마드리드|바르셀로나/,
  캐나다: /오타와|토론토|밴쿠버/,
  호주: /시드니|캔버라|멜버른/,
  베트남: /하노이|호찌민/,
  인도: /뉴델리|뭄바이/,
  인도네시아: /자카르타/,
  태국: /방콕/,
  사우디아라비아: /리야드|아람코/,
  아랍에미리트: /두바이|아부다비/,
  이스라엘: /텔아비브|예루살렘|네타냐후/,
  이란: /테헤란/,
  튀르키예: /앙카라|이스탄불|리라화/,
  체코: /프라하|두코바니/,
  폴란드: /바르샤바/,
  헝가리: /부다페스트/,
  유럽연합: /유럽|유로존|브뤼셀/,
  서울: /서울|강남|서초|송파|여의도|광화문|명동|수도권/,
  인천: /인천|송도/,
  부산: /부산|해운대/,
  코스피: /유가증권시장|유가증권 시장|국내 증시|종합주가지수/,
  국회: /국회|여야|본회의|상임위|국정감사|국감|의원|입법|법안|민주당|국민의힘|여당|야당|당정/,
  대법원: /상고|대법|3심|확정 판결|전원합의체/,
  헌법재판소: /헌법소원|위헌|탄핵심판|헌재/,
  경찰청: /경찰|입건|송치/,
  검찰청: /검찰|기소|구형|공소/,
  국세청: /세무조사|세무서|종합소득세 신고/,
  관세청: /세관/,
  한국거래소: /거래소|코스피|코스닥|유가증권시장/,
  뉴욕증권거래소: /뉴욕증시|뉴욕 증시|다우|S&P/,
  국토교통부: /국토부|국토교통/,
  질병관리청: /질병청|방역당국/,
  유럽중앙은행: /라가르드/,
  일본은행: /우에다/,
  한국전력공사: /한전/,
  국민연금공단: /국민연금/,
  한국은행: /금통위|금융통화위원회/,
  '미국 연방준비제도': /FOMC|연방공개시장위원회|파월/,
  금융통화위원회: /한국은행|한은/,
  '미국 재무부': /재무장관|재무부/,
  '미국 상무부': /상무장관|상무부/,
  대통령실: /대통령/,
  백악관: /트럼프|바이든/,
  CU: /BGF리테일/,
  GS25: /GS리테일/,
};
