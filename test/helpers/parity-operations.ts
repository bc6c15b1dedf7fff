/** Ids of records that the operations name. */
export interface ParityFacts {
  publishedId: string;
  draftId: string;
  jobId: string;
  readerId: string;
  publisherId: string;
}

export interface ParityOperation {
  name: string;
  query: string;
  operationName?: string;
  variables?: (facts: ParityFacts) => Record<string, unknown>;
  /** Refused before anything could run, for everybody. */
  stopped?: true;
}

const CARD = `fragment Card on Article {
  id title comment category imageUrl publishedAt releasedAt viewCount publisher { id name }
}`;
const PAGE_INFO = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const UNKNOWN_ID = '00000000-0000-7000-8000-000000000000';

const draft = ({ draftId }: ParityFacts) => ({ id: draftId });

/** Reads, refusals, faults and mutations that fail; none of them changes anything. */
export const PARITY_OPERATIONS: ParityOperation[] = [
  { name: 'a list of cards', query: `{ articles { edges { cursor node { ...Card } } ${PAGE_INFO} } } ${CARD}` },
  {
    name: 'whole articles with a variable page size',
    query: `query List($first: Int!) {
      articles(first: $first) { edges { node { ...Card content sourceUrl createdAt updatedAt phrases { expression easy } } } }
    } ${CARD}`,
    variables: () => ({ first: 5 }),
  },
  {
    name: 'a filter in a variable',
    query: `query ($filter: ArticleFilter) { articles(first: 3, filter: $filter) { totalCount edges { node { id category } } } }`,
    variables: () => ({ filter: { category: 'ECONOMY_AND_BUSINESS', releasedBefore: '2999-01-01T00:00:00+09:00' } }),
  },
  {
    name: 'a filter with variables inside',
    query: `query ($publisher: ID, $category: ArticleCategory) {
      articles(first: 3, filter: { publisherId: $publisher, category: $category }) { totalCount edges { cursor } }
    }`,
    variables: ({ publisherId }) => ({ publisher: publisherId }),
  },
  { name: 'an empty list', query: `{ articles(filter: { releasedAfter: "2999-01-01T00:00:00Z" }) { edges { cursor } ${PAGE_INFO} totalCount } }` },
  { name: 'aliases of a field with different arguments', query: '{ one: articles(first: 1) { edges { node { id } } } two: articles(first: 2) { edges { node { id } } } }' },
  { name: 'aliases down the tree', query: '{ list: articles(first: 2) { items: edges { article: node { headline: title by: publisher { label: name } } } } }' },
  { name: 'a field that is asked twice and merged', query: '{ articles(first: 2) { edges { node { id } } } articles(first: 2) { edges { node { title } cursor } } }' },
  { name: 'type names', query: '{ __typename articles(first: 1) { __typename edges { __typename node { __typename publisher { __typename } } } } }' },
  { name: 'nested fragments', query: `query { articles(first: 2) { ...Connection } } fragment Connection on ArticleConnection { edges { node { ...Named } cursor } } fragment Named on Article { id title }` },
  { name: 'inline fragments', query: '{ articles(first: 1) { edges { ... { node { ... on Article { id ... @include(if: true) { title } } } } } } }' },
  {
    name: '@include and @skip that leave fields out',
    query: `query ($yes: Boolean!, $no: Boolean!) {
      articles(first: 2) { edges { cursor @include(if: $no) node { id title @skip(if: $yes) content @include(if: $yes) } } totalCount @skip(if: $no) }
    }`,
    variables: () => ({ yes: true, no: false }),
  },
  {
    name: '@include and @skip the other way round',
    query: `query ($yes: Boolean = false, $no: Boolean = true) {
      articles(first: 2) { edges { cursor @include(if: $no) node { id title @skip(if: $yes) ...More @include(if: $yes) } } }
    } fragment More on Article { content }`,
    variables: () => ({}),
  },
  {
    name: 'a union of @include and @skip on merged fields',
    query: `query ($a: Boolean!, $b: Boolean!) {
      articles(first: 1) { edges { node @include(if: $a) { id } node @skip(if: $b) { title } ... @include(if: $b) { node { comment } } } }
    }`,
    variables: () => ({ a: true, b: true }),
  },
  {
    name: '@skip around a refused field',
    query: `query ($hide: Boolean!) { articles(first: 2) { edges { node { id status @skip(if: $hide) } } } }`,
    variables: () => ({ hide: true }),
  },
  { name: 'a default of a variable', query: 'query ($first: Int = 2) { articles(first: $first) { edges { cursor } } }' },
  {
    name: 'null for an optional variable',
    query: 'query ($after: String, $filter: ArticleFilter) { articles(first: 1, after: $after, filter: $filter) { edges { cursor } } }',
    variables: () => ({ after: null, filter: null }),
  },
  {
    name: 'one of two operations',
    query: 'query First { publishers { id } } query Second { publishers { name } }',
    operationName: 'Second',
  },
  { name: 'a search', query: `query ($search: String) { articles(first: 3, filter: { search: $search }) { totalCount edges { cursor node { ...Card } } ${PAGE_INFO} } } ${CARD}`, variables: () => ({ search: '금리는' }) },
  { name: 'a search for nothing', query: '{ articles(filter: { search: " !" }) { totalCount } }' },
  { name: 'the popular articles', query: `{ popularArticles(first: 5) { ...Card content status } } ${CARD}` },
  { name: 'similar articles', query: `query ($id: ID!) { article(id: $id) { id similarArticles(first: 2) { ...Card original { title } } relatedDocuments { id title link snippet } } } ${CARD}`, variables: ({ publishedId }) => ({ id: publishedId }) },
  { name: 'similar articles of a list, and too many of them', query: '{ articles(first: 3) { edges { node { similarArticles { id } more: similarArticles(first: 21) { id } } } } }' },
  { name: 'similar articles of similar articles', query: '{ articles(first: 1) { edges { node { similarArticles { similarArticles { id } } } } } }', stopped: true },
  { name: 'what was read last', query: '{ me { recentArticles { id title } } }' },
  { name: 'what others read last', query: '{ users(first: 3) { edges { node { id recentArticles(first: 1) { id } } } } }' },
  { name: 'a view of an article in review', query: 'mutation ($id: ID!) { recordArticleView(articleId: $id, dwellSeconds: 5) { counted article { title } } }', variables: draft },
  { name: 'a view of negative length', query: 'mutation ($id: ID!) { recordArticleView(articleId: $id, dwellSeconds: -5) { counted } }', variables: ({ publishedId }) => ({ id: publishedId }) },
  { name: 'impressions of what is not there', query: `mutation { recordImpressions(articleIds: ["${UNKNOWN_ID}"], surface: HOME) }` },
  { name: 'impressions that are none', query: `mutation ($ids: [ID!]!) { recordImpressions(articleIds: $ids, surface: LIST) }`, variables: ({ publishedId }) => ({ ids: [publishedId, 'x'] }) },
  { name: 'a surface that does not exist', query: `mutation { recordImpressions(articleIds: ["${UNKNOWN_ID}"], surface: MOON) }`, stopped: true },
  { name: 'the publishers', query: '{ publishers { id name } }' },
  { name: 'one article', query: `query ($id: ID!) { article(id: $id) { ...Card content phrases { expression easy } } } ${CARD}`, variables: ({ publishedId }) => ({ id: publishedId }) },
  { name: 'an article that is not there', query: `{ article(id: "${UNKNOWN_ID}") { id title } }` },
  { name: 'an article in review', query: 'query ($id: ID!) { article(id: $id) { id title releasedAt } }', variables: draft },
  { name: 'fields of an article that are refused', query: 'query ($id: ID!) { article(id: $id) { id status original { title content } revisions { id proposed createdAt author { id name } } } }', variables: ({ publishedId }) => ({ id: publishedId }) },
  { name: 'everything of an article in review', query: 'query ($id: ID!) { article(id: $id) { id status original { title } revisions { title proposed author { name role email } } publisher { feedUrl enabled } } }', variables: draft },
  { name: 'a refused field in a list', query: '{ articles(first: 3) { edges { node { id status } } } }' },
  { name: 'a refused field of a publisher', query: '{ publishers { id feedUrl enabled } }' },
  { name: 'a refused field below a list', query: '{ articles(first: 2) { edges { node { id publisher { enabled } } } } }' },
  { name: 'a list of a status that is refused', query: '{ articles(filter: { status: IN_REVIEW }) { edges { node { id title } } totalCount } }' },
  { name: 'me', query: '{ me { id name email role profileImageUrl createdAt sessions { current userAgent } } }' },
  { name: 'me beside public fields', query: '{ publishers { id } me { name } articles(first: 1) { totalCount } }' },
  { name: 'the questionnaire', query: '{ readerQuestions { index title options } }' },
  { name: 'a term by a question', query: 'query ($question: String!) { findTerm(question: $question) { id term description example aliases } }', variables: () => ({ question: '기준금리가 뭐야?' }) },
  { name: 'a term that nobody knows', query: '{ findTerm(question: "주말에 뭐 해요?") { term } }' },
  { name: 'a question that is too long', query: 'query ($question: String!) { findTerm(question: $question) { term } }', variables: () => ({ question: '가'.repeat(501) }) },
  { name: 'a page of the glossary', query: `{ economicTerms(first: 3, startsWith: "국") { totalCount edges { cursor node { term example } } ${PAGE_INFO} } }` },
  { name: 'a cursor of another list in the glossary', query: '{ economicTerms(after: "nonsense") { edges { cursor } } }' },
  { name: 'the terms of articles', query: '{ articles(first: 5) { edges { node { id title terms { id term } } } } }' },
  { name: 'an import that only ADMIN may try', query: 'mutation ($terms: [EconomicTermInput!]!) { importEconomicTerms(terms: $terms) { created duplicatesInFile alreadyPresent } }', variables: () => ({ terms: [{ term: '금리', description: '뜻' }, { term: ' ', description: '뜻' }] }) },
  { name: 'a term to edit and one to delete that are not there', query: `mutation { updateEconomicTerm(id: "${UNKNOWN_ID}", input: { example: null }) { id } deleteEconomicTerm(id: "x") { id } }` },
  { name: 'my reader profile', query: '{ me { id readerProfile { type weights { type points percent } answeredAt } } }' },
  { name: 'the reader profiles of others', query: '{ users(first: 3) { edges { node { id readerProfile { type } } } } }' },
  { name: 'answers that miss a question', query: 'mutation ($answers: [Int!]!) { answerReaderQuestions(answers: $answers) { profile { type } user { id } } }', variables: () => ({ answers: [0, 1, 2] }) },
  { name: 'answers of a wrong type', query: 'mutation ($answers: [Int!]!) { answerReaderQuestions(answers: $answers) { profile { answeredAt } } }', variables: () => ({ answers: ['0'] }), stopped: true },
  { name: 'the users', query: '{ users(first: 5) { totalCount edges { node { id name email role } } } }' },
  { name: 'a job with all it refers to', query: 'query ($id: ID!) { generationJob(id: $id) { id kind status progress step steps { step at note { code message retryable } } attempts costUsd error { code message retryable } article { id status } requestedBy { name role } sourceUrl startedAt finishedAt } }', variables: ({ jobId }) => ({ id: jobId }) },
  { name: 'the jobs of a kind', query: '{ generationJobs(first: 2, kind: ARTICLE, status: FAILED) { totalCount edges { cursor node { id model promptless: step } } } }' },
  { name: 'the audit log with JSON', query: 'query ($id: ID) { auditLog(first: 5, targetType: "Article", targetId: $id) { edges { node { action details actor { name } } } } }', variables: draft },
  { name: 'several refusals in one answer', query: '{ me { id } users { totalCount } generationJobs { totalCount } }' },
  { name: 'an id of the wrong form', query: '{ article(id: "nonsense") { id } }' },
  { name: 'an id of the wrong form in a variable', query: 'query ($id: ID!) { article(id: $id) { id } }', variables: () => ({ id: 'nonsense' }) },
  { name: 'a wrong id in one of several fields', query: 'query ($id: ID!) { publishers { name } bad: article(id: $id) { id } good: articles(first: 1) { edges { cursor } } }', variables: () => ({ id: '1' }) },
  { name: 'a cursor that is unknown', query: '{ articles(after: "nonsense") { edges { cursor } } }' },
  { name: 'a missing variable', query: 'query ($id: ID!) { article(id: $id) { title } }', variables: () => ({}), stopped: true },
  { name: 'null for a required variable', query: 'query ($id: ID!) { article(id: $id) { comment } }', variables: () => ({ id: null }), stopped: true },
  { name: 'a variable of the wrong type', query: 'query ($first: Int!) { articles(first: $first) { edges { cursor } } }', variables: () => ({ first: 'ten' }), stopped: true },
  { name: 'an enum value that does not exist', query: 'query ($filter: ArticleFilter) { articles(filter: $filter) { totalCount } }', variables: () => ({ filter: { category: 'WEATHER' } }), stopped: true },
  { name: 'a field that an input does not have', query: 'query ($filter: ArticleFilter) { articles(first: 1, filter: $filter) { totalCount } }', variables: () => ({ filter: { colour: 'red' } }), stopped: true },
  { name: 'a date of the wrong form', query: 'query ($at: DateTime) { articles(filter: { releasedAfter: $at }) { totalCount } }', variables: () => ({ at: 'yesterday' }), stopped: true },
  { name: 'a page that is too large', query: 'query ($first: Int!) { articles(first: $first) { totalCount } }', variables: () => ({ first: 101 }), stopped: true },
  { name: 'a field that does not exist', query: '{ articles(first: 1) { edges { node { colour } } } }', stopped: true },
  { name: 'a syntax error', query: '{ articles(first: 1) { edges ', stopped: true },
  { name: 'an operation that the document lacks', query: 'query First { publishers { id } }', operationName: 'Third', stopped: true },
  { name: 'a query that asks for too much', query: '{ articles(first: 100) { edges { node { revisions { author { sessions { id } } } } } } }', stopped: true },
  { name: 'a mutation that needs ADMIN', query: `mutation { publishArticle(id: "${UNKNOWN_ID}") { id } }` },
  { name: 'two mutations that fail one after the other', query: `mutation ($id: ID!) { first: hideArticle(id: $id) { id } second: publishArticle(id: "nonsense") { id } }`, variables: () => ({ id: UNKNOWN_ID }) },
  { name: 'an edit of a version that is past', query: 'mutation ($id: ID!, $input: ArticleInput!) { updateArticle(id: $id, input: $input, expectedUpdatedAt: "2000-01-01T00:00:00Z") { id } }', variables: ({ draftId }) => ({ id: draftId, input: { title: '새 제목' } }) },
  { name: 'a role for nobody', query: `mutation { setUserRole(id: "${UNKNOWN_ID}", role: ADMIN) { id role } }` },
  { name: 'a session that is not there', query: `mutation { revokeSession(id: "${UNKNOWN_ID}") }` },
  { name: 'a refresh token that is worth nothing', query: 'mutation { refreshSession(refreshToken: "nonsense") { accessToken user { id } } }' },
  { name: 'a login with a state that is not ours', query: 'mutation ($input: KakaoCodeInput!) { loginWithKakaoCode(input: $input) { accessToken } }', variables: () => ({ input: { code: 'c', state: 's', codeVerifier: 'v', redirectUri: 'http://localhost/x' } }) },
  { name: 'a login back to somewhere else', query: 'mutation { beginKakaoLogin(redirectUri: "https://evil.invalid/") { url state codeVerifier } }' },
  { name: 'a job to retry that is not there', query: `mutation { retryGenerationJob(id: "${UNKNOWN_ID}") { id status } cancelGenerationJob(id: "x") { id } }` },
  { name: 'a publisher without a usable address', query: 'mutation ($input: CreatePublisherInput!) { createPublisher(input: $input) { id } }', variables: () => ({ input: { name: '새 신문', feedUrl: 'javascript:alert(1)' } }), stopped: true },
  { name: 'a session id that is a user’s', query: `mutation ($id: ID!) { revokeSession(id: $id) }`, variables: ({ readerId }) => ({ id: readerId }) },
]; // prettier-ignore
