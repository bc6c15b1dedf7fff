import { ARTICLE_CATEGORIES, type ArticleCategory } from '../../src/domain/article/category';

/** What each reader type likes, in the order of READER_TYPES and ARTICLE_CATEGORIES. */
export const CATEGORY_TASTE = [
  [0.3, 0.5, 0.08, 0.04, 0.08],
  [0.25, 0.15, 0.15, 0.4, 0.05],
  [0.1, 0.1, 0.35, 0.4, 0.05],
  [0.2, 0.05, 0.65, 0.05, 0.05],
  [0.45, 0.1, 0.1, 0.02, 0.33],
];

interface Topic {
  category: ArticleCategory;
  words: string[];
}

const WORDS: Record<ArticleCategory, string[]> = {
  ECONOMY_AND_BUSINESS: [
    '기준금리 한국은행 금통위 대출이자 통화정책',
    '환율 달러 원화 외환시장 수출기업',
    '부동산 아파트 전세 분양 주택담보대출',
    '반도체 메모리 파운드리 삼성전자 하이닉스',
    '코스피 주가 외국인 공매도 상장',
    '물가 소비자 장바구니 인플레이션 유가',
    '배터리 전기차 양극재 리튬 완성차',
    '창업 스타트업 투자유치 벤처 기업공개',
  ],
  POLITICS_AND_SOCIETY: [
    '국회 예산안 여야 법안 본회의',
    '최저임금 노동시장 고용 실업률 일자리',
    '연금 고령화 복지 저출생 인구',
    '세금 종부세 국세청 공제 연말정산',
    '통상 관세 협상 미국 무역',
    '교육 대학 등록금 입시 청년',
  ],
  TECHNOLOGY_AND_CULTURE: [
    '인공지능 생성형 모델 데이터센터 엔비디아',
    '우주 발사체 위성 누리호 항공',
    '게임 신작 모바일 개발사 흥행',
    '드라마 영화 제작사 스트리밍 콘텐츠',
    '로봇 자동화 물류 스마트팩토리 센서',
    '보안 해킹 개인정보 통신사 유출',
  ],
  SPORTS_AND_LEISURE: [
    '야구 구단 연봉 이적 관중',
    '축구 월드컵 중계권 감독 대표팀',
    '여행 항공권 호텔 관광객 면세점',
    '골프 캠핑 등산 레저 장비',
    '맛집 카페 디저트 편의점 신메뉴',
  ],
  OPINION_AND_ANALYSIS: [
    '칼럼 전망 경기침체 사이클 진단',
    '사설 개혁 규제 정부 제언',
    '분석 보고서 연구원 통계 추세',
    '인터뷰 경영자 전략 리더십 혁신',
  ],
};

export const TOPICS: readonly Topic[] = ARTICLE_CATEGORIES.flatMap((category) =>
  WORDS[category].map((words) => ({ category, words: words.split(' ') })),
);

const PARTICLES = ['은', '는', '이', '가', '을', '를', '의', '에', '도', ''];
const FILLERS =
  '오늘 정부 시장 올해 지난달 발표 증가 감소 기업 국내 세계 전문가 관계자 상승 하락 예상 변화 영향 결과 계획'.split(
    ' ',
  );
const ENDINGS = ['했다', '밝혔다', '늘었다', '줄었다', '전망된다', '나타났다'];

export function topicsOfCategory(category: ArticleCategory): number[] {
  return TOPICS.flatMap((topic, index) => (topic.category === category ? [index] : []));
}

const SYLLABLES = [...'강경광남대동명미북산서성세송신영우인정제천청태한해현호'];

/** The name that the articles of one story have in common; the same story, the same name. */
export function nameOf(story: number): string {
  const base = SYLLABLES.length;
  const syllables = [story, Math.floor(story / base), Math.floor(story / base ** 2) + story * 7];
  return syllables.map((number) => SYLLABLES[number % base]!).join('');
}

/** A few sentences of the topic's words, some of a second topic, words that every article uses, and the story's name. */
export function articleText(topic: number, second: number, random: () => number, name?: string): string {
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)]!;
  const word = () => {
    const draw = random();
    if (name !== undefined && draw > 0.92) return name + pick(PARTICLES);
    if (draw < 0.45) return pick(TOPICS[topic]!.words) + pick(PARTICLES);
    return (draw < 0.6 ? pick(TOPICS[second]!.words) : pick(FILLERS)) + pick(PARTICLES);
  };
  const sentence = () => `${Array.from({ length: 7 }, word).join(' ')} ${pick(ENDINGS)}`;
  return `${Array.from({ length: 5 }, sentence).join('. ')}.`;
}
