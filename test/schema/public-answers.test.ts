import { parse } from 'graphql';
import type { Services } from '../../src/context/gateway';
import { buildUnshieldedSchema } from '../../src/schema/build-schema';
import { PublicAnswers } from '../../src/schema/public-answers';

describe('an answer is everybody’s', () => {
  const answers = new PublicAnswers(buildUnshieldedSchema({} as Services));

  it.each([
    'query ($first: Int) { articles(first: $first) { edges { cursor node { ...Card } } pageInfo { endCursor } } } fragment Card on Article { id __typename publisher { name } }',
    '{ article(id: "1") { content phrases { easy } terms { term } similarArticles { id } relatedDocuments { link } } }',
    '{ __typename articles { totalCount suggestion } publishers { id name } faqs { question } insights { edges { node { chart } } } }',
    'query A { popularArticles { id } } query B { economicTerms { totalCount } findTerm(question: "금리") { term } }',
  ])('when nothing of the viewer is in it: %s', (text) => {
    expect(answers.includes(parse(text))).toBe(true);
  });

  it.each([
    '{ me { id } }',
    '{ recommendations { score } }',
    '{ articles { totalCount } me { id } }',
    '{ article(id: "1") { id status } }',
    '{ article(id: "1") { ...Own } } fragment Own on Article { revisions { id } }',
    '{ articles { edges { node { ... on Article { publisher { feedUrl } } } } } }',
    'query A { faqs { id } } query B { exportMyData }',
    'query A { faqs { id } } mutation B { logout }',
    'subscription { articlePublished { id } }',
    '{ __schema { queryType { name } } }',
    '{ articles { edges { node { unknown } } } }',
  ])('but not of: %s', (text) => {
    expect(answers.includes(parse(text))).toBe(false);
  });
});
