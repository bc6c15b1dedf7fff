import { randomUUID } from 'node:crypto';
import { readUnsubscribeToken, unsubscribeToken } from '../../../src/domain/newsletter/unsubscribe-token';

const subscription = { id: randomUUID(), unsubscribeKey: randomUUID() };

test('A token names its subscription and the key of it, in characters that a link may have', () => {
  const token = unsubscribeToken(subscription);
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(readUnsubscribeToken(token)).toEqual(subscription);
});

test('What is no token of ours names nothing', () => {
  const token = unsubscribeToken(subscription);
  const others = [
    '',
    'x',
    token.slice(1),
    `${token}A`,
    `${token.slice(0, -1)}=`,
    `${token}\n`,
    '한'.repeat(43),
  ];
  for (const other of others) expect(readUnsubscribeToken(other)).toBeNull();
});
