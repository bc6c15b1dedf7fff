import { ARTICLE_CATEGORIES, type ArticleCategory } from '../../../../src/domain/article/category';
import {
  classifyArticle,
  LABELLED_ARTICLES,
  mostVoted,
  trainingTexts,
  type LabelledArticle,
} from '../../../../src/domain/article/rewriting/extractive/category-classifier';
import { NaiveBayes } from '../../../../src/domain/article/rewriting/extractive/naive-bayes';
import newsroom from '../../../../src/dev/standins/newsroom/articles.json';
import { splitSentences } from '../../../../src/domain/korean/sentences';
import frozen from '../../../fixtures/frozen-articles.json';

const FROZEN = ARTICLE_CATEGORIES.flatMap((category) =>
  frozen[category].map((article): LabelledArticle => ({ category, ...article })),
);
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const SHORT = ['ECON', 'POLI', 'TECH', 'SPOR', 'OPIN'];

const found = ({ title, text }: LabelledArticle) => classifyArticle(title, splitSentences(text));

/** A line for each category: how many of its articles were put on which shelf. */
function confusion(articles: LabelledArticle[]): string {
  const line = (name: string, cells: unknown[]) =>
    [name.padEnd(22), ...cells.map((cell) => String(cell).padStart(5))].join(' ');
  const rows = ARTICLE_CATEGORIES.map((category) => {
    const shelves = articles.filter((article) => article.category === category).map(found);
    return line(
      category,
      ARTICLE_CATEGORIES.map((shelf) => shelves.filter((other) => other === shelf).length),
    );
  });
  return [line('is \\ taken for', SHORT), ...rows].join('\n');
}

describe('the category', () => {
  it('of the articles that were set aside is right for at least 85 of 100, with tags like [사설] and without', () => {
    const tagless = FROZEN.map((article) => ({
      ...article,
      title: article.title.replace(/^\[[^\]]*\] ?/, ''),
    }));
    const shareOf = (articles: LabelledArticle[]) =>
      articles.filter((article) => found(article) === article.category).length / articles.length;
    const [accuracy, withoutTags] = [FROZEN, tagless].map(shareOf) as [number, number];
    process.stdout.write(
      `category of ${FROZEN.length} articles set aside: ${percent(accuracy)} right, without tags ${percent(withoutTags)}\n` +
        `${confusion(FROZEN)}\n`,
    );
    expect(Math.min(accuracy, withoutTags)).toBeGreaterThanOrEqual(0.85);
  });

  it('is right for at least 90 of 100 labelled articles that were left out while it learnt (ten folds)', () => {
    const folds = 10;
    const right = Array.from({ length: folds }, (_, fold) => {
      const isHeldOut = (index: number) => index % folds === fold;
      const kept = LABELLED_ARTICLES.filter((_article, index) => !isHeldOut(index));
      const trained = new NaiveBayes(trainingTexts(kept));
      return LABELLED_ARTICLES.filter((_article, index) => isHeldOut(index)).filter(
        ({ category, title, text }) => mostVoted(trained, title, splitSentences(text)) === category,
      ).length;
    }).reduce((sum, count) => sum + count, 0);
    process.stdout.write(
      `category of ${LABELLED_ARTICLES.length} held-out articles: ${percent(right / LABELLED_ARTICLES.length)} right\n`,
    );
    expect(right / LABELLED_ARTICLES.length).toBeGreaterThanOrEqual(0.9);
  });

  it('is right for at least nine of ten articles of the demo newspaper', () => {
    const right = newsroom.filter(
      ({ title, paragraphs, category }) =>
        classifyArticle(title, splitSentences(paragraphs.join('\n'))) === category,
    ).length;
    process.stdout.write(`category of an article of the demo newspaper: ${right} of ${newsroom.length}\n`);
    expect(right / newsroom.length).toBeGreaterThanOrEqual(0.9);
  });

  it.each<[ArticleCategory, string, string]>([
    [
      'ECONOMY_AND_BUSINESS',
      '지방은행, 앱 대출로 수도권 공략…순이익 두 배',
      '부산의 한 은행이 비대면 대출을 늘려 3분기 순이익 1,100억원을 냈다. 앱으로 신청하면 인공지능이 3분 만에 한도를 계산한다. 신용대출 금리는 연 4.8%부터다. 연체율은 0.7%로 낮아졌다.',
    ],
    [
      'ECONOMY_AND_BUSINESS',
      '[인터뷰] 최모 부회장 "남들이 움츠릴 때 투자해야 한다고 믿는다"',
      '"우리는 왜 늘 뒤따라가야 합니까. 지금이야말로 바꿔야 할 때입니다." 최 부회장은 인터뷰에서 이렇게 말했다. 회사는 내년 미국 공장에 3조원을 투자한다. 지난해 매출은 8조원으로 12% 늘었다. "결국 사람이 답이라고 생각합니다." 그는 배당도 늘리겠다고 했다.',
    ],
    [
      'ECONOMY_AND_BUSINESS',
      'AMD 분기 매출 92억 달러…AI 칩 주문 늘어도 주가는 약세',
      '인공지능 반도체를 만드는 AMD가 시장 예상보다 많은 매출을 올렸다. 데이터센터용 그래픽처리장치가 22% 늘었다. 다음 분기 전망은 96억 달러다. 시간외 거래에서 주가는 3% 하락했다.',
    ],
    [
      'ECONOMY_AND_BUSINESS',
      '보유세 올리고 거래세 내린다…다음 달 부동산 세제 개편',
      '정부가 집을 가진 사람이 내는 세금은 올리고 사고팔 때 내는 세금은 내리기로 했다. 고가 아파트의 종합부동산세는 평균 30% 늘어난다. 시장에서는 매물이 늘지 지켜보고 있다.',
    ],
    [
      'ECONOMY_AND_BUSINESS',
      '원·달러 환율 사흘 연속 하락…1,390원대로',
      '환율이 전날보다 8원 내린 1,396원에 마감했다. 외국인이 주식을 사들이며 달러를 판 영향이다. 수출업체의 달러 매도 물량도 나왔다.',
    ],
    [
      'POLITICS_AND_SOCIETY',
      '여야, 부동산 세금 법안 놓고 밤샘 대치',
      '국회 기획재정위원회가 보유세를 올리는 개정안을 두고 파행했다. 야당은 표결에 불참했다. 여당 원내대표는 본회의 처리를 예고했다.',
    ],
    [
      'POLITICS_AND_SOCIETY',
      '법원, 주식 리딩방 운영자에 징역 7년',
      '투자금 200억원을 가로챈 혐의로 기소된 일당이 실형을 선고받았다. 재판부는 피해자가 1,200명에 이른다고 지적했다. 검찰은 항소할 방침이다.',
    ],
    [
      'TECHNOLOGY_AND_CULTURE',
      '은행 앱에 들어간 음성 인식, 사투리는 어떻게 알아듣나',
      '연구팀이 지역 말씨를 학습한 인공지능 모델을 개발했다. 소음 속에서도 단어를 가려내는 알고리즘을 썼다. 논문은 국제 학회에서 발표됐고 코드는 공개된다.',
    ],
    [
      'SPORTS_AND_LEISURE',
      '유니폼 팔아 선수 영입…흑자 낸 축구단의 살림법',
      'K리그 구단이 입장권과 유니폼 판매로 창단 첫 흑자를 냈다. 홈경기 관중은 평균 1만2천명이었다. 팬들은 공격수 영입을 반겼다. 감독은 새 시즌 우승을 목표로 내걸었다.',
    ],
    [
      'OPINION_AND_ANALYSIS',
      '은행의 눈물과 서민의 눈물',
      '이자로 번 돈이 사상 최대라는데 창구는 더 차갑다. 은행이 어렵다고 할 때 국민은 세금을 내놓았다. 이제 그 빚을 갚을 차례가 아닌가. 금융당국은 말이 아니라 제도로 답해야 한다.',
    ],
  ])('is %s for "%s"', (category, title, text) => {
    expect(found({ category, title, text })).toBe(category);
  });

  it.each([
    '[사설] 반도체 수출 사상 최대',
    '<데스크 칼럼> 프로야구 개막',
    '[특파원의 시각] 도쿄 증시',
    '[전망] 내년 환율',
    '[전문가 진단] 금리',
    '사설 | 예산',
  ])('follows the tag of an opinion piece: %s', (title) => {
    expect(classifyArticle(title, ['프로야구 관중이 늘었다.'])).toBe('OPINION_AND_ANALYSIS');
  });

  it.each(['[실적] 삼성전자', '[기고만장 드라마] 첫 방송', '사설학원 단속'])(
    'knows no such tag in: %s',
    (title) => {
      expect(classifyArticle(title, ['한국은행이 기준금리를 동결했다.', '코스피가 올랐다.'])).not.toBe(
        'OPINION_AND_ANALYSIS',
      );
    },
  );

  it('is the first one when nothing is known', () => {
    expect(classifyArticle('zzz', ['qqq'])).toBe(ARTICLE_CATEGORIES[0]);
  });

  it('is learnt from texts that none of the articles set aside shares', () => {
    const learnt = trainingTexts(LABELLED_ARTICLES)
      .map(([, text]) => text)
      .join('\n');
    const shared = FROZEN.flatMap(({ title, text }) => [title, ...splitSentences(text)]).filter((part) =>
      learnt.includes(part),
    );
    expect(shared).toEqual([]);
    expect(FROZEN.length / (FROZEN.length + LABELLED_ARTICLES.length)).toBeGreaterThan(0.29);
  });
});
