import { keyOf } from '../../korean/words';

/** So many letters in a row are no chance. */
const WINDOW = 16;

/** Tells a text that repeats what only the model was told. */
export class PromptLeak {
  private readonly windows: ReadonlySet<string>;

  /** Each of `told` for itself: of what stands between them nothing is kept. */
  constructor(told: readonly string[]) {
    this.windows = new Set(told.flatMap((text) => windowsOf(keyOf(text))));
  }

  /** `isPublic` says what readers may see all the same. */
  isIn(text: string, isPublic: (window: string) => boolean): boolean {
    return windowsOf(keyOf(text)).some((window) => this.windows.has(window) && !isPublic(window));
  }
}

function windowsOf(key: string): string[] {
  return Array.from({ length: Math.max(0, key.length - WINDOW + 1) }, (_, at) => key.slice(at, at + WINDOW));
}
