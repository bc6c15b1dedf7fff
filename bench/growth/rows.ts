import { encodeCursor } from '../../src/domain/shared/paging';
import { nthId, placeOf, PLANTED } from './fill';

/** What is asked of both databases, in place of which a bar stands. */
export interface Row {
  name: string;
  /** GraphQL over so many articles; `run` is another number each time. */
  ask: (articles: number, run: number) => string;
  /** Of PostgreSQL, against the same over a thousand articles. */
  timesAtMost?: number;
  /** Milliseconds of PostgreSQL. */
  atMost?: number;
}

const GROWTH = 1.5;
const POPULAR_MS = 5;
const SEARCH_MS = 50;
const CARD = 'id title comment category publishedAt releasedAt viewCount publisher { id name }';

/** As deep as four fifths of what there is. */
function deep(articles: number): string {
  const n = Math.max(1, Math.floor(articles / 5));
  return `after: "${encodeCursor({ at: placeOf(n, articles), id: nthId(n) })}"`;
}

const list = (given: string) =>
  `articles(first: 20${given}) { edges { node { ${CARD} } } pageInfo { hasNextPage } }`;
const page = (field: string, node: string, ...given: string[]) =>
  `${field}(${['first: 20', ...given].join(', ')}) { edges { node { ${node} } } pageInfo { hasNextPage } }`;
const flat = (name: string, ask: Row['ask']): Row => ({ name, ask, timesAtMost: GROWTH });
const within = (name: string, atMost: number, ask: Row['ask']): Row => ({ name, ask, atMost });

const LISTS: Row[] = [
  flat('list', () => list('')),
  flat('list, deep cursor', (n) => list(`, ${deep(n)}`)),
  flat('list of a category', () => list(', filter: { category: SPORTS_AND_LEISURE }')),
  flat('list of a category, deep cursor', (n) => list(`, ${deep(n)}, filter: { category: SPORTS_AND_LEISURE }`)),
  flat('list of a publisher', () => list(`, filter: { publisherId: "${nthId(7)}" }`)),
  flat('list of a publisher, deep cursor', (n) => list(`, ${deep(n)}, filter: { publisherId: "${nthId(7)}" }`)),
  flat('list of a publisher and category', () => list(`, filter: { publisherId: "${nthId(7)}", category: SPORTS_AND_LEISURE }`)),
  flat('list before a day', (n) => list(`, filter: { releasedBefore: "${placeOf(n / 5, n).toISOString()}" }`)),
  flat('list in review', () => list(', filter: { status: IN_REVIEW }')),
  flat('list hidden, deep cursor', (n) => list(`, ${deep(n)}, filter: { status: HIDDEN }`)),
  flat('article(id)', (n, run) => `article(id: "${nthId(n - 20 - (run % 50))}") { ${CARD} content phrases { easy } sourceUrl }`),
  flat('article(id) with all of it', (n, run) => `article(id: "${nthId(n - 20 - (run % 50))}") { ${CARD} content original { content } revisions { id } relatedDocuments { title } terms { term } }`),
]; // prettier-ignore

const JOB = 'id kind status article { title } requestedBy { name }';
const ADMIN: Row[] = [
  flat('generationJobs', () => page('generationJobs', JOB)),
  flat('generationJobs, deep cursor', (n) => page('generationJobs', JOB, deep(n))),
  flat('generationJobs of a kind', () => page('generationJobs', JOB, 'kind: COLLECTION')),
  flat('generationJobs of a rare kind', () => page('generationJobs', JOB, 'kind: NEWSLETTER')),
  flat('generationJobs failed', () => page('generationJobs', JOB, 'status: FAILED')),
  flat('generationJobs queued', () => page('generationJobs', JOB, 'status: QUEUED')),
  flat('generationJobs running', () => page('generationJobs', JOB, 'status: RUNNING')),
  flat('generationJobs failed of a kind', () => page('generationJobs', JOB, 'kind: RECOMMENDATIONS', 'status: FAILED')),
  flat('generationJobs failed, deep cursor', (n) => page('generationJobs', JOB, 'status: FAILED', deep(n))),
  flat('generationJob(id)', (n) => `generationJob(id: "${nthId(n - 50)}") { ${JOB} steps { step } }`),
  flat('auditLog', () => page('auditLog', 'action actor { name }')),
  flat('auditLog, deep cursor', (n) => page('auditLog', 'action actor { name }', deep(n))),
  flat('auditLog of a type', () => page('auditLog', 'action', 'targetType: "User"')),
  flat('auditLog of a type without entries', () => page('auditLog', 'action', 'targetType: "Faq"')),
  flat('auditLog of an article', (n) => page('auditLog', 'action', 'targetType: "Article"', `targetId: "${nthId(n - 1)}"`)),
  flat('auditLog of an id', (n) => page('auditLog', 'action', `targetId: "${nthId(n - 1)}"`)),
  flat('users', () => page('users', 'name role')),
  flat('users, deep cursor', (n) => page('users', 'name role', deep(n))),
  flat('users by a part of the name', () => page('users', 'name', 'search: "독자 19"')),
  flat('users by a name that nobody has', () => page('users', 'name', 'search: "아무개"')),
  flat('insights', () => page('insights', 'title')),
  flat('newsletterIssues', () => page('newsletterIssues', 'subject recipients')),
  flat('newsletterSubscriptions', () => page('newsletterSubscriptions', 'email')),
  flat('newsletterSubscriptions of a category', () => page('newsletterSubscriptions', 'email', 'category: SPORTS_AND_LEISURE')),
  flat('newsletterSubscriptions, deep cursor', (n) => page('newsletterSubscriptions', 'email', deep(n))),
  flat('modelSpending', () => 'modelSpending { day costUsd }'),
  flat('queues', () => 'queues { name waiting failed completed oldestWaitingSeconds }'),
  flat('publishers', () => 'publishers { id name }'),
]; // prettier-ignore

const OTHERS: Row[] = [
  within('popularArticles', POPULAR_MS, () => `popularArticles(first: 10) { ${CARD} }`),
  within('popularArticles, all of a page', POPULAR_MS, () => `popularArticles(first: 100) { ${CARD} }`),
  within('requestArticle, known', POPULAR_MS, (n, run) => `requestArticle(url: "https://paper.example/${n - 100 - run}") { id }`),
  within('requestArticle, new', POPULAR_MS, (_, run) => `requestArticle(url: "https://new.example/${process.pid}-${run}") { id }`),
  flat('recommendations', () => 'recommendations(first: 10) { score article { title } }'),
  within('similarArticles', SEARCH_MS, (n, run) => `article(id: "${nthId(n - 20 - (run % 50))}") { similarArticles(first: 3) { title } }`),
  flat('me, with what was read', () => 'me { name recentArticles(first: 20) { title } }'),
  flat('exportMyData', () => 'exportMyData'),
  flat('economicTerms', () => page('economicTerms', 'term')),
  flat('findTerm', () => 'findTerm(question: "기준금리가 뭐예요?") { term }'),
  flat('faqs', () => 'faqs { question }'),
  flat('recordArticleView', (n, run) => `recordArticleView(articleId: "${nthId(n - 10 - run)}", dwellSeconds: 3) { counted }`),
]; // prettier-ignore

const words = Object.keys(PLANTED);
/** What is searched for, by what it is. */
const SEARCHES: Record<string, string> = {
  'a word in every article': '소식',
  'a word with a particle in every article': '소식을',
  'a word of a sentence in every article': '풀었어요',
  ...Object.fromEntries(Object.entries(PLANTED).map(([word, every]) => [`a word in one of ${every}`, word])),
  'a common word': '금리',
  'two common words': '한국은행 기준금리',
  'common words apart': '금리 수출 소식',
  'two words that no article has both': `${words[0]} ${words[1]}`,
  'a common and a rare word': `소식 ${words[4]}`,
  'rare words': `${words[3]} ${words[4]}`,
  'a word that none has': '뷁쉛뛟',
  'a word beside one that none has': '금리 뷁쉛뛟',
  'one syllable': '금',
  'another syllable': '이',
  'one letter': 'a',
  'one digit': '1',
  'initial consonants': 'ㄱㅈㄱㄹ',
  'initial consonants of a rare word': 'ㄷㄹㅁ',
  'one consonant': 'ㅋ',
  'a typo': '기준금니',
  'another typo': '두르미',
  'a keyboard switched to English': 'rmafl',
  'an amount': '100만 원',
  'a number': '777777',
  percent: '%',
  'a percent of a number': '2.5%',
  underscore: '_',
  'operators of a query': "소식 & !금리 | 수출:* 'x'",
  'joined words': '기준금리인상소식',
  'a hundred characters': '오늘나온소식을쉽게풀었어요'.repeat(9).slice(0, 100),
  'a hundred characters that none has': '뷁쉛뛟쒟뤯뻻줿쾗쿵쿼뵳햏휅뷸꿻쩧뜌뿡콶훕'.repeat(5).slice(0, 100),
  'twenty words': '오늘 나온 소식 쉽게 풀었어요 금리 수출 시장 은행 물가 가격 기업 정부 경제 한국 서울 미국 중국 투자 대출',
  'twenty words that none has': '뷁쉛 쒟뤯 뻻줿 쾗쿵 뵳햏 휅뷸 꿻쩧 뜌뿡 콶훕 쏽켱 쀏뭅 왬귫 꿿뚫 쬻뙯 뼓쐛 쪯뙓 튦쫗 쀌뿧 쒫쮕 쳷훑',
}; // prettier-ignore

const FILTERS: Record<string, (articles: number) => string> = {
  'in a category': () => ', category: SPORTS_AND_LEISURE',
  'of a publisher': () => `, publisherId: "${nthId(7)}"`,
  'before an old day': (n) => `, releasedBefore: "${placeOf(n / 10, n).toISOString()}"`,
  'after an old day': (n) => `, releasedAfter: "${placeOf(n / 10, n).toISOString()}"`,
  'on a day long ago': (n) =>
    `, releasedAfter: "${placeOf(n / 10, n).toISOString()}", releasedBefore: "${placeOf(n / 10 + 300, n).toISOString()}"`,
  'in review': () => ', status: IN_REVIEW',
};

function search(text: string, filter = ''): string {
  return `articles(first: 20, filter: { search: ${JSON.stringify(text)}${filter} }) { totalCount suggestion edges { node { ${CARD} } } }`;
}

const SEARCH: Row[] = [
  ...Object.entries(SEARCHES).map(([name, text]) => within(`search: ${name}`, SEARCH_MS, () => search(text))),
  ...['소식', words[1]!, words[4]!].flatMap((word) =>
    Object.entries(FILTERS).map(([name, filter]) =>
      within(`search: ${word} ${name}`, SEARCH_MS, (n) => search(word, filter(n))),
    ),
  ),
];

export const ROWS: Row[] = [...LISTS, ...ADMIN, ...OTHERS, ...SEARCH];
/** Of these the operation is a mutation. */
export const MUTATION = /^(?:requestArticle|recordArticleView)/;
