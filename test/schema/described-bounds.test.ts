import {
  getNamedType, getNullableType, isInputObjectType, isLeafType, isListType, parse, type GraphQLArgument, type GraphQLField,
  type GraphQLInputField, type GraphQLInputType,
} from 'graphql'; // prettier-ignore
import type { Services } from '../../src/context/gateway';
import { buildUnshieldedSchema } from '../../src/schema/build-schema';
import { startTestApp, type TestApp } from '../helpers/app';
import { sampleOf, sampleVariables } from '../helpers/sample-variables';

interface Bound {
  /** Of the operation. */
  name: string;
  operation: string;
  /** As errors name it, e.g. `terms.0.term`. */
  argument: string;
  /** So many characters or items, or such a `first`, the description allows. */
  most: number;
  /** With something of this size there. */
  variables(size: number): Record<string, unknown>;
}
type Place = Omit<Bound, 'most' | 'variables'> & { put(value: unknown): Record<string, unknown> };

const schema = buildUnshieldedSchema({} as Services);
const BOUNDS = [
  ...Object.values(schema.getQueryType()!.getFields()).flatMap((field) => boundsOf('query', field)),
  ...Object.values(schema.getMutationType()!.getFields()).flatMap((field) => boundsOf('mutation', field)),
];

function boundsOf(kind: 'query' | 'mutation', { name, args, type }: GraphQLField<unknown, unknown>): Bound[] {
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const selection = isLeafType(getNamedType(type)) ? '' : '{ __typename }';
  const operation = `${kind}(${declared}) { ${name}(${given}) ${selection} }`;
  return args.flatMap((arg) => {
    const put = (value: unknown) => ({ ...sampleVariables(parse(operation)), [arg.name]: value });
    return [...boundsAt({ name, operation, argument: arg.name, put }, arg)];
  });
}

function* boundsAt(
  { put, ...place }: Place,
  { type, description }: GraphQLArgument | GraphQLInputField,
): Generator<Bound> {
  const item = getNamedType(type) as GraphQLInputType;
  const isList = isListType(getNullableType(type));
  const [pattern, ofSize] = isList
    ? [/(?:At most|1 to) ([\d,]+)\b(?! characters)/, (size: number) => Array(size).fill(sampleOf(item))]
    : String(item) === 'String'
      ? [/(?:to|at most) ([\d,]+) characters/i, (size: number) => 'x'.repeat(size)]
      : [/: 1 to ([\d,]+)\./, (size: number) => size];
  const most = pattern.exec(description ?? '')?.[1]?.replace(',', '');
  if (most) yield { ...place, most: Number(most), variables: (size) => put(ofSize(size)) };
  if (!isInputObjectType(item)) return;
  for (const field of Object.values(item.getFields())) {
    const argument = `${place.argument}.${isList ? '0.' : ''}${field.name}`;
    const holder = (value: unknown) => ({ ...(sampleOf(item) as object), [field.name]: value });
    const putThere = (value: unknown) => put(isList ? [holder(value)] : holder(value));
    yield* boundsAt({ ...place, argument, put: putThere }, field);
  }
}

describe('What descriptions say is the most', () => {
  let app: TestApp;
  let token: string;
  beforeAll(async () => {
    app = await startTestApp();
    token = (await app.login('admin')).accessToken;
  });
  afterAll(() => app.close());

  it('is said of every kind of argument', () => {
    expect(BOUNDS.map(({ argument }) => argument)).toEqual(
      expect.arrayContaining(['first', 'reason', 'terms', 'terms.0.aliases', 'input.phrases.0.easy']),
    );
  });

  it.each(BOUNDS)(
    'is what the server takes: $name, $argument, $most',
    async ({ operation, argument, most, variables }) => {
      const call = async (size: number) =>
        (await app.query(operation, variables(size), { token })).errors[0]?.extensions;
      expect([undefined, 'NOT_FOUND', 'CONFLICT']).toContain((await call(most))?.code);
      expect(await call(most + 1)).toMatchObject({ code: 'BAD_USER_INPUT', argument });
    },
  );
});
