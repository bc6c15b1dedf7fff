import { buildSchema as schemaFromSdl } from 'graphql';
import { allow } from 'graphql-shield';
import type { Services } from '../../src/context/gateway';
import { buildUnshieldedSchema } from '../../src/schema/build-schema';
import { permissions } from '../../src/schema/permissions';
import { schemaFaults } from '../../src/schema/schema-faults';

const served = () => buildUnshieldedSchema({} as Services);
const queries = () => Object.values(served().getQueryType()!.getFields());
const isPublic = (name: string) => permissions.Query[name as keyof typeof permissions.Query] === allow;

describe('The check of the schema', () => {
  it('finds nothing in the one that is served', () => {
    expect(schemaFaults(served())).toEqual([]);
    expect(queries().filter(({ name }) => isPublic(name)).length).toBeGreaterThan(5);
  });

  it('names a type, field, argument, input field and enum value without a description', () => {
    const faults = schemaFaults(
      schemaFromSdl(`
        type Query { me(key: String, by: Shade, input: Coat): Cat }
        type Cat { name: String }
        interface Animal { name: String }
        union Pet = Cat
        input Coat { hair: Int }
        enum Shade { GREY }
        scalar Weight
      `),
    );
    expect(faults.map((fault) => fault.replace(' has no description', '')).sort()).toEqual([
      'Animal', 'Animal.name', 'Cat', 'Cat.name', 'Coat', 'Coat.hair', 'Pet', 'Query', 'Query.me', 'Query.me(by:)',
      'Query.me(input:)', 'Query.me(key:)', 'Shade', 'Shade.GREY', 'Weight',
    ]); // prettier-ignore
  });

  it.each(['', '  ', '[ADMIN]', '[USER: own] [ADMIN]'])('takes “%s” for no description', (text) => {
    const described = (description: string) =>
      schemaFaults(schemaFromSdl(`"What can be read." type Query { "${description}" me: Int }`));
    expect(described(text)).toEqual(['Query.me has no description']);
    expect(described(`${text} the caller`)).toEqual([]);
  });

  it('names a public query field that says no cost or no cache age', () => {
    const schema = served();
    const { articles, faqs } = schema.getQueryType()!.getFields();
    articles!.extensions = { cacheSeconds: 10 };
    faqs!.extensions = { complexity: () => 1 };
    expect(schemaFaults(schema)).toEqual(['Query.articles says no cost', 'Query.faqs says no cache age']);
  });

  it('names a query field with a cache age that not everybody may read', () => {
    const schema = served();
    schema.getQueryType()!.getFields().me!.extensions = { cacheSeconds: 10 };
    expect(schemaFaults(schema)).toEqual(['Query.me is not public and has a cache age']);
  });
});

describe('The description of an operation', () => {
  it('begins with who may call it', () => {
    const { me: isUser, users: isAdmin } = permissions.Query;
    const roles = new Map<unknown, RegExp>([
      [allow, /^\[public\] /],
      [isUser, /^\[USER(: own)?\] /],
      [isAdmin, /^\[ADMIN\] /],
    ]);
    const rules: Record<string, unknown> = { ...permissions.Query, ...permissions.Mutation };
    const mutations = Object.values(served().getMutationType()!.getFields());
    for (const { name, description } of [...queries(), ...mutations])
      expect([name, description]).toEqual([name, expect.stringMatching(roles.get(rules[name])!)]);
  });
});
