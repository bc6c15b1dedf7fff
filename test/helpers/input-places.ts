import {
  getNamedType, getNullableType, isInputObjectType, isLeafType, isListType, parse, type GraphQLArgument, type GraphQLField,
  type GraphQLInputField, type GraphQLInputType,
} from 'graphql'; // prettier-ignore
import type { Services } from '../../src/context/gateway';
import { buildUnshieldedSchema } from '../../src/schema/build-schema';
import { sampleOf, sampleVariables } from './sample-variables';

/** An argument of an operation, or a field within one. */
export interface InputPlace {
  /** Of the operation. */
  name: string;
  operation: string;
  /** As errors name it, e.g. `terms.0.term`. */
  argument: string;
  /** Without its lists and without null. */
  type: GraphQLInputType;
  isList: boolean;
  description: string;
  /** The operation's variables with this value there. */
  put(value: unknown): Record<string, unknown>;
}

/** Every place of every operation where a value goes. */
export function inputPlaces(): InputPlace[] {
  const schema = buildUnshieldedSchema({} as Services);
  return [
    ...Object.values(schema.getQueryType()!.getFields()).flatMap((field) => placesOf('query', field)),
    ...Object.values(schema.getMutationType()!.getFields()).flatMap((field) => placesOf('mutation', field)),
  ];
}

function placesOf(
  kind: 'query' | 'mutation',
  { name, args, type }: GraphQLField<unknown, unknown>,
): InputPlace[] {
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const selection = isLeafType(getNamedType(type)) ? '' : '{ __typename }';
  const operation = `${kind}(${declared}) { ${name}(${given}) ${selection} }`;
  return args.flatMap((arg) => {
    const put = (value: unknown) => ({ ...sampleVariables(parse(operation)), [arg.name]: value });
    return [...placesAt({ name, operation, argument: arg.name, put }, arg)];
  });
}

function* placesAt(
  at: Pick<InputPlace, 'name' | 'operation' | 'argument' | 'put'>,
  { type: declared, description }: GraphQLArgument | GraphQLInputField,
): Generator<InputPlace> {
  const type = getNamedType(declared) as GraphQLInputType;
  const isList = isListType(getNullableType(declared));
  yield { ...at, type, isList, description: description ?? '' };
  if (!isInputObjectType(type)) return;
  for (const field of Object.values(type.getFields())) {
    const argument = `${at.argument}.${isList ? '0.' : ''}${field.name}`;
    const holder = (value: unknown) => ({ ...(sampleOf(type) as object), [field.name]: value });
    const put = (value: unknown) => at.put(isList ? [holder(value)] : holder(value));
    yield* placesAt({ ...at, argument, put }, field);
  }
}
