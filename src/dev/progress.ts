import { SingleBar } from 'cli-progress';

/** Says what a start is doing: a bar in a terminal, elsewhere a line for each step. */
export class Progress {
  private readonly bar = new SingleBar({
    format: '  {bar} {step} …',
    barsize: 20,
    hideCursor: true,
    clearOnComplete: true,
    // Whoever ends the process calls end().
    gracefulExit: false,
    stream: process.stdout,
  });
  private begun = 0;

  constructor(private readonly steps: number) {}

  /** What begins now. */
  step(step: string): void {
    if (!process.stdout.isTTY) return console.log(`${step} …`);
    this.bar.stop();
    this.bar.start(this.steps, this.begun++, { step });
  }

  /** A line that stays. */
  say(line: string): void {
    this.bar.stop();
    console.log(line);
  }

  end(): void {
    this.bar.stop();
  }
}
