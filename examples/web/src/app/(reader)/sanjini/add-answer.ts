import type { ApolloCache } from '@apollo/client';
import {
  MyAnswersDocument,
  type AskQuestionMutation,
  type MyAnswersQuery,
} from '@/graphql/generated/graphql';

/** Of the list of answers. */
export const PAGE_SIZE = 10;

type Edge = NonNullable<MyAnswersQuery['me']['answers']>['edges'][number];

/** Puts a new answer in front of the reader's others; one that was sent twice stands there once. */
export function addAnswer(cache: ApolloCache, { data }: { data?: AskQuestionMutation | null }): void {
  if (!data) return;
  const node = data.askQuestion;
  cache.updateQuery({ query: MyAnswersDocument, variables: { first: PAGE_SIZE } }, (kept) => {
    const answers = kept?.me.answers;
    if (!answers || answers.edges.some((edge) => edge.node.id === node.id)) return undefined;
    const edge = { __typename: 'AnswerEdge', cursor: '', node } as Edge;
    return { ...kept, me: { ...kept.me, answers: { ...answers, edges: [edge, ...answers.edges] } } };
  });
}
