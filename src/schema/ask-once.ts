import { Kind, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { RequestContext } from './request-context';

/**
 * Lets a query field that is asked for the same in several aliases be resolved once: to be called before permissions are
 * added, so that each alias is still refused by itself.
 */
export function askOnce(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getQueryType()!.getFields())) {
    const resolve = field.resolve!;
    field.resolve = (source, args: object, context: RequestContext, info) => {
      const ask = () => resolve(source, args, context, info) as unknown;
      return isAlone(info.operation) ? ask() : context.once(`${field.name} ${JSON.stringify(args)}`, ask);
    };
  }
}

function isAlone({ selectionSet: { selections } }: OperationDefinitionNode): boolean {
  return selections.length === 1 && selections[0]!.kind === Kind.FIELD;
}
