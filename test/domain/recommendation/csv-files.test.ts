import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InputError } from '../../../bench/recommend/command-line';
import { readDataset, type Files } from '../../../bench/recommend/csv-files';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'csv-files-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Texts of the files in place of their names. */
async function read(texts: Files) {
  const files: Files = {};
  for (const [name, text] of Object.entries(texts) as [keyof Files, string][]) {
    files[name] = path.join(folder, `${name}.csv`);
    await writeFile(files[name], text);
  }
  return readDataset(files, () => undefined);
}

const rowsOf = ({ log }: Awaited<ReturnType<typeof read>>) =>
  Array.from(log.at, (at, row) => [log.reader[row], log.item[row], at]);

describe('Files of other people', () => {
  it.each([
    ['MovieLens', 'userId,movieId,rating,timestamp\n1,31,2.5,1260759144\n2,31,4.0,1260759179\n'],
    ['MovieLens with a title for each column', 'User ID,Movie-Id,Rating,Timestamp\r\n1,31,2.5,1260759144\r\n2,31,4.0,1260759179\r\n'],
    ['a shop', 'timestamp,visitorid,event,itemid,transactionid\n1260759144000,1,view,31,\n1260759179000,2,view,31,\n'],
    ['a log with tabs', 'user\titem\ttime\n1\t31\t2009-12-14T02:52:24Z\n2\t31\t2009-12-14 02:52:59\n'],
    ['a log with semicolons', 'uid;article_id;date\n1;31;12/14/2009 2:52:24 AM\n2;31;12/14/2009 2:52:59 AM\n'],
    ['a log with double colons', 'user::item::ts\n1::31::1260759144\n2::31::1260759179\n'],
  ])('of %s are read by what they call their columns', async (_, interactions) => {
    expect(rowsOf(await read({ interactions }))).toEqual([
      [0, 0, 1260759144],
      [1, 0, 1260759179],
    ]);
  }); // prettier-ignore

  it('tell an item by its title and the first of its genres', async () => {
    const interactions = 'userId,movieId,rating,timestamp\n1,31,2.5,1260759144\n';
    const items = 'movieId,title,publisher,genres\n31,"Dangerous, Minds (1995)",A,Drama|Crime\n32,Alone,,\n';
    expect((await read({ interactions, items })).items).toEqual([
      { id: '31', text: 'Dangerous, Minds (1995)', category: 'Drama', publishedAt: null },
      { id: '32', text: 'Alone', category: null, publishedAt: null },
    ]);
  });

  it('that say what was clicked of what was shown need no others', async () => {
    const impressions = 'user,item,time,clicked\na,x,10,0\na,y,10,1\nb,x,20,True\nb,y,20,false\n';
    const dataset = await read({ impressions });
    expect(rowsOf(dataset)).toEqual([[0, 1, 10], [1, 0, 20]]); // prettier-ignore
    expect([...dataset.impressions!.at]).toEqual([10, 10, 20, 20]);
  });

  it('add no second opening where the interactions have it', async () => {
    const interactions = 'user_id,item_id,timestamp,dwell_seconds\na,y,12,40\n';
    const impressions = 'user_id,item_id,timestamp,click\na,y,10,1\na,x,10,1\n';
    const dataset = await read({ interactions, impressions });
    expect(rowsOf(dataset)).toEqual([[0, 0, 12], [0, 1, 10]]); // prettier-ignore
  });

  it.each([
    [{ impressions: 'user,item,time\na,x,1\n' }, /impressions\.csv: without --interactions it must say what was clicked/],
    [{ impressions: 'user,item,time,clicked\na,x,1,0\n' }, /impressions\.csv: without --interactions/],
    [{ impressions: 'user,item,time,clicked\na,x,1,1\na,y,1,maybe\n' }, /line 3, column clicked: "maybe" is neither 1 nor 0/],
    [{ impressions: 'user,item,time,clicked\na,x,1,1\na,y,1,\n' }, /line 3, column clicked: it is empty/],
    [{ interactions: 'userId,movieId,rating,timestamp\n1,31,4,2009-13-01\n' }, /line 2, column timestamp: "2009-13-01" is not a time/],
    [{ interactions: '1,31,2.5,1260759144\n2,31,2.5,1260759144\n' }, /line 1: the column user_id is missing \(also understood: user, .*\)/],
    [{ interactions: 'userId,movieId,rating,timestamp\n1,31,4\n' }, /line 2/],
  ])('are refused with the line: %j', async (files: Files, message) => {
    await expect(read(files)).rejects.toThrow(message);
    await expect(read(files)).rejects.toThrow(InputError);
  }); // prettier-ignore
});
