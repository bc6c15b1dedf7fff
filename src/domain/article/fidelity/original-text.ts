/** An original, and what it says anywhere: each question is answered once. */
export class OriginalText {
  private readonly answers = new Map<string, boolean>();

  constructor(readonly text: string) {}

  says(pattern: RegExp): boolean {
    const known = this.answers.get(pattern.source);
    if (known !== undefined) return known;
    const answer = pattern.test(this.text);
    this.answers.set(pattern.source, answer);
    return answer;
  }
}
