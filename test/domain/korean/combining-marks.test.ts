import { cleanText } from '../../../src/adapters/crawler/article-text';
import { toPlainText } from '../../../src/domain/article/rewriting/rewriter-plain-text';
import { keyOf, searchText } from '../../../src/domain/korean/words';
import { nameLine } from '../../../src/visible-text';
import { atMostTenTimes, processorTime } from '../../helpers/processor-time';

const LENGTH = 300_000;
const filled = (unit: string) => 'a' + unit.repeat(LENGTH / unit.length);
/** Not in the order of Unicode; U+FF9E is a mark only in NFKC. */
const UNITS = ['\u0301\u0323', '\u0301\u0301\u0301\u0301\u0301\uff9e', '\u0344\u0323'];

describe('300,000 combining marks', () => {
  it.each([
    ['a name', nameLine],
    ['a key', keyOf],
    ['searched words', searchText],
    ['plain text', toPlainText],
    ['a cleaned page', cleanText],
  ])('take %s at most ten times what letters take', async (_name, read) => {
    const cpu = (text: string) => processorTime(() => read(text));
    const bound = atMostTenTimes(await cpu(filled('가나')));
    for (const unit of UNITS) expect(await cpu(filled(unit))).toBeLessThan(bound);
  });
});
