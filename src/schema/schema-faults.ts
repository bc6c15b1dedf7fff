import { isIntrospectionType, isSpecifiedScalarType, type GraphQLSchema } from 'graphql';
import { allow } from 'graphql-shield';
import { permissions } from './permissions';

interface Described {
  description?: string | null | undefined;
}

/** `[ADMIN]` alone tells a client nothing. */
const ROLES_ALONE = /^(\s*\[[^\]]*\])*\s*$/;

/** What a schema lacks: descriptions, and what a query field that everybody may read has to say of its cost and age. */
export function schemaFaults(schema: GraphQLSchema): string[] {
  const undescribed = [...describable(schema)].filter(([, { description }]) =>
    ROLES_ALONE.test(description ?? ''),
  );
  return [...undescribed.map(([name]) => `${name} has no description`), ...policyFaults(schema)];
}

/** Everything that a client can name, e.g. `Query.article(id:)`. */
function* describable(schema: GraphQLSchema): Generator<[string, Described]> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
    yield [type.name, type];
    if ('getValues' in type)
      for (const value of type.getValues()) yield [`${type.name}.${value.name}`, value];
    for (const field of 'getFields' in type ? Object.values(type.getFields()) : []) {
      yield [`${type.name}.${field.name}`, field];
      for (const argument of 'args' in field ? field.args : [])
        yield [`${type.name}.${field.name}(${argument.name}:)`, argument];
    }
  }
}

function policyFaults(schema: GraphQLSchema): string[] {
  const rules: Record<string, unknown> = permissions.Query;
  return Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap(({ name, extensions }) => {
    const { complexity, cacheSeconds } = extensions;
    if (rules[name] !== allow)
      return cacheSeconds === undefined ? [] : [`Query.${name} is not public and has a cache age`];
    return [
      ...(typeof complexity === 'function' ? [] : [`Query.${name} says no cost`]),
      ...(Number.isInteger(cacheSeconds) ? [] : [`Query.${name} says no cache age`]),
    ];
  });
}
