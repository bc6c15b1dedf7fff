import { allow } from 'graphql-shield';
import type { Services } from '../../../src/context/gateway';
import { buildUnshieldedSchema } from '../../../src/schema/build-schema';
import { permissions } from '../../../src/schema/permissions';

describe('a query field', () => {
  const fields = Object.values(
    buildUnshieldedSchema({} as Services)
      .getQueryType()!
      .getFields(),
  );
  const isPublic = (name: string) => permissions.Query[name as keyof typeof permissions.Query] === allow;
  const names = (chosen: typeof fields) => chosen.map(({ name }) => name);

  it('that everybody may read says what it costs and how long it may be kept', () => {
    const open = fields.filter(({ name }) => isPublic(name));
    expect(open.length).toBeGreaterThan(5);
    expect(names(open.filter(({ extensions }) => typeof extensions.complexity !== 'function'))).toEqual([]);
    expect(names(open.filter(({ extensions }) => !Number.isInteger(extensions.cacheSeconds)))).toEqual([]);
  });

  it('that not everybody may read is kept by no shared cache', () => {
    const closed = fields.filter(({ name }) => !isPublic(name));
    expect(names(closed.filter(({ extensions }) => extensions.cacheSeconds !== undefined))).toEqual([]);
  });
});
