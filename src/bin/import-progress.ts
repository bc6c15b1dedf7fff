import { SingleBar } from 'cli-progress';

/** Without a terminal a line is written every so many rows. */
const ROWS_A_LINE = 100_000;

/** Says on stderr how far an import is: a bar a table in a terminal, elsewhere lines. */
export class ImportProgress {
  private readonly bar = new SingleBar({
    format: '  {bar} {table} {value}/{total}',
    barsize: 20,
    hideCursor: true,
    stream: process.stderr,
  });
  private table = '';
  private told = 0;

  at(table: string, done: number, rows: number): void {
    if (process.stderr.isTTY) this.draw(table, done, rows);
    else if (table !== this.table || done === rows || done - this.told >= ROWS_A_LINE) {
      process.stderr.write(`${table} ${done}/${rows}\n`);
      this.told = done;
    }
    this.table = table;
  }

  end(): void {
    this.bar.stop();
  }

  private draw(table: string, done: number, rows: number): void {
    if (table === this.table) return this.bar.update(done);
    this.bar.stop();
    this.bar.start(rows, done, { table });
  }
}
