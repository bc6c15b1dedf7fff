/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query Article($id: ID!) {\n  article(id: $id) {\n    id\n    title\n    comment\n    category\n    imageUrl\n    publishedAt\n    sourceUrl\n    viewCount\n    publisher {\n      id\n      name\n    }\n    ...ArticleText\n    terms {\n      id\n      ...GlossaryTerm\n    }\n    relatedDocuments {\n      id\n      ...RelatedDocument\n    }\n    similarArticles(first: 4) {\n      id\n      ...ArticleCard\n    }\n  }\n}": typeof types.ArticleDocument,
    "mutation RecordArticleView($articleId: ID!, $dwellSeconds: Int) {\n  recordArticleView(articleId: $articleId, dwellSeconds: $dwellSeconds) {\n    counted\n  }\n}": typeof types.RecordArticleViewDocument,
    "query Home($first: Int!, $after: String, $filter: ArticleFilter) {\n  popularArticles(first: 6) {\n    id\n    ...ArticleCard\n  }\n  articles(first: $first, after: $after, filter: $filter) {\n    ...ArticlePage\n  }\n}": typeof types.HomeDocument,
    "query Insight($id: ID!) {\n  insight(id: $id) {\n    id\n    title\n    content\n    releasedAt\n    chart\n    chartSvgUrl\n    chartPngUrl\n    dataset {\n      id\n      name\n      sourceUrl\n      fetchedAt\n    }\n  }\n}": typeof types.InsightDocument,
    "fragment InsightCard on Insight {\n  id\n  title\n  chartSvgUrl\n  releasedAt\n  dataset {\n    id\n    name\n  }\n}": typeof types.InsightCardFragmentDoc,
    "query Insights($first: Int!, $after: String) {\n  insights(first: $first, after: $after) {\n    edges {\n      node {\n        id\n        ...InsightCard\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.InsightsDocument,
    "mutation SubscribeNewsletter($input: NewsletterInput!) {\n  subscribeNewsletter(input: $input)\n}\n\nmutation ConfirmNewsletter($token: String!) {\n  confirmNewsletter(token: $token) {\n    id\n    name\n    categories\n  }\n}\n\nmutation UnsubscribeNewsletter($token: String!) {\n  unsubscribeNewsletter(token: $token)\n}": typeof types.SubscribeNewsletterDocument,
    "query ReaderQuestions {\n  readerQuestions {\n    index\n    title\n    options\n  }\n}\n\nmutation AnswerReaderQuestions($answers: [Int!]!) {\n  answerReaderQuestions(answers: $answers) {\n    profile {\n      type\n      ...ReaderProfile\n    }\n    recommendations {\n      reason\n      article {\n        id\n        ...ArticleCard\n      }\n    }\n    user {\n      id\n    }\n  }\n}": typeof types.ReaderQuestionsDocument,
    "query RecommendedArticles($first: Int!) {\n  recommendations(first: $first) {\n    reason\n    article {\n      id\n      ...ArticleCard\n    }\n  }\n}\n\nmutation HideRecommendation($articleId: ID!) {\n  hideRecommendation(articleId: $articleId)\n}\n\nmutation MoreLike($articleId: ID!) {\n  moreLike(articleId: $articleId)\n}": typeof types.RecommendedArticlesDocument,
    "query Search($first: Int!, $after: String, $filter: ArticleFilter, $question: String!) {\n  articles(first: $first, after: $after, filter: $filter) {\n    totalCount\n    suggestion\n    ...ArticlePage\n  }\n  findTerm(question: $question) {\n    id\n    term\n    aliases\n    description\n    example\n  }\n}": typeof types.SearchDocument,
    "query Me {\n  me {\n    id\n    name\n    email\n    profileImageUrl\n    createdAt\n    readerProfile {\n      type\n      answeredAt\n      ...ReaderProfile\n    }\n    recentArticles(first: 6) {\n      id\n      ...ArticleCard\n    }\n    sessions {\n      id\n      ...SessionItem\n    }\n  }\n}\n\nfragment SessionItem on Session {\n  id\n  createdAt\n  lastUsedAt\n  userAgent\n  current\n}\n\nmutation RevokeSession($id: ID!) {\n  revokeSession(id: $id)\n}\n\nmutation LogoutEverywhere {\n  logout(everywhere: true)\n}\n\nquery ExportMyData($after: String) {\n  exportMyData(after: $after)\n}\n\nmutation DeleteAccount {\n  deleteAccount\n}": typeof types.MeDocument,
    "fragment AnswerCard on Answer {\n  id\n  question\n  text\n  status\n  createdAt\n  article {\n    id\n    title\n  }\n  sources {\n    id\n    title\n    link\n    snippet\n  }\n}": typeof types.AnswerCardFragmentDoc,
    "query MyAnswers($first: Int!, $after: String) {\n  me {\n    id\n    answers(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          ...AnswerCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}\n\nquery AskedArticle($id: ID!) {\n  article(id: $id) {\n    id\n    title\n  }\n}\n\nmutation AskQuestion($question: String!, $articleId: ID, $idempotencyKey: String) {\n  askQuestion(\n    question: $question\n    articleId: $articleId\n    idempotencyKey: $idempotencyKey\n  ) {\n    id\n    ...AnswerCard\n  }\n}\n\nsubscription AnswerUpdated($id: ID!) {\n  answerUpdated(id: $id) {\n    id\n    ...AnswerCard\n  }\n}": typeof types.MyAnswersDocument,
    "fragment ArticleCard on Article {\n  id\n  title\n  comment\n  category\n  publishedAt\n  publisher {\n    id\n    name\n  }\n}": typeof types.ArticleCardFragmentDoc,
    "fragment ArticleText on Article {\n  content\n  phrases {\n    expression\n    easy\n  }\n}": typeof types.ArticleTextFragmentDoc,
    "fragment GlossaryTerm on EconomicTerm {\n  id\n  term\n  description\n  example\n}": typeof types.GlossaryTermFragmentDoc,
    "fragment ArticlePage on ArticleConnection {\n  edges {\n    node {\n      id\n      ...ArticleCard\n    }\n  }\n  pageInfo {\n    hasNextPage\n    endCursor\n  }\n}\n\nquery MoreArticles($first: Int!, $after: String, $filter: ArticleFilter) {\n  articles(first: $first, after: $after, filter: $filter) {\n    ...ArticlePage\n  }\n}": typeof types.ArticlePageFragmentDoc,
    "fragment ReaderProfile on ReaderProfile {\n  type\n  answeredAt\n  weights {\n    type\n    percent\n  }\n}": typeof types.ReaderProfileFragmentDoc,
    "mutation RecordImpressions($articleIds: [ID!]!, $surface: Surface!) {\n  recordImpressions(articleIds: $articleIds, surface: $surface)\n}": typeof types.RecordImpressionsDocument,
    "fragment RelatedDocument on RelatedDocument {\n  id\n  title\n  link\n  snippet\n}": typeof types.RelatedDocumentFragmentDoc,
    "mutation BeginKakaoLogin($redirectUri: URL!) {\n  beginKakaoLogin(redirectUri: $redirectUri) {\n    url\n    state\n    codeVerifier\n  }\n}\n\nmutation LoginWithKakaoCode($input: KakaoCodeInput!) {\n  loginWithKakaoCode(input: $input) {\n    accessToken\n    refreshToken\n    refreshTokenExpiresAt\n    user {\n      id\n      role\n    }\n  }\n}\n\nmutation RefreshSession($refreshToken: String!) {\n  refreshSession(refreshToken: $refreshToken) {\n    accessToken\n    refreshToken\n    refreshTokenExpiresAt\n    user {\n      id\n      role\n    }\n  }\n}\n\nmutation Logout($refreshToken: String) {\n  logout(refreshToken: $refreshToken)\n}": typeof types.BeginKakaoLoginDocument,
};
const documents: Documents = {
    "query Article($id: ID!) {\n  article(id: $id) {\n    id\n    title\n    comment\n    category\n    imageUrl\n    publishedAt\n    sourceUrl\n    viewCount\n    publisher {\n      id\n      name\n    }\n    ...ArticleText\n    terms {\n      id\n      ...GlossaryTerm\n    }\n    relatedDocuments {\n      id\n      ...RelatedDocument\n    }\n    similarArticles(first: 4) {\n      id\n      ...ArticleCard\n    }\n  }\n}": types.ArticleDocument,
    "mutation RecordArticleView($articleId: ID!, $dwellSeconds: Int) {\n  recordArticleView(articleId: $articleId, dwellSeconds: $dwellSeconds) {\n    counted\n  }\n}": types.RecordArticleViewDocument,
    "query Home($first: Int!, $after: String, $filter: ArticleFilter) {\n  popularArticles(first: 6) {\n    id\n    ...ArticleCard\n  }\n  articles(first: $first, after: $after, filter: $filter) {\n    ...ArticlePage\n  }\n}": types.HomeDocument,
    "query Insight($id: ID!) {\n  insight(id: $id) {\n    id\n    title\n    content\n    releasedAt\n    chart\n    chartSvgUrl\n    chartPngUrl\n    dataset {\n      id\n      name\n      sourceUrl\n      fetchedAt\n    }\n  }\n}": types.InsightDocument,
    "fragment InsightCard on Insight {\n  id\n  title\n  chartSvgUrl\n  releasedAt\n  dataset {\n    id\n    name\n  }\n}": types.InsightCardFragmentDoc,
    "query Insights($first: Int!, $after: String) {\n  insights(first: $first, after: $after) {\n    edges {\n      node {\n        id\n        ...InsightCard\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.InsightsDocument,
    "mutation SubscribeNewsletter($input: NewsletterInput!) {\n  subscribeNewsletter(input: $input)\n}\n\nmutation ConfirmNewsletter($token: String!) {\n  confirmNewsletter(token: $token) {\n    id\n    name\n    categories\n  }\n}\n\nmutation UnsubscribeNewsletter($token: String!) {\n  unsubscribeNewsletter(token: $token)\n}": types.SubscribeNewsletterDocument,
    "query ReaderQuestions {\n  readerQuestions {\n    index\n    title\n    options\n  }\n}\n\nmutation AnswerReaderQuestions($answers: [Int!]!) {\n  answerReaderQuestions(answers: $answers) {\n    profile {\n      type\n      ...ReaderProfile\n    }\n    recommendations {\n      reason\n      article {\n        id\n        ...ArticleCard\n      }\n    }\n    user {\n      id\n    }\n  }\n}": types.ReaderQuestionsDocument,
    "query RecommendedArticles($first: Int!) {\n  recommendations(first: $first) {\n    reason\n    article {\n      id\n      ...ArticleCard\n    }\n  }\n}\n\nmutation HideRecommendation($articleId: ID!) {\n  hideRecommendation(articleId: $articleId)\n}\n\nmutation MoreLike($articleId: ID!) {\n  moreLike(articleId: $articleId)\n}": types.RecommendedArticlesDocument,
    "query Search($first: Int!, $after: String, $filter: ArticleFilter, $question: String!) {\n  articles(first: $first, after: $after, filter: $filter) {\n    totalCount\n    suggestion\n    ...ArticlePage\n  }\n  findTerm(question: $question) {\n    id\n    term\n    aliases\n    description\n    example\n  }\n}": types.SearchDocument,
    "query Me {\n  me {\n    id\n    name\n    email\n    profileImageUrl\n    createdAt\n    readerProfile {\n      type\n      answeredAt\n      ...ReaderProfile\n    }\n    recentArticles(first: 6) {\n      id\n      ...ArticleCard\n    }\n    sessions {\n      id\n      ...SessionItem\n    }\n  }\n}\n\nfragment SessionItem on Session {\n  id\n  createdAt\n  lastUsedAt\n  userAgent\n  current\n}\n\nmutation RevokeSession($id: ID!) {\n  revokeSession(id: $id)\n}\n\nmutation LogoutEverywhere {\n  logout(everywhere: true)\n}\n\nquery ExportMyData($after: String) {\n  exportMyData(after: $after)\n}\n\nmutation DeleteAccount {\n  deleteAccount\n}": types.MeDocument,
    "fragment AnswerCard on Answer {\n  id\n  question\n  text\n  status\n  createdAt\n  article {\n    id\n    title\n  }\n  sources {\n    id\n    title\n    link\n    snippet\n  }\n}": types.AnswerCardFragmentDoc,
    "query MyAnswers($first: Int!, $after: String) {\n  me {\n    id\n    answers(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          ...AnswerCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}\n\nquery AskedArticle($id: ID!) {\n  article(id: $id) {\n    id\n    title\n  }\n}\n\nmutation AskQuestion($question: String!, $articleId: ID, $idempotencyKey: String) {\n  askQuestion(\n    question: $question\n    articleId: $articleId\n    idempotencyKey: $idempotencyKey\n  ) {\n    id\n    ...AnswerCard\n  }\n}\n\nsubscription AnswerUpdated($id: ID!) {\n  answerUpdated(id: $id) {\n    id\n    ...AnswerCard\n  }\n}": types.MyAnswersDocument,
    "fragment ArticleCard on Article {\n  id\n  title\n  comment\n  category\n  publishedAt\n  publisher {\n    id\n    name\n  }\n}": types.ArticleCardFragmentDoc,
    "fragment ArticleText on Article {\n  content\n  phrases {\n    expression\n    easy\n  }\n}": types.ArticleTextFragmentDoc,
    "fragment GlossaryTerm on EconomicTerm {\n  id\n  term\n  description\n  example\n}": types.GlossaryTermFragmentDoc,
    "fragment ArticlePage on ArticleConnection {\n  edges {\n    node {\n      id\n      ...ArticleCard\n    }\n  }\n  pageInfo {\n    hasNextPage\n    endCursor\n  }\n}\n\nquery MoreArticles($first: Int!, $after: String, $filter: ArticleFilter) {\n  articles(first: $first, after: $after, filter: $filter) {\n    ...ArticlePage\n  }\n}": types.ArticlePageFragmentDoc,
    "fragment ReaderProfile on ReaderProfile {\n  type\n  answeredAt\n  weights {\n    type\n    percent\n  }\n}": types.ReaderProfileFragmentDoc,
    "mutation RecordImpressions($articleIds: [ID!]!, $surface: Surface!) {\n  recordImpressions(articleIds: $articleIds, surface: $surface)\n}": types.RecordImpressionsDocument,
    "fragment RelatedDocument on RelatedDocument {\n  id\n  title\n  link\n  snippet\n}": types.RelatedDocumentFragmentDoc,
    "mutation BeginKakaoLogin($redirectUri: URL!) {\n  beginKakaoLogin(redirectUri: $redirectUri) {\n    url\n    state\n    codeVerifier\n  }\n}\n\nmutation LoginWithKakaoCode($input: KakaoCodeInput!) {\n  loginWithKakaoCode(input: $input) {\n    accessToken\n    refreshToken\n    refreshTokenExpiresAt\n    user {\n      id\n      role\n    }\n  }\n}\n\nmutation RefreshSession($refreshToken: String!) {\n  refreshSession(refreshToken: $refreshToken) {\n    accessToken\n    refreshToken\n    refreshTokenExpiresAt\n    user {\n      id\n      role\n    }\n  }\n}\n\nmutation Logout($refreshToken: String) {\n  logout(refreshToken: $refreshToken)\n}": types.BeginKakaoLoginDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Article($id: ID!) {\n  article(id: $id) {\n    id\n    title\n    comment\n    category\n    imageUrl\n    publishedAt\n    sourceUrl\n    viewCount\n    publisher {\n      id\n      name\n    }\n    ...ArticleText\n    terms {\n      id\n      ...GlossaryTerm\n    }\n    relatedDocuments {\n      id\n      ...RelatedDocument\n    }\n    similarArticles(first: 4) {\n      id\n      ...ArticleCard\n    }\n  }\n}"): (typeof documents)["query Article($id: ID!) {\n  article(id: $id) {\n    id\n    title\n    comment\n    category\n    imageUrl\n    publishedAt\n    sourceUrl\n    viewCount\n    publisher {\n      id\n      name\n    }\n    ...ArticleText\n    terms {\n      id\n      ...GlossaryTerm\n    }\n    relatedDocuments {\n      id\n      ...RelatedDocument\n    }\n    similarArticles(first: 4) {\n      id\n      ...ArticleCard\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RecordArticleView($articleId: ID!, $dwellSeconds: Int) {\n  recordArticleView(articleId: $articleId, dwellSeconds: $dwellSeconds) {\n    counted\n  }\n}"): (typeof documents)["mutation RecordArticleView($articleId: ID!, $dwellSeconds: Int) {\n  recordArticleView(articleId: $articleId, dwellSeconds: $dwellSeconds) {\n    counted\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Home($first: Int!, $after: String, $filter: ArticleFilter) {\n  popularArticles(first: 6) {\n    id\n    ...ArticleCard\n  }\n  articles(first: $first, after: $after, filter: $filter) {\n    ...ArticlePage\n  }\n}"): (typeof documents)["query Home($first: Int!, $after: String, $filter: ArticleFilter) {\n  popularArticles(first: 6) {\n    id\n    ...ArticleCard\n  }\n  articles(first: $first, after: $after, filter: $filter) {\n    ...ArticlePage\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Insight($id: ID!) {\n  insight(id: $id) {\n    id\n    title\n    content\n    releasedAt\n    chart\n    chartSvgUrl\n    chartPngUrl\n    dataset {\n      id\n      name\n      sourceUrl\n      fetchedAt\n    }\n  }\n}"): (typeof documents)["query Insight($id: ID!) {\n  insight(id: $id) {\n    id\n    title\n    content\n    releasedAt\n    chart\n    chartSvgUrl\n    chartPngUrl\n    dataset {\n      id\n      name\n      sourceUrl\n      fetchedAt\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment InsightCard on Insight {\n  id\n  title\n  chartSvgUrl\n  releasedAt\n  dataset {\n    id\n    name\n  }\n}"): (typeof documents)["fragment InsightCard on Insight {\n  id\n  title\n  chartSvgUrl\n  releasedAt\n  dataset {\n    id\n    name\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Insights($first: Int!, $after: String) {\n  insights(first: $first, after: $after) {\n    edges {\n      node {\n        id\n        ...InsightCard\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): (typeof documents)["query Insights($first: Int!, $after: String) {\n  insights(first: $first, after: $after) {\n    edges {\n      node {\n        id\n        ...InsightCard\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SubscribeNewsletter($input: NewsletterInput!) {\n  subscribeNewsletter(input: $input)\n}\n\nmutation ConfirmNewsletter($token: String!) {\n  confirmNewsletter(token: $token) {\n    id\n    name\n    categories\n  }\n}\n\nmutation UnsubscribeNewsletter($token: String!) {\n  unsubscribeNewsletter(token: $token)\n}"): (typeof documents)["mutation SubscribeNewsletter($input: NewsletterInput!) {\n  subscribeNewsletter(input: $input)\n}\n\nmutation ConfirmNewsletter($token: String!) {\n  confirmNewsletter(token: $token) {\n    id\n    name\n    categories\n  }\n}\n\nmutation UnsubscribeNewsletter($token: String!) {\n  unsubscribeNewsletter(token: $token)\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ReaderQuestions {\n  readerQuestions {\n    index\n    title\n    options\n  }\n}\n\nmutation AnswerReaderQuestions($answers: [Int!]!) {\n  answerReaderQuestions(answers: $answers) {\n    profile {\n      type\n      ...ReaderProfile\n    }\n    recommendations {\n      reason\n      article {\n        id\n        ...ArticleCard\n      }\n    }\n    user {\n      id\n    }\n  }\n}"): (typeof documents)["query ReaderQuestions {\n  readerQuestions {\n    index\n    title\n    options\n  }\n}\n\nmutation AnswerReaderQuestions($answers: [Int!]!) {\n  answerReaderQuestions(answers: $answers) {\n    profile {\n      type\n      ...ReaderProfile\n    }\n    recommendations {\n      reason\n      article {\n        id\n        ...ArticleCard\n      }\n    }\n    user {\n      id\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RecommendedArticles($first: Int!) {\n  recommendations(first: $first) {\n    reason\n    article {\n      id\n      ...ArticleCard\n    }\n  }\n}\n\nmutation HideRecommendation($articleId: ID!) {\n  hideRecommendation(articleId: $articleId)\n}\n\nmutation MoreLike($articleId: ID!) {\n  moreLike(articleId: $articleId)\n}"): (typeof documents)["query RecommendedArticles($first: Int!) {\n  recommendations(first: $first) {\n    reason\n    article {\n      id\n      ...ArticleCard\n    }\n  }\n}\n\nmutation HideRecommendation($articleId: ID!) {\n  hideRecommendation(articleId: $articleId)\n}\n\nmutation MoreLike($articleId: ID!) {\n  moreLike(articleId: $articleId)\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Search($first: Int!, $after: String, $filter: ArticleFilter, $question: String!) {\n  articles(first: $first, after: $after, filter: $filter) {\n    totalCount\n    suggestion\n    ...ArticlePage\n  }\n  findTerm(question: $question) {\n    id\n    term\n    aliases\n    description\n    example\n  }\n}"): (typeof documents)["query Search($first: Int!, $after: String, $filter: ArticleFilter, $question: String!) {\n  articles(first: $first, after: $after, filter: $filter) {\n    totalCount\n    suggestion\n    ...ArticlePage\n  }\n  findTerm(question: $question) {\n    id\n    term\n    aliases\n    description\n    example\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Me {\n  me {\n    id\n    name\n    email\n    profileImageUrl\n    createdAt\n    readerProfile {\n      type\n      answeredAt\n      ...ReaderProfile\n    }\n    recentArticles(first: 6) {\n      id\n      ...ArticleCard\n    }\n    sessions {\n      id\n      ...SessionItem\n    }\n  }\n}\n\nfragment SessionItem on Session {\n  id\n  createdAt\n  lastUsedAt\n  userAgent\n  current\n}\n\nmutation RevokeSession($id: ID!) {\n  revokeSession(id: $id)\n}\n\nmutation LogoutEverywhere {\n  logout(everywhere: true)\n}\n\nquery ExportMyData($after: String) {\n  exportMyData(after: $after)\n}\n\nmutation DeleteAccount {\n  deleteAccount\n}"): (typeof documents)["query Me {\n  me {\n    id\n    name\n    email\n    profileImageUrl\n    createdAt\n    readerProfile {\n      type\n      answeredAt\n      ...ReaderProfile\n    }\n    recentArticles(first: 6) {\n      id\n      ...ArticleCard\n    }\n    sessions {\n      id\n      ...SessionItem\n    }\n  }\n}\n\nfragment SessionItem on Session {\n  id\n  createdAt\n  lastUsedAt\n  userAgent\n  current\n}\n\nmutation RevokeSession($id: ID!) {\n  revokeSession(id: $id)\n}\n\nmutation LogoutEverywhere {\n  logout(everywhere: true)\n}\n\nquery ExportMyData($after: String) {\n  exportMyData(after: $after)\n}\n\nmutation DeleteAccount {\n  deleteAccount\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment AnswerCard on Answer {\n  id\n  question\n  text\n  status\n  createdAt\n  article {\n    id\n    title\n  }\n  sources {\n    id\n    title\n    link\n    snippet\n  }\n}"): (typeof documents)["fragment AnswerCard on Answer {\n  id\n  question\n  text\n  status\n  createdAt\n  article {\n    id\n    title\n  }\n  sources {\n    id\n    title\n    link\n    snippet\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query MyAnswers($first: Int!, $after: String) {\n  me {\n    id\n    answers(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          ...AnswerCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}\n\nquery AskedArticle($id: ID!) {\n  article(id: $id) {\n    id\n    title\n  }\n}\n\nmutation AskQuestion($question: String!, $articleId: ID, $idempotencyKey: String) {\n  askQuestion(\n    question: $question\n    articleId: $articleId\n    idempotencyKey: $idempotencyKey\n  ) {\n    id\n    ...AnswerCard\n  }\n}\n\nsubscription AnswerUpdated($id: ID!) {\n  answerUpdated(id: $id) {\n    id\n    ...AnswerCard\n  }\n}"): (typeof documents)["query MyAnswers($first: Int!, $after: String) {\n  me {\n    id\n    answers(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          ...AnswerCard\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}\n\nquery AskedArticle($id: ID!) {\n  article(id: $id) {\n    id\n    title\n  }\n}\n\nmutation AskQuestion($question: String!, $articleId: ID, $idempotencyKey: String) {\n  askQuestion(\n    question: $question\n    articleId: $articleId\n    idempotencyKey: $idempotencyKey\n  ) {\n    id\n    ...AnswerCard\n  }\n}\n\nsubscription AnswerUpdated($id: ID!) {\n  answerUpdated(id: $id) {\n    id\n    ...AnswerCard\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment ArticleCard on Article {\n  id\n  title\n  comment\n  category\n  publishedAt\n  publisher {\n    id\n    name\n  }\n}"): (typeof documents)["fragment ArticleCard on Article {\n  id\n  title\n  comment\n  category\n  publishedAt\n  publisher {\n    id\n    name\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment ArticleText on Article {\n  content\n  phrases {\n    expression\n    easy\n  }\n}"): (typeof documents)["fragment ArticleText on Article {\n  content\n  phrases {\n    expression\n    easy\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment GlossaryTerm on EconomicTerm {\n  id\n  term\n  description\n  example\n}"): (typeof documents)["fragment GlossaryTerm on EconomicTerm {\n  id\n  term\n  description\n  example\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment ArticlePage on ArticleConnection {\n  edges {\n    node {\n      id\n      ...ArticleCard\n    }\n  }\n  pageInfo {\n    hasNextPage\n    endCursor\n  }\n}\n\nquery MoreArticles($first: Int!, $after: String, $filter: ArticleFilter) {\n  articles(first: $first, after: $after, filter: $filter) {\n    ...ArticlePage\n  }\n}"): (typeof documents)["fragment ArticlePage on ArticleConnection {\n  edges {\n    node {\n      id\n      ...ArticleCard\n    }\n  }\n  pageInfo {\n    hasNextPage\n    endCursor\n  }\n}\n\nquery MoreArticles($first: Int!, $after: String, $filter: ArticleFilter) {\n  articles(first: $first, after: $after, filter: $filter) {\n    ...ArticlePage\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment ReaderProfile on ReaderProfile {\n  type\n  answeredAt\n  weights {\n    type\n    percent\n  }\n}"): (typeof documents)["fragment ReaderProfile on ReaderProfile {\n  type\n  answeredAt\n  weights {\n    type\n    percent\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RecordImpressions($articleIds: [ID!]!, $surface: Surface!) {\n  recordImpressions(articleIds: $articleIds, surface: $surface)\n}"): (typeof documents)["mutation RecordImpressions($articleIds: [ID!]!, $surface: Surface!) {\n  recordImpressions(articleIds: $articleIds, surface: $surface)\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment RelatedDocument on RelatedDocument {\n  id\n  title\n  link\n  snippet\n}"): (typeof documents)["fragment RelatedDocument on RelatedDocument {\n  id\n  title\n  link\n  snippet\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation BeginKakaoLogin($redirectUri: URL!) {\n  beginKakaoLogin(redirectUri: $redirectUri) {\n    url\n    state\n    codeVerifier\n  }\n}\n\nmutation LoginWithKakaoCode($input: KakaoCodeInput!) {\n  loginWithKakaoCode(input: $input) {\n    accessToken\n    refreshToken\n    refreshTokenExpiresAt\n    user {\n      id\n      role\n    }\n  }\n}\n\nmutation RefreshSession($refreshToken: String!) {\n  refreshSession(refreshToken: $refreshToken) {\n    accessToken\n    refreshToken\n    refreshTokenExpiresAt\n    user {\n      id\n      role\n    }\n  }\n}\n\nmutation Logout($refreshToken: String) {\n  logout(refreshToken: $refreshToken)\n}"): (typeof documents)["mutation BeginKakaoLogin($redirectUri: URL!) {\n  beginKakaoLogin(redirectUri: $redirectUri) {\n    url\n    state\n    codeVerifier\n  }\n}\n\nmutation LoginWithKakaoCode($input: KakaoCodeInput!) {\n  loginWithKakaoCode(input: $input) {\n    accessToken\n    refreshToken\n    refreshTokenExpiresAt\n    user {\n      id\n      role\n    }\n  }\n}\n\nmutation RefreshSession($refreshToken: String!) {\n  refreshSession(refreshToken: $refreshToken) {\n    accessToken\n    refreshToken\n    refreshTokenExpiresAt\n    user {\n      id\n      role\n    }\n  }\n}\n\nmutation Logout($refreshToken: String) {\n  logout(refreshToken: $refreshToken)\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;