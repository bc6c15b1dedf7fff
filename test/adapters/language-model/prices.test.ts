import { priceOf } from '../../../src/adapters/language-model/model-prices';

const MINI = { input: 0.15, output: 0.6, isAssumed: false };
const DEAREST = { input: 30, output: 75, isAssumed: true };

describe('the price of a model', () => {
  it.each([
    'gpt-4o-mini',
    'gpt-4o-mini-2024-07-18',
    'openai/gpt-4o-mini',
    'OpenAI/GPT-4o-mini-2024-07-18',
    'accounts/somebody/models/gpt-4o-mini',
  ])('is that of the table, under whatever provider and of whatever date: %s', (model) => {
    expect(priceOf(model)).toEqual(MINI);
  });

  it('is each model’s own, not that of one whose name it begins with', () => {
    expect(priceOf('gpt-4o')).toEqual({ input: 2.5, output: 10, isAssumed: false });
    expect(priceOf('claude-opus-4@20250514')).toEqual({ input: 15, output: 75, isAssumed: false });
    expect(priceOf('gpt-4-0613')).toEqual({ input: 30, output: 60, isAssumed: false });
  });

  it.each(['llama3.2', 'gpt-4o-mini-audio-preview', 'ft:gpt-4o-mini-2024-07-18:us::1', 'gpt-99', '', 'constructor', '__proto__'])(
    'is the dearest of all where nobody knows it, and says so: %j',
    (model) => {
      expect(priceOf(model)).toEqual(DEAREST);
    },
  ); // prettier-ignore

  it('is what the settings say, also when that is nothing', () => {
    expect(priceOf('gpt-4o-mini', { input: 1, output: 2 })).toEqual({
      input: 1,
      output: 2,
      isAssumed: false,
    });
    expect(priceOf('llama3.2', { input: 0, output: 0 })).toEqual({ input: 0, output: 0, isAssumed: false });
    expect(priceOf('gpt-4o-mini', { output: 5 })).toEqual({ input: 0.15, output: 5, isAssumed: false });
    expect(priceOf('llama3.2', { input: 0 })).toEqual({ input: 0, output: 75, isAssumed: true });
  });
});
