/** What a word of the news is called in everyday speech: each line is of one thing. */
const SAME_THINGS: readonly string[] = [
  '알바 아르바이트',
  '시급 최저임금 최저시급',
  '방세 월세 집세',
  '벌금 과징금 과태료',
  '선박 조선',
  '애 애기 아기 아이 자녀',
  '자취생 청년 20대',
  '차 자동차 완성차',
  '폰 핸드폰 휴대폰 스마트폰',
  '겜 게임',
  '표 표값 입장권 티켓',
  '전기세 전기료 전깃값 전기요금',
  '비행기표 항공권 항공료',
  '참가비 신청비 접수비',
  '숙소 호텔 숙박',
  '라이더 배달기사 배달원 배달라이더',
  '사장 사장님 자영업자 사업자',
  '가게 점포 매장 상점',
  '손님 고객 이용객',
  '기름값 유가 휘발유값',
  '배달비 배달료 배달수수료',
  '넷플 넷플릭스 ott 동영상서비스',
  '이티에프 etf',
  '메모리 d램 디램',
  '칩 반도체',
  '취준생 구직자 취업준비생',
  '결혼식 결혼 혼인',
  '마라톤 달리기 러닝',
  '티비 방송 방송국 방송사',
  '월급쟁이 직장인 회사원',
  '뱅기 비행기',
  '세입자 임차인',
  '집주인 임대인',
  '무료 공짜 무상',
];

const THINGS = new Map<string, readonly string[]>();
for (const words of SAME_THINGS.map((line) => line.split(' ')))
  for (const word of words) THINGS.set(word, words);

/** The other names of a thing that has this one; none of a word that has no other. */
export function otherNamesOf(word: string): readonly string[] {
  return THINGS.get(word)?.filter((other) => other !== word) ?? [];
}
