import { applyMiddleware } from 'graphql-middleware';
import { buildSchema, graphql, isObjectType, type GraphQLSchema } from 'graphql';
import { allow, deny, rule, shield } from 'graphql-shield';
import { AppError } from '../../src/errors';
import { prunedShield, type RuleTree } from '../../src/schema/pruned-shield';

interface Context {
  admin: boolean;
}

describe('the pruned shield', () => {
  const isAdmin = rule('isAdmin', { cache: 'no_cache' })(
    (_parent, _args, context: Context) => context.admin || new AppError('FORBIDDEN'),
  );
  const tree: RuleTree = {
    Query: { open: allow, closed: isAdmin, thing: allow, things: allow, denied: deny },
    Mutation: { '*': isAdmin, open: allow },
    Thing: { open: allow, closed: isAdmin },
    Whole: allow,
    Guarded: isAdmin,
  };
  const options = { fallbackRule: deny, allowExternalErrors: true, fallbackError: new AppError('FORBIDDEN') };

  function schema(): GraphQLSchema {
    const built = buildSchema(`
      type Query { open: String closed: String forgotten: String denied: String thing: Thing things: [Thing!]! }
      type Mutation { open: String closed: String }
      type Thing { open: String closed: String forgotten: String whole: Whole guarded: Guarded unknown: Unknown }
      type Whole { open: String thing: Thing }
      type Guarded { open: String }
      type Unknown { open: String }
    `);
    const thing: Record<string, unknown> = { open: '1', closed: '2', forgotten: '3', guarded: { open: '4' } };
    thing.unknown = { open: '5' };
    thing.whole = { open: '6', thing };
    for (const type of [built.getQueryType()!, built.getMutationType()!])
      for (const field of Object.values(type.getFields()))
        field.resolve = () =>
          field.name === 'thing' ? thing : field.name === 'things' ? [thing] : field.name;
    return built;
  }

  const pruned = applyMiddleware(schema(), prunedShield(tree, options));
  const whole = applyMiddleware(schema(), shield(tree, options));

  const EVERYTHING = [
    '{ open closed forgotten denied __typename }',
    '{ thing { open closed forgotten } }',
    '{ things { open closed forgotten whole { open thing { closed forgotten } } } }',
    '{ thing { guarded { open } unknown { open } } }',
    '{ alias: closed open: forgotten }',
    'mutation { open closed }',
    '{ nothing }',
  ];

  it.each(EVERYTHING)('answers %s as the whole one does', async (source) => {
    for (const admin of [false, true]) {
      const [ours, theirs] = await Promise.all(
        [pruned, whole].map((served) => graphql({ schema: served, source, contextValue: { admin } })),
      );
      expect(JSON.parse(JSON.stringify(ours))).toEqual(JSON.parse(JSON.stringify(theirs)));
    }
  });

  it('refuses fields and types that nobody listed, even to admins', async () => {
    const source = '{ forgotten thing { forgotten unknown { open } } }';
    const { data, errors } = await graphql({ schema: pruned, source, contextValue: { admin: true } });
    expect(JSON.parse(JSON.stringify(data))).toEqual({
      forgotten: null,
      thing: { forgotten: null, unknown: null },
    });
    expect(errors).toHaveLength(3);
  });

  it('wraps only what is not open to all', () => {
    const plain = schema();
    const wrapped = Object.values(pruned.getTypeMap())
      .filter(isObjectType)
      .filter(({ name }) => !name.startsWith('__'))
      .flatMap((type) =>
        Object.values(type.getFields())
          .filter((field) => {
            const before = plain.getType(type.name);
            return isObjectType(before) && field.resolve && !before.getFields()[field.name]!.resolve;
          })
          .map((field) => `${type.name}.${field.name}`),
      );
    expect(wrapped.sort()).toEqual([
      'Guarded.open',
      'Thing.closed',
      'Thing.forgotten',
      'Thing.guarded',
      'Thing.unknown',
      'Thing.whole',
      'Unknown.open',
    ]);
  });
});
