import {
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type GraphQLResolveInfo,
  type OperationDefinitionNode,
} from 'graphql';
import { ARTICLE_CARD_FIELDS, PUBLISHER_CARD_FIELDS } from '../../domain/article/article';

const CARD_FIELDS: Record<string, ReadonlySet<string>> = {
  Article: new Set([
    '__typename',
    ...ARTICLE_CARD_FIELDS,
    'publisher',
    'similarArticles',
    'relatedDocuments',
  ]),
  Publisher: new Set(['__typename', ...PUBLISHER_CARD_FIELDS]),
};

const known = new WeakMap<OperationDefinitionNode, boolean>();

/**
 * Whether an operation asks no article for more than a card shows. Decided once per operation and over all of the
 * document's fragments, so it never says yes too often.
 */
export function showsOnlyCards({
  operation,
  fragments,
  schema,
}: Pick<GraphQLResolveInfo, 'operation' | 'fragments' | 'schema'>): boolean {
  let answer = known.get(operation);
  if (answer !== undefined) return answer;
  answer = true;
  const types = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(types, {
    Field({ name }) {
      const allowed = CARD_FIELDS[types.getParentType()?.name ?? ''];
      if (allowed && !allowed.has(name.value)) answer = false;
    },
  });
  for (const definition of [operation, ...Object.values(fragments)]) visit(definition, visitor);
  known.set(operation, answer);
  return answer;
}
